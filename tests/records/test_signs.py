"""What a text must have for a rule to speak is looked for first; no rule is kept silent by that."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from announcer.languages import spoken_dates
from announcer.languages.spoken_dates import MONTH, WEEKDAY
from announcer.records.lint.sent import ENOUGH, TEXT_RULES, text_remarks
from announcer.records.lint.text import SentText
from tests.thoroughness import examples

SPOKEN_OF = """\
diesen Montag|nächste Woche|übermorgen|lundi prochain|la semaine prochaine|après-demain|demain
el próximo lunes|este martes|pasado mañana|la semana que viene|próxima segunda-feira|amanhã|lunedì prossimo
dopodomani|domani|la prossima settimana|volgende maandag|aanstaande week|komende vrijdag|overmorgen
tomorrow|tonight|this week|next Friday|coming Monday|this evening|today
明日|明後日|来週|明天|后天|下周|下星期
Montag, den 2. Dezember|lunedì 2 marzo|segunda-feira, 2 de março|Mon Dec 2|Friday the 2nd of December
{{ title }}|{% if %}|%(name)s|[INSERT it]|[YOUR name]|lorem ipsum|@@|<<it>>|TODO|FIXME:|${NAME}|<insert it>
](file:x)|<ftp://x>|javascript:x|https://zoom.us/j/1|Passcode: a1|?pwd=Q7|%3Fpwd%3Dx|meeting password is a1
$x_1$|$\\foo$|\\foo|x_{1}|<b>|M¨uller|&lt;i&gt; é|&#92;foo é|$|é|TBA|Titel folgt|Untitled|xxx
"""
PHRASES = [phrase for line in SPOKEN_OF.splitlines() for phrase in line.split("|")]
PHRASES += [f"{day} {number}. {month}" for day in WEEKDAY for number, month in [*enumerate(MONTH, 1)][::9]]
PIECES = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(["12月2日(水)", "2026年12月2日 星期三", ".", ",", "\n", "  "]),
    st.text(max_size=4),
)


def heard(field: str, text: str) -> list[object]:
    """What the rules say, as they are asked."""
    return [*text_remarks(SentText(field, text, date(2026, 12, 2)))]


def remarks_of_rules(field: str, text: str) -> list[object]:
    """What each of them says, asked by itself."""
    sent = SentText(field, text, date(2026, 12, 2))
    return [(rule, remark) for rule in TEXT_RULES for remark in islice(rule(sent), ENOUGH)]


@pytest.mark.parametrize("line", SPOKEN_OF.splitlines())
def test_what_a_rule_speaks_of_has_its_sign(line: str) -> None:
    """Alone, in capitals, and within words; and there is something to be said of it."""
    for phrase in line.split("|"):
        for text in (phrase, phrase.upper(), f"Wir {phrase} é"):
            assert heard("notice", text) == remarks_of_rules("notice", text)
    assert remarks_of_rules("notice", line)


@given(st.lists(PIECES, max_size=6), st.sampled_from([" ", ""]), st.sampled_from(["title", "abstract"]))
@settings(max_examples=examples(200), deadline=None)
def test_every_remark_of_every_rule_is_heard(pieces: list[str], between: str, field: str) -> None:
    """The signs let through all that the rules would say."""
    text = between.join(pieces)
    assert heard(field, text) == remarks_of_rules(field, text)


@given(st.lists(PIECES, max_size=6))
@settings(max_examples=examples(200), deadline=None)
def test_no_spoken_date_is_passed_over(pieces: list[str]) -> None:
    """Whatever a date's form finds, the quick look before it finds too."""
    text = " ".join(pieces)
    matches = [*spoken_dates._WRITTEN.finditer(text), *spoken_dates._WRITTEN_IN_HAN.finditer(text)]
    assert [spoken.text for spoken in spoken_dates.spoken_dates(text)] == [match[0] for match in matches]
