"""What a person said yes to is written: drafts, unchanged files anew, and the memory of what was imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from announcer.domain.plain import Plain
from announcer.importers.contract import SourceFaultError
from announcer.importers.memory import FOLDER, Memory, Remembered, Version, remember, write_whole
from announcer.importers.states import ImportState, same
from announcer.records.editing import NotEditableError, with_field
from announcer.records.naming import last_name, stem
from announcer.records.writing import talk_text
from announcer.service.importing.here import digest, file_at
from announcer.service.importing.review import Review
from announcer.service.importing.rows import ImportRow
from announcer.service.project import Project


@dataclass(frozen=True, kw_only=True)
class WrittenFile:
    """One file that was written."""

    row: ImportRow
    path: str


@dataclass(frozen=True, kw_only=True)
class _Task:
    """One file to write."""

    row: ImportRow
    path: str
    data: bytes
    before: str | None
    """The hash of the bytes that it takes the place of; None for a new file."""
    version: Version


def apply(project: Project, review: Review, *, take: Sequence[str] = ()) -> list[WrittenFile]:
    """Writes what the review says, and for `take` the source's values of these fields into edited files.

    Raises SourceFaultError where another import is at work, or a file cannot be written.
    """
    from filelock import FileLock, Timeout

    name = review.opened.source.name
    lock = project.root / FOLDER / f"{name}.lock"
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=0):
            return _applied(project, review, take)
    except Timeout as error:
        raise SourceFaultError(
            "busy", name, "another import of it is at work", "try again in a moment"
        ) from error
    except OSError as error:
        place, why = str(error.filename or name), error.strerror or str(error)
        raise SourceFaultError(
            "unwritable", place, f"it cannot be written: {why}", "make it writable"
        ) from error


def _applied(project: Project, review: Review, take: Sequence[str]) -> list[WrittenFile]:
    name = review.opened.source.name
    tasks = _tasks(project, review, take)
    # First what will be, then the files, then what is: at any moment the next import can tell.
    planned = _memory(review, tasks, written=False)
    remember(project.root, name, planned)
    for task in tasks:
        path = project.root / task.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if task.before is not None and digest(file_at(project, task.path)[0]) != task.before:
            raise SourceFaultError(
                "changed-meanwhile", task.path, "the file was changed just now, and is left", "import again"
            )
        write_whole(path, task.data, new=task.before is None)
    remember(project.root, name, _memory(review, tasks, written=True))
    return [WrittenFile(row=task.row, path=task.path) for task in tasks]


def _tasks(project: Project, review: Review, take: Sequence[str]) -> list[_Task]:
    taken = {*project.paths, *(Path(talk.path).stem for talk in review.memory.talks.values())}
    tasks = []
    for row in review.rows:
        task = None
        if row.values is None or row.series is None:
            continue
        if row.state is ImportState.NEW:
            task = _new(project, review, row, taken)
        elif row.state is ImportState.CHANGED and row.path and row.answers:
            fields = {change.field: change.now for change in row.changes}
            task = _edited(project, row, row.path, fields, row.values)
        elif row.state is ImportState.CHANGED and row.path:
            task = _anew(project, review, row, row.path)
        elif row.adopts and row.path:
            task = _adopted(project, review, row, row.path)
        elif row.state is ImportState.BOTH and take and row.path:
            task = _taken(project, row, row.path, take)
        if task is not None:
            tasks.append(task)
    return tasks


def _new(project: Project, review: Review, row: ImportRow, taken: set[str]) -> _Task:
    assert row.values is not None  # noqa: S101 - looked at by the caller
    speaker = row.speakers[0] if row.speakers else None
    year = int(row.start[:4]) if row.start else project.now.year
    name = stem(year, last_name(speaker), row.title, row.series, taken=taken)
    taken.add(name)
    path = f"talks/{row.series}/{name}.yaml"
    data = _text(project, review, row, row.values, path)
    return _Task(row=row, path=path, data=data, before=None, version=_version(data, row.values))


def _anew(project: Project, review: Review, row: ImportRow, path: str) -> _Task:
    assert row.values is not None  # noqa: S101 - looked at by the caller
    data = _text(project, review, row, row.values, path)
    before = digest(file_at(project, path)[0])
    return _Task(row=row, path=path, data=data, before=before, version=_version(data, row.values))


def _adopted(project: Project, review: Review, row: ImportRow, path: str) -> _Task:
    source = {"name": review.opened.source.name, "id": row.key}
    return _edited(project, row, path, {"source": source}, row.values or {})


def _taken(project: Project, row: ImportRow, path: str, take: Sequence[str]) -> _Task | None:
    changes = {change.field: change for change in row.changes if change.field in take}
    if not changes:
        return None
    remembered = {change.field: change.was for change in row.changes if change.field not in take}
    values = {name: value for name, value in (row.values or {}).items() if name not in remembered}
    values |= {name: was for name, was in remembered.items() if was is not None}
    return _edited(project, row, path, {name: change.now for name, change in changes.items()}, values)


def _edited(
    project: Project,
    row: ImportRow,
    path: str,
    fields: Mapping[str, Plain | None],
    values: Mapping[str, Plain],
) -> _Task:
    """A person's file with these fields put anew and every other line as it is."""
    data, _ = file_at(project, path)
    try:
        text = (data or b"").decode("utf-8")
        for name, value in fields.items():
            text = with_field(text, name, value)
    except (NotEditableError, UnicodeDecodeError) as error:
        raise SourceFaultError(
            "not-editable",
            path,
            "the file is written so that only you can change it",
            "paste the line yourself",
        ) from error
    version = Version(sha256=None, values=values)
    return _Task(row=row, path=path, data=text.encode(), before=digest(data), version=version)


def _text(project: Project, review: Review, row: ImportRow, values: Mapping[str, Plain], path: str) -> bytes:
    whole = {
        **values,
        "status": "draft",
        "source": {"name": review.opened.source.name, "id": row.key},
    }
    series = project.department.series[row.series or ""]
    return talk_text(whole, series, depth=path.count("/")).encode()


def _version(data: bytes, values: Mapping[str, Plain]) -> Version:
    return Version(sha256=digest(data), values=values)


def _memory(review: Review, tasks: Sequence[_Task], *, written: bool) -> Memory:
    """What is remembered before the files are written, or after."""
    memory = replace(review.memory, lost=False)
    for row in review.rows:
        memory = _seen(memory, row)
    for task in tasks:
        old = review.memory.talks.get(task.row.key)
        last = old.base(task.before)[0] if old else None
        versions = (task.version,) if written or last is None else (last, task.version)
        start = task.row.start
        made = Remembered(path=task.path, start=start, versions=versions, written=written)
        memory = memory.with_talk(task.row.key, made)
    return memory


def _seen(memory: Memory, row: ImportRow) -> Memory:
    """A talk that is gone is known to be; what a person made of the same themselves is the new base."""
    old = memory.talks.get(row.key)
    if old is None:
        return memory
    if row.state is ImportState.GONE_THERE:
        return memory.with_talk(row.key, replace(old, gone=True))
    if row.state is ImportState.YOURS and row.values is not None and row.path == old.path:
        last = old.versions[-1]
        if any(
            not same(row.values.get(name), last.values.get(name)) for name in {**row.values, **last.values}
        ):
            version = Version(sha256=last.sha256, values=row.values)
            return memory.with_talk(row.key, replace(old, versions=(version,), written=True, gone=False))
    return (
        memory.with_talk(row.key, replace(old, gone=False, path=row.path or old.path)) if row.path else memory
    )
