"""Records -> the domain: what a talk has from its series, and when in the world it takes place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from announcer.domain.clock import clock_time, instant, zone
from announcer.domain.department import Department
from announcer.domain.fields import Translation, WithoutTalk, fields_of
from announcer.domain.problem import Problem, Severity
from announcer.domain.rule import Rule
from announcer.domain.talk import Kind, Talk, Written
from announcer.records.fields.dates import written
from announcer.records.fields.paragraphs import joined
from announcer.records.models.references import KnownNames, meant_series
from announcer.records.models.schedule import rules
from announcer.records.models.values import in_first_language, known, sponsor
from announcer.records.yaml.nodes import Mapping, find
from announcer.records.yaml.source import FileText

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord, SeriesRecord

DEFAULT_DURATION = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedTalk:
    """A talk's file that could be read, with all that resolving it needs."""

    source: FileText
    tree: Mapping
    written: Written
    keys: frozenset[str]
    """The keys behind which it says something."""
    own: dict[str, Any]
    """What it says itself, by the attribute of a talk."""
    id: str
    """Its own, or the file's stem."""
    folder: str
    """The name of its folder under talks/, empty at the top."""
    modified: datetime
    department: Department
    """Whose talk it is."""

    def problem(
        self,
        loc: str,
        code: str,
        message: str,
        hint: str,
        severity: Severity = Severity.ERROR,
        *,
        index: int | None = None,
        missing: bool = False,
    ) -> Problem:
        """A problem at one of its fields, or at its beginning where it does not have the field."""
        node = find(self.tree, (loc,) if index is None else (loc, index))
        return self.source.problem(
            code,
            message,
            hint,
            line=node.line,
            column=node.column,
            severity=severity,
            missing=loc if missing else "",
        )


def resolve(
    file: ParsedTalk, config: DepartmentRecord, known: KnownNames
) -> tuple[Talk | None, list[Problem]]:
    """The talk of a file, None where none can be made of it; and its problems, errors among them."""
    problems: list[Problem] = []
    series = _series(file, config, known, problems)
    if {"speaker", "speakers"} <= file.keys:
        problems.append(
            file.problem(
                "speakers", "both-speakers", 'there are both "speaker" and "speakers"', "keep one of them"
            )
        )
    if series is None:
        return None, problems
    key, defaults = series
    zone_name = file.written.timezone or config.timezone
    span = _span(file, defaults, zone_name, problems)
    if span is None:
        return None, problems
    schedule = rules(file.own["schedule"]) if "schedule" in file.own else file.department.series[key].schedule
    problems += _late_rules(file, schedule, span[0], zone_name)
    lists = tuple(dict.fromkeys(file.own.get("lists") or defaults.lists))
    return _talk(file, key, defaults, span, zone_name, lists, schedule), problems


def _talk(
    file: ParsedTalk,
    key: str,
    series: SeriesRecord,
    span: tuple[datetime, datetime],
    zone_name: str,
    lists: tuple[str, ...],
    schedule: tuple[Rule, ...],
) -> Talk:
    values = _values(file, series)
    day = span[0].astimezone(zone(zone_name)).date()
    values |= {"sponsor": sponsor(values.get("sponsor"), day), "lists": lists, "schedule": schedule}
    if values.get("abstract"):
        values["abstract"] = joined(values["abstract"])[0]
    attributes: dict[str, Any] = {}
    translations: list[Translation] = []
    for field in fields_of(Talk):
        attributes[field.name] = known(field, values.get(field.name))
        if field.by_language or field.record:
            attributes[field.name], versions = in_first_language(field, attributes[field.name])
            translations += versions
    return Talk(
        id=file.id,
        series=key,
        path=file.source.path,
        modified=file.modified,
        start=span[0],
        end=span[1],
        zone=zone_name,
        translations=tuple(translations),
        **{name: value for name, value in attributes.items() if value is not None},
    )


def _values(file: ParsedTalk, series: SeriesRecord) -> dict[str, Any]:
    """What the file says, and where it is silent its series; a week without a talk takes little of that:
    who edits the series' room corrects nothing of it."""
    is_talk = file.own.get("kind", Kind.TALK) is Kind.TALK
    return {
        field.name: getattr(series, field.key)
        for field in fields_of(Talk)
        if field.inherited and (is_talk or field.without_talk is WithoutTalk.KEPT)
    } | file.own


def _series(
    file: ParsedTalk, config: DepartmentRecord, known: KnownNames, problems: list[Problem]
) -> tuple[str, SeriesRecord] | None:
    name = file.written.series or file.folder
    if name in config.series:
        return name, config.series[name]
    if not name:
        problems.append(
            file.problem(
                "series",
                "missing-field",
                '"series" is missing, and the file is in no series\' folder',
                f"write series: {next(iter(config.series))}, or move the file into its series' folder",
                missing=True,
            )
        )
        return None
    if not file.written.series:  # of its own name validation told
        problems.append(
            file.problem(
                "series",
                "unknown-series",
                f'there is no series "{name}", which is the name of the file\'s folder',
                f"write series: {meant_series(name, known) or next(iter(config.series))}, "
                "or move the file into its series' folder",
            )
        )
    return None


def _span(
    file: ParsedTalk, series: SeriesRecord, zone_name: str, problems: list[Problem]
) -> tuple[datetime, datetime] | None:
    """The start and the end, in UTC."""
    record = file.written
    begins = record.time or series.time
    if begins is None and file.own.get("kind") is Kind.NONE:
        begins = time(12)
    if begins is None:
        problems.append(
            file.problem(
                "time",
                "missing-field",
                '"time" is missing, and the series has none',
                "write time: 4:00 pm",
                missing=True,
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
                f"it ends at {clock_time(record.end)}, and begins at {clock_time(begins)}",
                "correct one of them; of a talk that ends after midnight give the duration: 2 hours",
            )
        )
        return None
    return start, end


def _late_rules(
    file: ParsedTalk, schedule: tuple[Rule, ...], start: datetime, zone_name: str
) -> list[Problem]:
    """The rules that come too late to be of use: errors in its own schedule, warnings in its series'."""
    own = "schedule" in file.own
    problems = []
    for index, rule in enumerate(schedule):
        if not too_late(rule, start, zone_name):
            continue
        message = (
            f'the {rule.send} "{rule.when.text}" falls on or after its latest useful moment, '
            "so it would never be sent"
        )
        if own:
            problems.append(
                file.problem("schedule", "rule-too-late", message, "choose an earlier moment", index=index)
            )
        else:
            problems.append(
                file.problem(
                    "time" if file.written.time else "date",
                    "rule-too-late",
                    message,
                    "give this talk a schedule of its own with an earlier moment",
                    Severity.WARNING,
                )
            )
    return problems


def too_late(rule: Rule, start: datetime, zone_name: str) -> bool:
    """Whether a rule is due when it is of no use any more."""
    try:
        due = rule.when.due(start, zone_name)
        expiry = min(start, rule.not_after.due(start, zone_name)) if rule.not_after else start
    except OverflowError:
        return True
    return due >= expiry
