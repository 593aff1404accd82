"""Rows of text under headings -> drafts: what a table of any kind comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from announcer.importers.contract import Draft, Heading, How, Remark, SourceFaultError, SourceTalks
from announcer.importers.findings import Findings
from announcer.importers.headings import FIELDS, IGNORED, field_of, plain_heading
from announcer.importers.moments import Moment, month_comes_first, read_moment, read_time_of_day
from announcer.importers.people import people_of
from announcer.importers.placeholders import is_placeholder
from announcer.languages.vocabularies import expression

Cell = str | date | datetime | time | timedelta | float | bool | None
_TOP = 12
"""A title may stand above the headings: so many rows are looked through."""
_CANCELLED = re.compile(rf"cancel|annul|{expression(lambda vocabulary: vocabulary.cancelled)}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """Which column is which field."""

    fields: Mapping[int, str]
    names: Sequence[str]
    month_first: bool | None
    unknown: tuple[Heading, ...] = field(default=())


def read_rows(rows: Sequence[Sequence[Cell]], how: How, *, month_first: bool | None = None) -> SourceTalks:
    """The talks of a table. Raises SourceFaultError where no row names its columns."""
    top = _headings_row(rows, how)
    if top is None:
        raise SourceFaultError(
            code="no-headings",
            place="the table",
            message="no row names its columns: two at least must be understood, like Date and Speaker",
            hint="write headings above the columns, or explain them with `columns:` in the source's entry",
        )
    body = [
        (number, row)
        for number, row in enumerate(rows[top + 1 :], top + 2)
        if any(_text(cell) for cell in row)
    ]
    columns = _columns(rows[top], [row for _, row in body], how, month_first)
    drafts = [_draft(row, number, columns, how) for number, row in body]
    if "timestamp" in columns.fields.values():
        drafts = _last_answers(drafts)
    return SourceTalks(drafts=tuple(drafts), headings=columns.unknown)


def _headings_row(rows: Sequence[Sequence[Cell]], how: How) -> int | None:
    for number, row in enumerate(rows[:_TOP]):
        known = {_field(_text(cell), how) for cell in row if _text(cell)} - {None, IGNORED}
        if len(known) >= 2:
            return number
    return None


def _field(heading: str, how: How) -> str | None:
    fields = {plain_heading(name): field_name for name, field_name in how.columns.items()}
    return fields.get(plain_heading(heading)) or field_of(heading)


def _columns(
    headings: Sequence[Cell], body: Sequence[Sequence[Cell]], how: How, month_first: bool | None
) -> _Columns:
    fields: dict[int, str] = {}
    unknown = []
    names = [_text(cell) for cell in headings]
    for index, name in enumerate(names):
        meaning = _field(name, how) if name else None
        if meaning is not None and (meaning in FIELDS or meaning.partition(".")[0] in FIELDS):
            fields[index] = meaning
        elif name:
            examples = [text for row in body if index < len(row) and (text := _text(row[index]))]
            if examples:
                unknown.append(Heading(name=name, examples=tuple(examples[:3])))
    days = [
        text
        for row in body
        for index, field_name in fields.items()
        if field_name == "date" and index < len(row) and (text := _text(row[index]))
    ]
    order = month_comes_first(days)
    return _Columns(
        fields=fields,
        names=names,
        month_first=order if order is not None else month_first,
        unknown=tuple(unknown),
    )


def _draft(row: Sequence[Cell], number: int, columns: _Columns, how: How) -> Draft:
    findings = Findings()
    uid = series = email = None
    person: dict[str, str] = {}
    cancelled = False
    for index, field_name in columns.fields.items():
        cell = row[index] if index < len(row) else None
        text, origin = _text(cell), f"column {columns.names[index]}, row {number}"
        if not text:
            continue
        if field_name == "speaker":
            for name in people_of(text):
                findings.speaker(name, origin)
        elif field_name.startswith("speaker."):
            person.setdefault(field_name.partition(".")[2], text)
            email = text if field_name == "speaker.email" else email
        elif field_name == "id":
            uid = text
        elif field_name == "series":
            series = text
        elif field_name == "status":
            cancelled = _CANCELLED.search(text) is not None
        elif field_name == "links":
            findings.link(columns.names[index], text, origin)
        elif field_name not in ("timestamp", IGNORED, "date", "time", "end", "duration", "weekday"):
            _put(findings, field_name, text, origin)
    _when(row, columns, how, findings)
    findings.amend_speaker(person, "the table")
    if not findings.values and not findings.speakers and findings.day is None:
        findings.leave("empty-row", f"row {number} says nothing of a talk")
    return findings.draft(
        uid=uid or email if "timestamp" in columns.fields.values() else uid,
        series=series,
        cancelled=cancelled,
    )


def _put(findings: Findings, field_name: str, text: str, origin: str) -> None:
    """A link that is no address is a place: `Zoom` beside a room."""
    if field_name in ("online.url", "url", "speaker.url") and not re.match(r"https?://\S+$", text):
        if not is_placeholder(text) and (link := re.search(r"https?://[^\s<>\"]+", text)):
            findings.put(field_name, link[0], origin)
        findings.put("notes", f"{origin.partition(',')[0]}: {text}", origin)
        return
    if field_name == "host":
        findings.host(text, origin)
    elif field_name == "host.email":
        findings.put("notes", f"The host's address: {text}", origin)
    else:
        findings.put(field_name, text, origin)


def _when(row: Sequence[Cell], columns: _Columns, how: How, findings: Findings) -> None:
    cells = {name: row[index] for index, name in reversed(list(columns.fields.items())) if index < len(row)}
    day, at, end = cells.get("date"), cells.get("time"), cells.get("end")
    moment = _moment(day, columns, how)
    if isinstance(weekday := cells.get("weekday"), str) and moment.day:
        moment = read_moment(f"{weekday} {moment.day.isoformat()}", today=how.now.date())
        first = _moment(day, columns, how)
        moment = Moment(
            day=moment.day, at=first.at, length=first.length, remarks=(*first.remarks, *moment.remarks)
        )
    findings.day, findings.at = moment.day, moment.at
    remarks = list(moment.remarks)
    if moment.length:
        findings.lasts(moment.length)
    if at is not None and _text(at):
        clock, length, more = _time(at)
        findings.at = clock or findings.at
        remarks += more
        if length:
            findings.lasts(length)
    until, _, _ = _time(end)
    if until and findings.at and findings.length is None:
        anchor = date(2000, 1, 1)
        findings.lasts(datetime.combine(anchor, until) - datetime.combine(anchor, findings.at))
    if findings.length is None and (minutes := _minutes(cells.get("duration"))):
        findings.lasts(minutes)
    findings.shows(findings.day, findings.at, how)
    for remark in remarks:
        findings.say(remark.code, remark.text)
    if findings.day is not None and findings.at is None:
        findings.say("no-time", "the table has a date without a time: the series' time stands")


def _moment(cell: Cell, columns: _Columns, how: How) -> Moment:
    if isinstance(cell, datetime):
        at = cell.time().replace(second=0, microsecond=0)
        return Moment(day=cell.date(), at=at if at != time(0) else None)
    if isinstance(cell, date):
        return Moment(day=cell)
    text = _text(cell)
    if is_placeholder(text):
        return Moment()
    moment = read_moment(text, today=how.now.date(), month_first=columns.month_first)
    if moment.day is None and not moment.remarks:
        unclear = Remark(code="unclear-date", text=f'"{text}" is no date that can be read')
        return Moment(at=moment.at, length=moment.length, remarks=(unclear,))
    return moment


def _time(cell: Cell) -> tuple[time | None, timedelta | None, tuple[Remark, ...]]:
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0), None, ()
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0), None, ()
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60) % 1440
        return time(minutes // 60, minutes % 60), None, ()
    text = _text(cell)
    return (None, None, ()) if is_placeholder(text) else read_time_of_day(text)


def _minutes(cell: Cell) -> timedelta | None:
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute)
    if isinstance(cell, timedelta):
        return cell
    match = re.fullmatch(
        r"(?:(\d{1,2})\s*(?:h|:|hours?|std\.?)\s*)?(?:(\d{1,3})\s*(?:m|min\.?|minutes?|minuten)?)?",
        _text(cell),
        re.I,
    )
    if match is None or not any(match.groups()):
        return None
    return timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0))


def _last_answers(drafts: Sequence[Draft]) -> list[Draft]:
    """Of a form's answers the last of each person counts."""
    last = {draft.uid: number for number, draft in enumerate(drafts) if draft.uid}
    return [draft for number, draft in enumerate(drafts) if draft.uid is None or last[draft.uid] == number]


def _text(cell: Cell) -> str:
    """A cell as it is read: a whole number without its `.0`."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return str(cell).strip()
