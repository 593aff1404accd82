"""Records -> the domain: what a talk has from its series, and when in the world it takes place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from announcer.domain.clock import instant, zone
from announcer.domain.department import Department
from announcer.domain.problem import Problem, Severity
from announcer.domain.rule import Rule
from announcer.domain.talk import Kind, Link, Online, Talk
from announcer.records.fields.dates import written
from announcer.records.fields.paragraphs import joined
from announcer.records.models.references import unknown_series
from announcer.records.models.values import (
    host,
    known,
    meet,
    origin,
    place,
    refreshments,
    rules,
    speakers,
    sponsor,
)
from announcer.records.yaml.source import Source
from announcer.records.yaml.tree import Mapping, find

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord, SeriesRecord
    from announcer.records.models.talk import TalkRecord

DEFAULT_DURATION = timedelta(hours=1)
_OF_A_TALK = ("location", "host", "refreshments", "sponsor", "accessibility", "parking", "subject")
"""What a file with `kind: none` does not take from its series."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkFile:
    """A talk's file that could be read, with all that resolving it needs."""

    source: Source
    tree: Mapping
    record: TalkRecord
    id: str
    """Its own, or the file's stem."""
    folder: str
    """The name of its folder under talks/, empty at the top."""
    modified: datetime

    def problem(
        self,
        loc: str,
        code: str,
        message: str,
        hint: str,
        severity: Severity = Severity.ERROR,
        *,
        index: int | None = None,
    ) -> Problem:
        """A problem at one of its fields, or at its beginning where it does not have the field."""
        node = find(self.tree, (loc,) if index is None else (loc, index))
        return self.source.problem(code, message, hint, line=node.line, column=node.column, severity=severity)


def resolve(
    file: TalkFile, config: DepartmentRecord, department: Department
) -> tuple[Talk | None, list[Problem]]:
    """The talk of a file, None where none can be made of it; and its problems, errors among them."""
    problems: list[Problem] = []
    series = _series(file, config, problems)
    if file.record.speaker and file.record.speakers:
        problems.append(
            file.problem(
                "speakers", "both-speakers", 'there are both "speaker" and "speakers"', "keep one of them"
            )
        )
    if series is None:
        return None, problems
    key, defaults = series
    zone_name = file.record.timezone or config.timezone
    span = _span(file, defaults, zone_name, problems)
    if span is None:
        return None, problems
    schedule = rules(file.record.schedule) or department.series[key].schedule
    problems += _late_rules(file, schedule, span[0], zone_name)
    lists = tuple(dict.fromkeys(file.record.lists or defaults.lists))
    return _talk(file, key, defaults, span, zone_name, lists, schedule), problems


def _talk(
    file: TalkFile,
    key: str,
    series: SeriesRecord,
    span: tuple[datetime, datetime],
    zone_name: str,
    lists: tuple[str, ...],
    schedule: tuple[Rule, ...],
) -> Talk:
    record = file.record
    day = span[0].astimezone(zone(zone_name)).date()
    # A week without a talk has no room: who edits the series' room corrects nothing of it.
    shared = series if record.kind is Kind.TALK else series.model_copy(update=dict.fromkeys(_OF_A_TALK))
    return Talk(
        id=file.id,
        series=key,
        path=file.source.path,
        modified=file.modified,
        kind=record.kind,
        status=record.status,
        notice=record.notice or None,
        start=span[0],
        end=span[1],
        zone=zone_name,
        title=known(record.title),
        speakers=speakers(record.speaker or record.speakers),
        abstract=known(joined(record.abstract or "")[0]),
        place=place(record.location) if record.location is not None else place(shared.location),
        online=Online(**dict(record.online)) if record.online else None,
        host=host(record.host or shared.host),
        refreshments=refreshments(record.refreshments or shared.refreshments),
        meet=meet(record.meet),
        sponsor=sponsor(record.sponsor, day) if record.sponsor else sponsor(shared.sponsor, day),
        url=record.url,
        links=tuple(Link(label=link.label or link.url, url=link.url) for link in record.links),
        recording=record.recording,
        contact=record.contact or shared.contact or None,
        accessibility=record.accessibility or shared.accessibility or None,
        parking=record.parking or shared.parking or None,
        show_timezones=record.show_timezones,
        confidential=record.confidential,
        notes=record.notes or None,
        source=origin(record.source),
        subject=record.subject or shared.subject or None,
        lists=lists,
        schedule=schedule,
    )


def _series(
    file: TalkFile, config: DepartmentRecord, problems: list[Problem]
) -> tuple[str, SeriesRecord] | None:
    name = file.record.series or file.folder
    if name in config.series:
        return name, config.series[name]
    if not name:
        problems.append(
            file.problem(
                "series",
                "missing-field",
                '"series" is missing, and the file is in no series\' folder',
                f"write series: {next(iter(config.series))}, or move the file into its series' folder",
            )
        )
        return None
    unknown = unknown_series(file.source, file.tree, file.folder, config)
    if unknown:
        problems.append(unknown)
    return None


def _span(
    file: TalkFile, series: SeriesRecord, zone_name: str, problems: list[Problem]
) -> tuple[datetime, datetime] | None:
    """The start and the end, in UTC."""
    record = file.record
    begins = record.time or series.time
    if begins is None and record.kind is Kind.NONE:
        begins = time(12)
    if begins is None:
        problems.append(
            file.problem(
                "time", "missing-field", '"time" is missing, and the series has none', "write time: 4:00 pm"
            )
        )
    both = record.end and record.duration
    if both:
        problems.append(
            file.problem("duration", "both-ends", 'there are both "end" and "duration"', "keep one of them")
        )
    if begins is None or both:
        return None
    tz = zone(zone_name)
    try:
        start = instant(record.date, begins, tz).astimezone(UTC)
        end = start + (record.duration or series.duration or DEFAULT_DURATION)
        if record.end:
            end = instant(record.date, record.end, tz).astimezone(UTC)
    except OverflowError:
        problems.append(
            file.problem("date", "bad-date", f"{written(record.date)} is out of reach", "correct the year")
        )
        return None
    if end <= start:
        problems.append(
            file.problem(
                "end",
                "end-before-start",
                f"it ends at {clock(record.end)}, and begins at {clock(begins)}",
                "correct one of them; of a talk that ends after midnight give the duration: 2 hours",
            )
        )
        return None
    return start, end


def clock(at: time | None) -> str:
    """A time of day as people write it: `4:00 pm`."""
    return f"{at.hour % 12 or 12}:{at:%M} {'pm' if at.hour >= 12 else 'am'}" if at else ""


def _late_rules(file: TalkFile, schedule: tuple[Rule, ...], start: datetime, zone_name: str) -> list[Problem]:
    """The rules that come too late to be of use: errors in its own schedule, warnings in its series'."""
    own = bool(file.record.schedule)
    found = []
    for index, rule in enumerate(schedule):
        if not too_late(rule, start, zone_name):
            continue
        message = (
            f'the {rule.send} "{rule.when.text}" falls on or after its latest useful moment, '
            "so it would never be sent"
        )
        if own:
            found.append(
                file.problem("schedule", "rule-too-late", message, "choose an earlier moment", index=index)
            )
        else:
            found.append(
                file.problem(
                    "time" if file.record.time else "date",
                    "rule-too-late",
                    message,
                    "give this talk a schedule of its own with an earlier moment",
                    Severity.WARNING,
                )
            )
    return found


def too_late(rule: Rule, start: datetime, zone_name: str) -> bool:
    """Whether a rule is due when it is of no use any more."""
    try:
        due = rule.when.due(start, zone_name)
        expiry = min(start, rule.not_after.due(start, zone_name)) if rule.not_after else start
    except OverflowError:
        return True
    return due >= expiry
