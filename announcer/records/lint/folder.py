"""What only shows across files, or against the folder and the clock: doubles, photos, years away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from announcer.domain.department import Department
from announcer.domain.private import stands_in
from announcer.domain.problem import Problem, Severity
from announcer.domain.redaction import secrets
from announcer.domain.talk import Kind, Status, Talk

PHOTO_LIMIT = 200_000
"""Bytes: a larger picture makes the message one that list servers hold."""
YEARS = timedelta(days=2 * 366)
POINTED_AT = frozenset(("date", "id", "status", "title", "speaker", "location", "online"))
"""The fields at which a problem of several files is told."""
Spots = dict[str, tuple[int, int, str]]
"""Where a talk's fields stand: line and column from 1, and the line itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A talk and where its fields stand."""

    talk: Talk
    spots: Spots


def gather(
    root: Path, placed: Iterable[Placed], taken: dict[str, str], department: Department, now: datetime
) -> list[Problem]:
    """The problems of talks among each other. `taken` has the paths of ids that broken files hold."""
    placed = list(placed)
    found = [*_same_id(placed, taken, department), *_together(placed)]
    for one in placed:
        if one.talk.start - now > YEARS:
            found.append(
                _problem(
                    one,
                    "date",
                    "far-date",
                    f"{one.talk.date} is {round((one.talk.start - now).days / 365.25)} years away",
                    "look at the year again",
                    Severity.WARNING,
                )
            )
        if one.talk.status is Status.POSTPONED and one.talk.start > now:
            found.append(
                _problem(
                    one,
                    "status",
                    "postponed",
                    "the lists hear that this talk is postponed, and nothing else of it",
                    "that is all for now; once its new date is firm, write it with status: confirmed, and "
                    "ON AGAIN goes out",
                    Severity.WARNING,
                )
            )
        found += _weak(one, department)
        if any(speaker.photo for speaker in one.talk.speakers):
            found += _photos(root, one)
    return found


def _weak(one: Placed, department: Department) -> Iterator[Problem]:
    """Secrets that are words which every public message may have: nobody can look for them."""
    found = secrets(one.talk)
    lists = (f"{each.name} {each.address}" for each in department.lists.values())
    known = "\n".join((*department.open_texts(one.talk.series), *lists)) if found else ""
    for each in sorted(found):
        if stands_in(each.value, known):
            yield _problem(
                one,
                each.field.partition(".")[0],
                "weak-secret",
                f"the value of {each.field} also stands in announcer.yaml, so no mail is searched for it",
                "let the meeting have another passcode",
                Severity.WARNING,
            )


def _problem(
    one: Placed, field: str, code: str, message: str, hint: str, severity: Severity = Severity.ERROR
) -> Problem:
    line, column, excerpt = one.spots.get(field) or one.spots.get("date") or (1, 1, "")
    return Problem(
        path=one.talk.path,
        line=line,
        column=column,
        severity=severity,
        code=code,
        message=message,
        hint=hint,
        excerpt=excerpt,
    )


def _same_id(placed: list[Placed], taken: dict[str, str], department: Department) -> Iterator[Problem]:
    paths: dict[str, list[str]] = defaultdict(list)
    for one in placed:
        paths[one.talk.id.casefold()].append(one.talk.path)
    for name, path in taken.items():
        paths[name.casefold()].append(path)
    digests = {name.casefold() for name in department.digests}
    for one in placed:
        others = [path for path in paths[one.talk.id.casefold()] if path != one.talk.path]
        if others:
            yield _problem(
                one,
                "id",
                "duplicate-id",
                f'"{one.talk.id}" is also the id of {others[0]}',
                "rename one of the files, or give one a line id: with another name",
            )
        elif one.talk.id.casefold() in digests:
            yield _problem(
                one,
                "id",
                "duplicate-id",
                f'"{one.talk.id}" is also the name of a digest in announcer.yaml',
                "rename the file, or give it a line id: with another name",
            )


def _together(placed: list[Placed]) -> Iterator[Problem]:
    """Two talks in one room, or one speaker in two talks, at the same time."""
    live = [
        one
        for one in placed
        if one.talk.kind is Kind.TALK and one.talk.status not in (Status.CANCELLED, Status.POSTPONED)
    ]
    yield from _overlaps(
        live,
        lambda talk: [_plain(talk.place.label)] if talk.place and talk.place.room else [],
        "location",
        "room-double-booked",
        "the room is taken by {other} at that time",
        "correct the room or the time of one of them",
    )
    yield from _overlaps(
        live,
        lambda talk: [_plain(speaker.name) for speaker in talk.speakers],
        "speaker",
        "speaker-double-booked",
        "the speaker also speaks in {other} at that time",
        "correct the speaker or the time of one of them",
    )


def _overlaps(
    live: list[Placed], keys: Callable[[Talk], list[str]], field: str, code: str, message: str, hint: str
) -> Iterator[Problem]:
    by_key: dict[str, list[Placed]] = defaultdict(list)
    for one in live:
        for key in keys(one.talk):
            by_key[key].append(one)
    for group in by_key.values():
        group.sort(key=lambda one: (one.talk.start, one.talk.path))
        latest = group[0]
        for one in group[1:]:
            if one.talk.start < latest.talk.end and one.talk.path != latest.talk.path:
                yield _problem(
                    one, field, code, message.format(other=latest.talk.path), hint, Severity.WARNING
                )
            if one.talk.end > latest.talk.end:
                latest = one


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _photos(root: Path, one: Placed) -> Iterator[Problem]:
    for speaker in one.talk.speakers:
        photo = speaker.photo
        if photo is None:
            continue
        path = root / photo.path
        if not path.resolve().is_relative_to(root.resolve()):
            yield _problem(
                one,
                "speaker",
                "outside-folder",
                f"{photo.path} is a link to a file outside of this folder",
                "copy the picture here instead",
            )
        elif not path.is_file():
            yield _problem(
                one,
                "speaker",
                "photo-missing",
                f"there is no picture {photo.path}",
                "copy it there, or delete the line",
            )
        elif path.stat().st_size > PHOTO_LIMIT:
            yield _problem(
                one,
                "speaker",
                "photo-large",
                f"{photo.path} has {path.stat().st_size // 1000} KB; list servers hold large mail",
                f"make it smaller, below {PHOTO_LIMIT // 1000} KB",
                Severity.WARNING,
            )
        if photo.alt == f"Photo of {speaker.name}":
            yield _problem(
                one,
                "speaker",
                "photo-alt",
                "the picture has no text for those who do not see it",
                f"write photo: {{path: {photo.path}, alt: {speaker.name} at the blackboard}}",
                Severity.WARNING,
            )
