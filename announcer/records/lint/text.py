"""Lints on one text that will be sent: what readers would laugh at, or should not see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as CommandNames
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from announcer.domain.clock import WEEKDAYS
from announcer.domain.private import password_in
from announcer.domain.problem import Severity
from announcer.domain.when import weekday_number
from announcer.languages.spoken_dates import RELATIVE, SpokenDate, spoken_dates
from announcer.languages.to_come import is_to_come
from announcer.records.fields.dates import MONTHS, in_prose
from announcer.records.linting import LintRemark, LintRule, rule
from announcer.text.macros import own
from announcer.text.reading import Form
from announcer.text.remains import Remain, remains, without_maths

_DAY = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in WEEKDAYS)
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in MONTHS)
_DATED = (
    re.compile(
        rf"\b(?P<weekday>{_DAY})\.?,?\s+(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
        r"(?:,?\s+(?P<year>\d{4})\b)?"
    ),
    re.compile(
        rf"\b(?P<weekday>{_DAY})\.?,?\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?"
        rf"(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>\d{{4}})\b)?"
    ),
)
_SOME_DAY = re.compile("|".join(name[:3] for name in WEEKDAYS))
_FULL_DAY = "|".join(WEEKDAYS)
_RELATIVE = re.compile(
    rf"\b(?:tomorrow|tonight|(?:this|next|coming)\s+(?:{_FULL_DAY}|week)|"
    r"this\s+(?:afternoon|evening|morning))\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:today|yesterday)\b", re.IGNORECASE)
_MARKS = re.compile(
    r"\{\{\s{0,9}[A-Za-z_][\w. |]{0,80}\}\}|\{%[^%\n]{0,80}%\}|%\(\w{1,80}\)s|"
    r"\[(?:INSERT|YOUR|TODO)\b[^\]]{0,80}\]|\blorem ipsum\b"
)
_WHOLE_MARK = re.compile(
    rf"{_MARKS.pattern}|@@\w{{0,80}}(?:@@)?|<<\s{{0,9}}\w[\w ]{{0,80}}>>|(?:TODO|FIXME)\b[:.!]?|"
    r"\$\{\w{1,80}\}|<(?:insert|enter|your|add|type)\b[^>]{0,80}>"
)
_LINK = re.compile(
    r"(?:\]\(\s*<?|<)(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?!\s)[^\s)>]*|(?P<script>javascript:\S*)"
)
MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us/[jws]/|zoom\.us/my/|teams\.microsoft\.com/l/meetup|teams\.live\.com/meet|"
    r"meet\.google\.com/|webex\.com/(?:meet|j\.php)|[\w-]+\.webex\.com/)\S*|"
    r"\b(?:passcode|pass code|meeting password|zoom password)\s*(?:[:=]\s*\S+|is\s+\S*\d\S*)",
    re.IGNORECASE,
)
"""A way into a meeting."""
_PLACEHOLDER = re.compile(
    r"(?:insert |enter |add |type )?(?:your |the |a |talk |speaker'?s? |full ){0,2}"
    r"(?:title|name|speaker|abstract|room|text)(?: goes)?(?: here)?|untitled(?: talk)?|x{3,}",
    re.IGNORECASE,
)


Macros = CommandNames[str, str]
NO_MACROS: Macros = {}


@dataclass(frozen=True)
class SentText:
    """One text that readers get."""

    field: str
    """The key under which it stands."""
    text: str
    day: date | None
    """The talk's, None where it has none (a series' text)."""
    macros: Macros | None = None
    """The department's own commands of TeX."""

    @cached_property
    def raw(self) -> tuple[Remain, ...]:
        """What of it the reader would get raw."""
        form: Form = "line" if self.field in ("title", "subject") else "prose"
        return tuple(remains(self.text, form, own(self.macros or NO_MACROS)))

    @cached_property
    def without_maths(self) -> str:
        """Its words, blanks for its formulas."""
        return without_maths(self.text)


@rule("prose-date", "a date in a text does not exist, or is on another weekday", Severity.ERROR)
def prose_date(sent: SentText) -> Iterator[LintRemark[str]]:
    """Dates with a weekday: on its own, a year may be any."""
    for mention in (*_in_english(sent.text), *spoken_dates(sent.text)):
        year = mention.year or (sent.day.year if sent.day else None)
        if year is None:
            continue
        try:
            true = date(year, mention.month, mention.day)
        except ValueError:
            yield LintRemark(mention.text, f'"{mention.text}" does not exist in {year}', "correct the date")
            continue
        if true.weekday() != mention.weekday:
            yield LintRemark(
                mention.text,
                f'"{mention.text}" is a {WEEKDAYS[true.weekday()]} in {year}',
                "correct the weekday or the date, whichever is wrong",
            )


def _in_english(text: str) -> Iterator[SpokenDate]:
    for form in _DATED if _SOME_DAY.search(text) else ():
        for match in form.finditer(text):
            weekday = weekday_number(match["weekday"])
            assert weekday is not None  # noqa: S101 - the form has weekdays alone
            yield SpokenDate(
                text=match[0],
                weekday=weekday,
                day=int(match["day"]),
                month=next(
                    number for number, name in enumerate(MONTHS, 1) if name.startswith(match["month"])
                ),
                year=int(match["year"]) if match["year"] else None,
            )


@rule("relative-word", "a word like tomorrow, which means another day to whoever reads it later")
def relative_word(sent: SentText) -> Iterator[LintRemark[str]]:
    """In an abstract or a title, today is more often the present age than a day."""
    matches = [*_RELATIVE.finditer(sent.text), *RELATIVE.finditer(sent.text)]
    if sent.field not in ("abstract", "title", "speaker", "speakers"):
        matches += _TODAY.finditer(sent.text)
    for match in matches:
        yield LintRemark(
            match[0],
            f'"{match[0]}" means another day to whoever reads it later',
            f"write the date; this talk is on {in_prose(sent.day)}"
            if sent.day
            else "write it without a day: every mail of the series has this text",
        )


@rule("template-mark", "a place that was to be filled in")
def template_mark(sent: SentText) -> Iterator[LintRemark[str]]:
    """A field that is a template's placeholder as a whole is an error; one within words may be meant."""
    whole = _WHOLE_MARK.fullmatch(sent.text.strip())
    for match in [whole] if whole else _MARKS.finditer(sent.without_maths):
        yield LintRemark(
            match[0],
            f'"{match[0]}" looks like a place that was to be filled in',
            "write what belongs there, or delete it",
            Severity.ERROR if whole else None,
        )


@rule("bad-link", "a link has a scheme that mail programs do not follow", Severity.ERROR)
def bad_link(sent: SentText) -> Iterator[LintRemark[str]]:
    """Links to files, scripts and what only a program on the author's machine opens."""
    for match in _LINK.finditer(sent.without_maths):
        scheme = (match["scheme"] or "javascript").lower()
        if scheme not in ("http", "https", "mailto"):
            yield LintRemark(
                match[0].lstrip("](< "),
                f"this link begins with {scheme}:, which mail programs do not follow or warn of",
                "link to an address that begins with https://, http:// or mailto:",
            )


@rule(
    "meeting-in-public",
    "a way into the meeting stands in a field that public lists get too",
    Severity.ERROR,
    silenceable=False,
)
def meeting_in_public(sent: SentText) -> Iterator[LintRemark[str]]:
    """Meetings' addresses and passcodes anywhere but under online:."""
    if sent.field == "online":
        return
    ways = [match[0] for match in MEETING.finditer(sent.text)]
    password = password_in(sent.text)
    if password and not any(password in way for way in ways):
        ways.append(password)
    for way in ways:
        yield LintRemark(
            way,
            "a way into the meeting stands in a field that public lists get too",
            "move it to online: with url and passcode, which only internal lists get",
        )


@rule("placeholder", "words that were to be replaced would be sent", Severity.ERROR)
def placeholder(sent: SentText) -> Iterator[LintRemark[str]]:
    """What says that it is to come is not sent, and only remarked on; what says nothing would be."""
    about = sent.text.strip()
    named = ("title", "speaker", "speakers", "subject", "location")
    if is_to_come(sent.text):
        yield LintRemark(
            about,
            f'"{about}" is read as not known yet, and is not sent',
            "write TBA, or leave the field out, until it is known",
            Severity.WARNING,
        )
    elif (
        sent.field in named
        and not _WHOLE_MARK.fullmatch(about)
        and _PLACEHOLDER.fullmatch(about.strip("<>[]{}()._ "))
    ):
        yield LintRemark(
            about,
            f'"{about}" would be sent to everybody as it stands',
            "leave the field out until it is known, or write TBA alone",
        )


def _raw(sent: SentText, code: str) -> Iterator[LintRemark[str]]:
    return (
        LintRemark(remain.about, remain.message, remain.hint) for remain in sent.raw if remain.code == code
    )


@rule("raw-tex", "LaTeX outside of a formula, which readers would get raw")
def raw_tex(sent: SentText) -> Iterator[LintRemark[str]]:
    """Commands that nothing explains, and formulas that a line of text cannot show."""
    return _raw(sent, "raw-tex")


@rule("unclosed-maths", "a formula that never closes")
def unclosed_maths(sent: SentText) -> Iterator[LintRemark[str]]:
    """A dollar that opens a formula and has no other half."""
    return _raw(sent, "unclosed-maths")


@rule("html", "a text has tags, which readers would get raw")
def html(sent: SentText) -> Iterator[LintRemark[str]]:
    """Tags that are not read as what they mean."""
    return _raw(sent, "html")


@rule("accent-apart", "an accent stands beside its letter instead of on it")
def accent_apart(sent: SentText) -> Iterator[LintRemark[str]]:
    """As copying from a PDF leaves them."""
    return _raw(sent, "accent-apart")


TextRule = LintRule[[SentText], str]
