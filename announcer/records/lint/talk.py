"""Lints on one talk's facts: its weekday, its hour, holidays, what is private, and a pasted abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from announcer.domain.clock import WEEKDAYS
from announcer.domain.fields import fields_of
from announcer.domain.private import SECRET_QUERY, stands_in
from announcer.domain.problem import Problem, Severity
from announcer.domain.redaction import redact, secrets, texts_in
from announcer.domain.talk import Audience, Kind, Status, Talk
from announcer.records.fields.dates import in_prose, read_time, written
from announcer.records.fields.paragraphs import joined
from announcer.records.lint.text import sent_texts, spot_in, text_problems
from announcer.records.models.resolve import clock
from announcer.records.yaml.mojibake import mojibake
from announcer.records.yaml.nodes import Mapping, Scalar, find
from announcer.records.yaml.source import Source

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord
    from announcer.records.models.resolve import TalkFile

PRIVATE = "private-in-public"
"""What guards privacy, and is silenced by nobody."""
_DEGREE = re.compile(r"(?:Jr|Sr|I{2,3}|IV|Ph\.?\s?D|M\.?D|D\.?Sc|O\.?B\.?E)\b")
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)


def lint(file: TalkFile, talk: Talk, config: DepartmentRecord) -> list[Problem]:
    """What is odd about a talk that could be read."""
    found = lint_texts(file.source, file.tree, talk.date)
    for lint_one in (_weekday, _hour, _reason, _several, _wrapped, _private, _refreshments):
        found += lint_one(file, talk, config)
    if config.holidays and talk.kind is Kind.TALK:
        found += _holiday(file, talk, config.holidays)
    return found


def lint_texts(
    source: Source, tree: Mapping, day: date | None, told: Iterable[Problem] = ()
) -> list[Problem]:
    """What is odd about the texts of a talk, be it readable or not, beyond the lines already spoken of."""
    found = mojibake(source)
    for field, scalar in sent_texts(tree):
        found += text_problems(source, field, scalar, day)
    lines = {one.line for one in told}
    return [one for one in found if one.line not in lines]


def _weekday(file: TalkFile, talk: Talk, config: DepartmentRecord) -> Iterator[Problem]:
    day = config.series[talk.series].day
    if day is not None and talk.date.weekday() != day:
        yield file.problem(
            "date",
            "other-weekday",
            f"{written(talk.date)} is not a {WEEKDAYS[day]}, the day of this series",
            "correct the date, or leave it if this talk is on another day",
            Severity.WARNING,
        )


def _hour(file: TalkFile, talk: Talk, _config: DepartmentRecord) -> Iterator[Problem]:
    start = talk.local_start
    if talk.kind is Kind.TALK and not 7 <= start.hour < 22:
        yield file.problem(
            "time",
            "odd-hour",
            f"it begins at {clock(start.time())}, when people sleep",
            f"did you mean {clock(start.time().replace(hour=(start.hour + 12) % 24))}?",
            Severity.WARNING,
        )


def _reason(file: TalkFile, talk: Talk, _config: DepartmentRecord) -> Iterator[Problem]:
    if talk.kind is Kind.NONE and not talk.notice:
        yield file.problem(
            "kind",
            "no-reason",
            "nothing says why there is no talk, and no mail goes without that",
            f"add a line like notice: No colloquium on {in_prose(talk.date)}, because of the holiday",
        )


def _several(file: TalkFile, talk: Talk, _config: DepartmentRecord) -> Iterator[Problem]:
    field = "speaker" if "speaker" in file.keys else "speakers"
    for speaker in talk.speakers:
        both = re.fullmatch(r"(?P<name>[^,(]+)(?:,\s*|\s*\()(?P<rest>[^\s)][^)]{3,})\)?", speaker.name)
        if both and not speaker.affiliation and not _DEGREE.match(both["rest"]):
            yield file.problem(
                field,
                "affiliation-in-name",
                f'"{both["rest"]}" looks like an affiliation, and stands in the name',
                f"write {field}: {{name: {both['name'].strip()}, affiliation: '{both['rest'].strip()}'}}",
                Severity.WARNING,
            )
        elif re.search(r"\S\s+(?:and|&|und|et)\s+\S|;", speaker.name):
            yield file.problem(
                field,
                "several-speakers",
                f'"{speaker.name}" looks like several speakers',
                "write them as a list: speakers: [Ada Example, Max Sample]",
                Severity.WARNING,
            )


def _wrapped(file: TalkFile, _talk: Talk, _config: DepartmentRecord) -> Iterator[Problem]:
    text = file.own.get("abstract")
    node = find(file.tree, ("abstract",))
    if not text or not isinstance(node, Scalar):
        return
    done = joined(text)[1]
    if done:
        yield file.problem(
            "abstract",
            "hard-wrapped",
            f"the abstract was pasted with the line breaks of its page ({done}); its lines were joined",
            "look at it with announcer show, and put an empty line between paragraphs only",
            Severity.WARNING,
        )


def _private(file: TalkFile, talk: Talk, _config: DepartmentRecord) -> Iterator[Problem]:
    """Values for internal lists alone that also stand in a public field: the mail would be refused."""
    shown, kept = redact(talk, Audience.PUBLIC), sorted(secrets(talk))
    for field in fields_of(Talk):
        text = "\n".join(texts_in(field, getattr(shown, field.name)))
        key = next((key for key in field.keys if key in file.tree.entries), field.key)
        for secret in kept:
            if stands_in(secret.value, text):
                line, column = spot_in(file.source, file.tree, key, secret.value)
                on_purpose = ", or give it to everybody on purpose (audience: public)"
                is_online = secret.field.startswith("online.")
                yield file.source.problem(
                    PRIVATE,
                    f"the value of {secret.field}, which only internal lists may get, also stands in {key}",
                    f"delete it from {key}{on_purpose if is_online else ''}",
                    line=line,
                    column=column,
                )
        password = SECRET_QUERY.search(text) if key != "online" else None
        if password:
            line, column = spot_in(file.source, file.tree, key, password[0])
            yield file.source.problem(
                PRIVATE,
                f"a password stands in a link in {key}, which public lists get too",
                "move the link to online: as its url, which only internal lists get",
                line=line,
                column=column,
            )


def _refreshments(file: TalkFile, talk: Talk, config: DepartmentRecord) -> Iterator[Problem]:
    """The series' refreshments at an hour that this talk, moved to another, has begun by then."""
    if (
        file.written.time is None
        or "refreshments" in file.own
        or talk.kind is not Kind.TALK
        or not talk.refreshments
    ):
        return
    usual = config.series[talk.series]
    named = _CLOCK.search(f"{talk.refreshments.time or ''} {talk.refreshments.what}")
    at = read_time(named[0]) if named else None
    start, end = talk.local_start, talk.local_end
    if at is None or usual.time is None or at >= usual.time or start.date() != end.date():
        return
    if start.time() <= at < end.time():
        yield file.problem(
            "time",
            "refreshments-late",
            f"the series' refreshments are at {clock(at)}, when this talk has begun",
            "give this talk a line refreshments: with its own time, or refreshments: none",
            Severity.WARNING,
        )


def _holiday(file: TalkFile, talk: Talk, where: str) -> Iterator[Problem]:
    from announcer.records.lint.holidays import holiday

    name = holiday(where, talk.date)
    if name and talk.status in (Status.CONFIRMED, Status.TENTATIVE, Status.DRAFT):
        yield file.problem(
            "date",
            "holiday",
            f"{written(talk.date)} is a public holiday: {name}",
            "correct the date, or leave it if the talk takes place all the same",
            Severity.WARNING,
        )
