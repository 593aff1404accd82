"""What only shows across files, or against the folder and the clock: doubles, photos, years away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from announcer.domain.department import Department
from announcer.domain.problem import Problem, Severity
from announcer.domain.spelling import same_place
from announcer.domain.talk import Kind, Photo, Speaker, Status, Talk
from announcer.records.linting import LintRemark, LintRule, rule

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Together:
    """All talks that could be read, with what is known beside them."""

    root: Path
    placed: list[Placed]
    taken: dict[str, str]
    """The paths of ids that broken files hold."""
    department: Department
    now: datetime


FolderRemarks = Iterator[LintRemark[tuple[Placed, str]]]
"""At a field of a talk, named as a form names it."""


FolderRule = LintRule[[Together], tuple[Placed, str]]


def folder_problems(together: Together, rules: Sequence[FolderRule]) -> list[Problem]:
    """The problems of talks among each other, and against the folder and the clock, by these rules."""
    return [_problem(check, remark) for check in rules for remark in check(together)]


def _problem(check: FolderRule, remark: LintRemark[tuple[Placed, str]]) -> Problem:
    placed, field = remark.at
    line, column, excerpt = placed.spots.get(field) or placed.spots.get("date") or (1, 1, "")
    return Problem(
        path=placed.talk.path,
        line=line,
        column=column,
        severity=remark.severity or check.severity,
        code=check.code,
        message=remark.message,
        hint=remark.hint,
        excerpt=excerpt,
    )


@rule("duplicate-id", "two files have one id", Severity.ERROR, silenceable=False)
def duplicate_id(together: Together) -> FolderRemarks:
    """Nobody knows whose mails the ledger has."""
    paths: dict[str, list[str]] = defaultdict(list)
    for placed in together.placed:
        paths[placed.talk.id.casefold()].append(placed.talk.path)
    for name, path in together.taken.items():
        paths[name.casefold()].append(path)
    digests = {name.casefold() for name in together.department.digests}
    for placed in together.placed:
        talk = placed.talk
        others = [path for path in paths[talk.id.casefold()] if path != talk.path]
        if others:
            yield LintRemark(
                (placed, "id"),
                f'"{talk.id}" is also the id of {others[0]}',
                "rename one of the files, or give one a line id: with another name",
            )
        elif talk.id.casefold() in digests:
            yield LintRemark(
                (placed, "id"),
                f'"{talk.id}" is also the name of a digest in announcer.yaml',
                "rename the file, or give it a line id: with another name",
            )


@rule("room-double-booked", "two talks are in one room at the same time")
def room_double_booked(together: Together) -> FolderRemarks:
    """A place without a room is large enough for two."""
    for later, earlier in _overlaps(
        together, lambda talk: [talk.place.label] if talk.place and talk.place.room else [], same_place
    ):
        yield LintRemark(
            (later, "location"),
            f"the room is taken by {earlier.talk.path} at that time",
            "correct the room or the time of one of them",
        )


@rule("speaker-double-booked", "a speaker speaks elsewhere at the same time")
def speaker_double_booked(together: Together) -> FolderRemarks:
    """By name, however it is spelled in capitals and blanks."""
    for later, earlier in _overlaps(together, lambda talk: [speaker.name for speaker in talk.speakers]):
        yield LintRemark(
            (later, "speaker"),
            f"the speaker also speaks in {earlier.talk.path} at that time",
            "correct the speaker or the time of one of them",
        )


def _overlaps(
    together: Together,
    names: Callable[[Talk], list[str]],
    are_same: Callable[[str, str], bool] = lambda name, other: name.split() == other.split(),
) -> Iterator[tuple[Placed, Placed]]:
    """The talks that take place while another of the same name does: the later one, and the other.

    Names are the same only where they are up to the first comma.
    """
    by_name: dict[str, list[tuple[Placed, str]]] = defaultdict(list)
    for placed in together.placed:
        if placed.talk.kind is Kind.TALK and placed.talk.status not in (Status.CANCELLED, Status.POSTPONED):
            for name in names(placed.talk):
                plain = name.casefold()
                by_name[" ".join(plain.partition(",")[0].split())].append((placed, plain))
    for group in by_name.values():
        group.sort(key=lambda pair: (pair[0].talk.start, pair[0].talk.path))
        running: list[tuple[Placed, str]] = []
        for placed, name in group:
            running = [pair for pair in running if pair[0].talk.end > placed.talk.start]
            others = (
                other for other, its in running if other.talk.path != placed.talk.path and are_same(its, name)
            )
            other = max(others, key=lambda candidate: candidate.talk.end, default=None)
            if other is not None:
                yield placed, other
            running.append((placed, name))


@rule("far-date", "a talk is years away")
def far_date(together: Together) -> FolderRemarks:
    """A year with a wrong digit looks like that."""
    for placed in together.placed:
        away = placed.talk.start - together.now
        if away > YEARS:
            yield LintRemark(
                (placed, "date"),
                f"{placed.talk.date} is {round(away.days / 365.25)} years away",
                "look at the year again",
            )


@rule("postponed", "a talk is postponed, and nothing else is sent of it")
def postponed(together: Together) -> FolderRemarks:
    """As long as its old day is ahead."""
    for placed in together.placed:
        if placed.talk.status is Status.POSTPONED and placed.talk.start > together.now:
            yield LintRemark(
                (placed, "status"),
                "the lists hear that this talk is postponed, and nothing else of it",
                "that is all for now; once its new date is firm, write it with status: confirmed, and "
                "NEW DATE goes out",
            )


def _pictures(together: Together) -> Iterator[tuple[Placed, Speaker, Photo]]:
    for placed in together.placed:
        for speaker in placed.talk.speakers:
            if speaker.photo:
                yield placed, speaker, speaker.photo


def _is_outside(root: Path, photo: Photo) -> bool:
    return not (root / photo.path).resolve().is_relative_to(root.resolve())


@rule("outside-folder", "a picture is outside of the department's folder", Severity.ERROR, silenceable=False)
def outside_folder(together: Together) -> FolderRemarks:
    """A link may lead anywhere, and mail would carry what it leads to."""
    for placed, _, photo in _pictures(together):
        if _is_outside(together.root, photo):
            yield LintRemark(
                (placed, "speaker"),
                f"{photo.path} is a link to a file outside of this folder",
                "copy the picture here instead",
            )


@rule("photo-missing", "there is no such picture", Severity.ERROR)
def photo_missing(together: Together) -> FolderRemarks:
    """Its talk is held: its mail would have a hole."""
    for placed, _, photo in _pictures(together):
        path = together.root / photo.path
        if _is_outside(together.root, photo):
            continue
        if not path.is_file():
            yield LintRemark(
                (placed, "speaker"), f"there is no picture {photo.path}", "copy it there, or delete the line"
            )
        elif not path.stat().st_size:
            yield LintRemark(
                (placed, "speaker"),
                f"the picture {photo.path} is empty: it has 0 bytes",
                "copy it there again, or delete the line",
            )


@rule("photo-large", "a picture makes the mail too large for list servers")
def photo_large(together: Together) -> FolderRemarks:
    """Its file, as it stands; the mail has it a third larger."""
    for placed, _, photo in _pictures(together):
        path = together.root / photo.path
        size = path.stat().st_size if not _is_outside(together.root, photo) and path.is_file() else 0
        if size > PHOTO_LIMIT:
            yield LintRemark(
                (placed, "speaker"),
                f"{photo.path} has {size // 1000} KB; list servers hold large mail",
                f"make it smaller, below {PHOTO_LIMIT // 1000} KB",
            )


@rule("photo-alt", "a picture has no text for those who do not see it")
def photo_alt(together: Together) -> FolderRemarks:
    """Who does not see it then hears a name alone."""
    for placed, speaker, photo in _pictures(together):
        if photo.alt is None:
            yield LintRemark(
                (placed, "speaker"),
                "the picture has no text for those who do not see it",
                f"write photo: {{path: {photo.path}, alt: {speaker.name} at the blackboard}}",
            )


FOLDER_RULES = (
    duplicate_id,
    room_double_booked,
    speaker_double_booked,
    far_date,
    postponed,
    outside_folder,
    photo_missing,
    photo_large,
    photo_alt,
)
"""The rules on talks together, in the order in which they speak."""
FOLDER_ERRORS = tuple(check for check in FOLDER_RULES if check.severity is Severity.ERROR)
FOLDER_WARNINGS = tuple(check for check in FOLDER_RULES if check.severity is Severity.WARNING)
