"""Lints on one text that will be sent: what readers would laugh at, or should not see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as CommandNames
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from announcer.domain.clock import WEEKDAYS
from announcer.domain.fields import WORDS, Field, Seen, fields_of
from announcer.domain.private import password_in
from announcer.domain.problem import Problem, Severity
from announcer.domain.talk import FIELDS
from announcer.domain.when import weekday_number
from announcer.languages.spoken_dates import RELATIVE, RELATIVE_SIGNS, SpokenDate, spoken_dates
from announcer.languages.to_come import is_to_come
from announcer.records.fields.dates import MONTHS, in_prose
from announcer.records.linting import Remark, Rule, rule
from announcer.records.yaml.nodes import Mapping, Node, Scalar, Sequence
from announcer.records.yaml.source import Source
from announcer.text.macros import own
from announcer.text.reading import LONGEST, Form
from announcer.text.remains import Remain, is_suspicious, remains, without_maths

ENOUGH = 10
"""Remarks of one kind that are made on one text."""
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


def sent_texts(tree: Mapping) -> Iterator[tuple[str, Scalar]]:
    """The words of a talk, or of a series, that reach readers, each with its field's key."""
    for field in FIELDS:
        for key in field.keys:
            if key in tree.entries and field.seen > Seen.NOBODY:
                yield from ((key, scalar) for scalar in _words(field, tree.entries[key][1]))


def text_problems(
    source: Source, texts: Iterable[tuple[str, Scalar]], day: date | None, macros: Macros = NO_MACROS
) -> Iterator[Problem]:
    """What the rules say of these texts, each with its field's key; `macros` are the department's own
    commands of TeX. Of a text that is too long they read the beginning: that it is too long is said."""
    found = list(texts)
    rules = _having_signs("\n".join(scalar.text[:LONGEST] for _, scalar in found))
    for field, scalar in found:
        for one, remark in _remarks(SentText(field, scalar.text[:LONGEST], day, macros), rules):
            line, column = _spot(source, scalar, remark.at)
            yield source.remarked(one, remark, line=line, column=column)


def text_remarks(sent: SentText) -> Iterator[tuple[TextRule, Remark[str]]]:
    """What each rule has to say of a field's text."""
    return _remarks(sent, _having_signs(sent.text))


def _having_signs(text: str) -> list[Signed]:
    """The rules that may speak of something in this text."""
    folded = text.casefold()
    return [one for one in _SIGNED if one.sign(text, folded)]


def _remarks(sent: SentText, rules: Iterable[Signed]) -> Iterator[tuple[TextRule, Remark[str]]]:
    folded = sent.text.casefold()
    for one in rules:
        if one.sign(sent.text, folded):
            for rule in one.rules:
                yield from ((rule, remark) for remark in islice(rule(sent), ENOUGH))


def _words(field: Field, node: Node) -> Iterator[Scalar]:
    """The words in a field's value: of records those of their fields, or the text that is short for one."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _words(field, item)
    elif field.record is None:
        yield from _scalars(node) if field.shape in WORDS else ()
    else:
        for inner in fields_of(field.record):
            if isinstance(node, Mapping) and inner.key in node.entries:
                yield from _words(inner, node.entries[inner.key][1])
            elif inner.short and (
                isinstance(node, Scalar) or (inner.by_language and not _has_field(field, node))
            ):
                yield from _words(inner, node)


def _has_field(field: Field, node: Node) -> bool:
    """Whether a mapping has a field of the record; else it is one by language, short for its text."""
    return isinstance(node, Mapping) and any(one.key in node.entries for one in fields_of(field.record))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for _, value in node.entries.values():
            yield from _scalars(value)


def _spot(source: Source, scalar: Scalar, about: str) -> tuple[int, int]:
    """Where in the file a piece of a text stands; where it was folded over lines, its first word."""
    for piece in (about, about.split()[0] if about.split() else about):
        for line in range(scalar.line, min(scalar.end_line + 1, len(source.lines))):
            column = source.lines[line].find(piece, scalar.column if line == scalar.line else 0)
            if column >= 0:
                return line, column
    return scalar.line, scalar.column


def spot_in(source: Source, tree: Mapping, field: str, about: str) -> tuple[int, int]:
    """Where a piece of text stands in a field, or where the field does."""
    if field not in tree.entries:
        return tree.line, tree.column
    node = tree.entries[field][1]
    for scalar in _scalars(node):
        place = _spot(source, scalar, about)
        if place != (scalar.line, scalar.column) or scalar.text.startswith(about):
            return place
    return node.line, node.column


@rule("prose-date", "a date in a text does not exist, or is on another weekday", Severity.ERROR)
def prose_date(sent: SentText) -> Iterator[Remark[str]]:
    """Dates with a weekday: on its own, a year may be any."""
    for said in (*_in_english(sent.text), *spoken_dates(sent.text)):
        year = said.year or (sent.day.year if sent.day else None)
        if year is None:
            continue
        try:
            true = date(year, said.month, said.day)
        except ValueError:
            yield Remark(said.text, f'"{said.text}" does not exist in {year}', "correct the date")
            continue
        if true.weekday() != said.weekday:
            yield Remark(
                said.text,
                f'"{said.text}" is a {WEEKDAYS[true.weekday()]} in {year}',
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
                month=next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"])),
                year=int(match["year"]) if match["year"] else None,
            )


@rule("relative-word", "a word like tomorrow, which means another day to whoever reads it later")
def relative_word(sent: SentText) -> Iterator[Remark[str]]:
    """In an abstract or a title, today is more often the present age than a day."""
    matches = [*_RELATIVE.finditer(sent.text), *RELATIVE.finditer(sent.text)]
    if sent.field not in ("abstract", "title", "speaker", "speakers"):
        matches += _TODAY.finditer(sent.text)
    for match in matches:
        yield Remark(
            match[0],
            f'"{match[0]}" means another day to whoever reads it later',
            f"write the date; this talk is on {in_prose(sent.day)}"
            if sent.day
            else "write it without a day: every mail of the series has this text",
        )


@rule("template-mark", "a place that was to be filled in")
def template_mark(sent: SentText) -> Iterator[Remark[str]]:
    """A field that is a template's placeholder as a whole is an error; one within words may be meant."""
    whole = _WHOLE_MARK.fullmatch(sent.text.strip())
    for match in [whole] if whole else _MARKS.finditer(sent.without_maths):
        yield Remark(
            match[0],
            f'"{match[0]}" looks like a place that was to be filled in',
            "write what belongs there, or delete it",
            Severity.ERROR if whole else None,
        )


@rule("bad-link", "a link has a scheme that mail programs do not follow", Severity.ERROR)
def bad_link(sent: SentText) -> Iterator[Remark[str]]:
    """Links to files, scripts and what only a program on the author's machine opens."""
    for match in _LINK.finditer(sent.without_maths):
        scheme = (match["scheme"] or "javascript").lower()
        if scheme not in ("http", "https", "mailto"):
            yield Remark(
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
def meeting_in_public(sent: SentText) -> Iterator[Remark[str]]:
    """Meetings' addresses and passcodes anywhere but under online:."""
    if sent.field == "online":
        return
    found = [match[0] for match in MEETING.finditer(sent.text)]
    password = password_in(sent.text)
    if password and not any(password in one for one in found):
        found.append(password)
    for one in found:
        yield Remark(
            one,
            "a way into the meeting stands in a field that public lists get too",
            "move it to online: with url and passcode, which only internal lists get",
        )


@rule("placeholder", "words that were to be replaced would be sent", Severity.ERROR)
def placeholder(sent: SentText) -> Iterator[Remark[str]]:
    """What says that it is to come is not sent, and only remarked on; what says nothing would be."""
    about = sent.text.strip()
    named = ("title", "speaker", "speakers", "subject", "location")
    if is_to_come(sent.text):
        yield Remark(
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
        yield Remark(
            about,
            f'"{about}" would be sent to everybody as it stands',
            "leave the field out until it is known, or write TBA alone",
        )


def _raw(sent: SentText, code: str) -> Iterator[Remark[str]]:
    return (Remark(one.about, one.message, one.hint) for one in sent.raw if one.code == code)


@rule("raw-tex", "LaTeX outside of a formula, which readers would get raw")
def raw_tex(sent: SentText) -> Iterator[Remark[str]]:
    """Commands that nothing explains, and formulas that a line of text cannot show."""
    return _raw(sent, "raw-tex")


@rule("unclosed-maths", "a formula that never closes")
def unclosed_maths(sent: SentText) -> Iterator[Remark[str]]:
    """A dollar that opens a formula and has no other half."""
    return _raw(sent, "unclosed-maths")


@rule("html", "a text has tags, which readers would get raw")
def html(sent: SentText) -> Iterator[Remark[str]]:
    """Tags that are not read as what they mean."""
    return _raw(sent, "html")


@rule("accent-apart", "an accent stands beside its letter instead of on it")
def accent_apart(sent: SentText) -> Iterator[Remark[str]]:
    """As copying from a PDF leaves them."""
    return _raw(sent, "accent-apart")


TextRule = Rule[[SentText], str]
TEXT_RULES: tuple[TextRule, ...] = (
    prose_date,
    relative_word,
    template_mark,
    bad_link,
    meeting_in_public,
    placeholder,
    raw_tex,
    unclosed_maths,
    html,
    accent_apart,
)
"""The rules on one text, in the order in which they speak."""
_DIGIT = re.compile(r"\d")
_MARK_SIGN = re.compile(
    r"\{[{%]|%\(|\[(?:INSERT|YOUR|TODO)|lorem ipsum|@@|<<|TODO|FIXME|\$\{|<(?:insert|enter|your|add|type)"
)
_LINK_SIGN = re.compile(
    r"(?:\]\(\s*<?|<)(?:[$\\]|(?!(?i:https?|mailto):)[A-Za-z][A-Za-z0-9+.-]*:(?!\s))|javascript:"
)
_MARK_PARTS = ("{", "%(", "[", "lorem", "@@", "<", "TODO", "FIXME")
_LINK_PARTS = ("](", "<", "javascript:")
_DAY_SIGNS = ("day", "week", "afternoon", "evening", "morning", "tonight", "tomorrow", *RELATIVE_SIGNS)
_WAY_SIGNS = ("://", "pass", "=", "%")


def _has(text: str, parts: tuple[str, ...]) -> bool:
    """Whether one of these stands in it: ten times as fast as an expression's search."""
    return any(map(text.__contains__, parts))


@dataclass(frozen=True, slots=True)
class Signed:
    """Rules, and what a text must have for one of them to speak: nearly every text has none of it."""

    sign: Callable[[str, str], object]
    """Whether a text, and the same in small letters, has it."""
    rules: tuple[TextRule, ...]


_SIGNED = (
    Signed(lambda text, _: _DIGIT.search(text), (prose_date,)),
    Signed(lambda _, folded: _has(folded, _DAY_SIGNS), (relative_word,)),
    Signed(lambda text, _: _has(text, _MARK_PARTS) and _MARK_SIGN.search(text), (template_mark,)),
    Signed(lambda text, _: _has(text, _LINK_PARTS) and _LINK_SIGN.search(text), (bad_link,)),
    Signed(lambda _, folded: _has(folded, _WAY_SIGNS), (meeting_in_public,)),
    Signed(lambda _text, _folded: True, (placeholder,)),
    Signed(lambda text, _: is_suspicious(text), (raw_tex, unclosed_maths, html, accent_apart)),
)
