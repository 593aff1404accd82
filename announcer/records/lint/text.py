"""Lints on one text that will be sent: what readers would laugh at, or should not see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from announcer.domain.clock import WEEKDAYS
from announcer.domain.fields import WORDS, Field, Seen, fields_of
from announcer.domain.problem import Problem, Severity
from announcer.domain.talk import FIELDS
from announcer.domain.when import weekday_number
from announcer.records.fields.dates import MONTHS, in_prose
from announcer.records.fields.texts import is_to_come
from announcer.records.yaml.nodes import Mapping, Node, Scalar, Sequence
from announcer.records.yaml.source import Source
from announcer.text.reading import Form
from announcer.text.remains import remains, without_maths

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
    r"\$\{\w{1,80}\}"
)
_LINK = re.compile(
    r"(?:\]\(\s*<?|<)(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?!\s)[^\s)>]*|(?P<script>javascript:\S*)"
)
_MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us/[jws]/|zoom\.us/my/|teams\.microsoft\.com/l/meetup|teams\.live\.com/meet|"
    r"meet\.google\.com/|webex\.com/(?:meet|j\.php)|[\w-]+\.webex\.com/)\S*|"
    r"\b(?:passcode|pass code|meeting password|zoom password)\s*(?:is|:|=)\s*\S+|[?&]pwd=\S+",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?:your |the )?(?:talk )?title(?: goes)?(?: here)?|untitled(?: talk)?|x{3,}|(?:speaker )?name",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What a lint has to say, and the piece of text that it says it about."""

    about: str
    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR


def sent_texts(tree: Mapping) -> Iterator[tuple[str, Scalar]]:
    """The words of a talk, or of a series, that reach readers, each with its field's key."""
    for field in FIELDS:
        for key in field.keys:
            if key in tree.entries and field.seen > Seen.NOBODY:
                yield from ((key, scalar) for scalar in _words(field, tree.entries[key][1]))


def text_problems(source: Source, field: str, scalar: Scalar, day: date | None) -> list[Problem]:
    """All lints of one text. `day` is the talk's date, None where it has none (a series' text)."""
    found: list[Problem] = []
    for remark in text_remarks(field, scalar.text, day):
        line, column = _spot(source, scalar, remark.about)
        found.append(
            source.problem(
                remark.code, remark.message, remark.hint, line=line, column=column, severity=remark.severity
            )
        )
    return found


def text_remarks(field: str, text: str, day: date | None) -> Iterator[Remark]:
    """What each lint has to say of a field's text."""
    for lint in _LINTS:
        yield from islice(lint(field, text, day), ENOUGH)


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
            elif isinstance(node, Scalar) and inner.short:
                yield from _words(inner, node)


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


def _dated(_field: str, text: str, day: date | None) -> Iterator[Remark]:
    for form in _DATED:
        for match in form.finditer(text):
            year = int(match["year"]) if match["year"] else day.year if day else None
            month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"]))
            weekday = weekday_number(match["weekday"])
            if year is None:
                continue
            try:
                true = date(year, month, int(match["day"]))
            except ValueError:
                yield Remark(
                    about=match[0],
                    code="prose-date",
                    message=f'"{match[0]}" does not exist in {year}',
                    hint="correct the date",
                )
                continue
            if weekday is not None and true.weekday() != weekday:
                yield Remark(
                    about=match[0],
                    code="prose-date",
                    message=f'"{match[0]}" is a {WEEKDAYS[true.weekday()]} in {year}',
                    hint="correct the weekday or the date, whichever is wrong",
                )


def _relative(field: str, text: str, day: date | None) -> Iterator[Remark]:
    matches = list(_RELATIVE.finditer(text))
    if field not in ("abstract", "title", "speaker", "speakers"):
        matches += _TODAY.finditer(text)
    for match in matches:
        yield Remark(
            about=match[0],
            code="relative-word",
            message=f'"{match[0]}" means another day to whoever reads it later',
            hint=f"write the date; this talk is on {in_prose(day)}"
            if day
            else "write it without a day: every mail of the series has this text",
            severity=Severity.WARNING,
        )


def _template_marks(_field: str, text: str, _day: date | None) -> Iterator[Remark]:
    """A field that is a template's placeholder as a whole is an error; one within words may be meant."""
    whole = _WHOLE_MARK.fullmatch(text.strip())
    for match in [whole] if whole else _MARKS.finditer(without_maths(text)):
        yield Remark(
            about=match[0],
            code="template-mark",
            message=f'"{match[0]}" looks like a place that was to be filled in',
            hint="write what belongs there, or delete it",
            severity=Severity.ERROR if whole else Severity.WARNING,
        )


def _links(_field: str, text: str, _day: date | None) -> Iterator[Remark]:
    for match in _LINK.finditer(without_maths(text)):
        scheme = (match["scheme"] or "javascript").lower()
        if scheme not in ("http", "https", "mailto"):
            yield Remark(
                about=match[0].lstrip("](< "),
                code="bad-link",
                message=f"this link begins with {scheme}:, which mail programs do not follow or warn of",
                hint="link to an address that begins with https://, http:// or mailto:",
            )


def _meetings(field: str, text: str, _day: date | None) -> Iterator[Remark]:
    if field == "online":
        return
    for match in _MEETING.finditer(text):
        yield Remark(
            about=match[0],
            code="meeting-in-public",
            message="a way into the meeting stands in a field that public lists get too",
            hint="move it to online: with url and passcode, which only internal lists get",
        )


def _placeholders(field: str, text: str, _day: date | None) -> Iterator[Remark]:
    about = text.strip()
    if is_to_come(text):
        yield Remark(
            about=about,
            code="placeholder",
            message=f'"{about}" is read as not known yet, and is not sent',
            hint="write TBA, or leave the field out, until it is known",
            severity=Severity.WARNING,
        )
    elif field in ("title", "speaker", "speakers", "subject", "location") and _PLACEHOLDER.fullmatch(about):
        yield Remark(
            about=about,
            code="placeholder",
            message=f'"{about}" would be sent to everybody as it stands',
            hint="leave the field out until it is known, or write TBA alone",
        )


def _remains(field: str, text: str, _day: date | None) -> Iterator[Remark]:
    """What the reader would get raw: TeX that is not understood, tags, accents beside their letters."""
    form: Form = "line" if field in ("title", "subject") else "prose"
    for one in remains(text, form):
        yield Remark(
            about=one.about, code=one.code, message=one.message, hint=one.hint, severity=Severity.WARNING
        )


_LINTS: tuple[Callable[[str, str, date | None], Iterator[Remark]], ...] = (
    _dated,
    _relative,
    _template_marks,
    _links,
    _meetings,
    _placeholders,
    _remains,
)
