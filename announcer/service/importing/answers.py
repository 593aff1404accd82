"""A letter about one talk: what it says otherwise than the talk's file, and the file with what was agreed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from announcer.domain.plain import Plain, in_words
from announcer.domain.source import Source
from announcer.importers.contract import Draft, Given, Remark, SourceFaultError
from announcer.importers.detecting import importer
from announcer.importers.formats.letter import answer as last_words
from announcer.importers.memory import write_whole
from announcer.importers.states import Change, same
from announcer.records.editing import NotEditableError, with_field
from announcer.service.importing.here import digest, file_at
from announcer.service.importing.reading import how_of, read
from announcer.service.importing.sources import PASTED, OpenedSource
from announcer.service.project import Project, unknown

ANSWERED = ("title", "abstract", "recording", "links", "url", "sponsor", "online", "meet", "accessibility")
"""What an answer may fill in, beside the speaker: never when, where or whether the talk is."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a letter says of a talk."""

    talk: str
    path: str
    changes: tuple[Change, ...]
    """Field by field: what the file says (`was`), and what the letter says (`now`)."""
    remarks: tuple[Remark, ...]
    unlabelled: str
    """The letter's words where nothing in it is labelled: a person says what they are."""
    before: str | None
    """The hash of the file that was compared with."""


def answered(project: Project, talk: str, data: bytes) -> Answer:
    """Compares a letter (`.eml`, or its pasted text) with a talk's file. Nothing is written.

    Raises UsageFaultError where there is no such talk, SourceFaultError where there are no words.
    """
    path = project.paths.get(talk)
    if path is None:
        raise unknown("talk", talk, list(project.paths))
    given = Given(data=data, name="the letter")
    if importer("eml").detect(given):
        name = "eml"
    else:
        name, given = "text", Given(data=last_words(given.text).encode(), name="the letter")
    opened = OpenedSource(source=Source(name=PASTED), named=False, given=given, place="the letter")
    contents = read(project, opened, format_name=name, how=how_of(project, opened))
    draft = next(iter(contents.reading.drafts), Draft())
    if draft.skip is not None:
        raise SourceFaultError(
            draft.skip.code, "the letter", draft.skip.text, "write it into the file yourself"
        )
    current, mine = file_at(project, path)
    values = {name: draft.values[name] for name in ANSWERED if name in draft.values}
    values |= _speaker(mine or {}, draft)
    changes = [
        Change(field=name, was=(mine or {}).get(name), now=value)
        for name, value in values.items()
        if not same((mine or {}).get(name), value)
    ]
    remarks = list(draft.remarks)
    if draft.day is not None:
        remarks.append(
            Remark(code="names-a-day", text=f"it names {draft.day.isoformat()}, which was not taken")
        )
    return Answer(
        talk=talk,
        path=path,
        changes=tuple(changes),
        remarks=tuple(remarks),
        unlabelled=""
        if values
        else given.text.strip()
        if name == "text"
        else in_words(draft.values.get("notes")),
        before=digest(current),
    )


def with_labelled(answer: Answer, fields: Mapping[str, Plain]) -> Answer:
    """The answer with what a person said of its unlabelled words."""
    more = tuple(Change(field=name, was=None, now=value) for name, value in fields.items())
    return replace(answer, changes=(*answer.changes, *more), unlabelled="")


def accept(project: Project, answer: Answer, fields: Collection[str] | None = None) -> str:
    """Writes what was agreed into the talk's file, every other line as it is; the file's path.

    `fields` are those that were agreed to, all of them where None. Raises SourceFaultError.
    """
    data, _ = file_at(project, answer.path)
    if digest(data) != answer.before:
        raise SourceFaultError(
            "changed-meanwhile", answer.path, "the file was changed just now", "look again"
        )
    try:
        text = (data or b"").decode("utf-8")
        for change in answer.changes:
            if fields is None or change.field in fields:
                text = with_field(text, change.field, change.now)
    except (NotEditableError, UnicodeDecodeError) as error:
        message = "the file is written so that only you can change it"
        raise SourceFaultError("not-editable", answer.path, message, "write the lines yourself") from error
    path = project.root / answer.path
    write_whole(path, text.encode(), mode=path.stat().st_mode & 0o777)
    return answer.path


def _speaker(mine: Mapping[str, Plain], draft: Draft) -> dict[str, Plain]:
    """The file's one speaker with what the letter adds; a name that is there stays as it is."""
    person = draft.values.get("speaker")
    new = dict(person) if isinstance(person, Mapping) else {"name": person} if isinstance(person, str) else {}
    if not new or "speakers" in mine:
        return {}
    there = mine.get("speaker")
    if isinstance(there, Sequence) and not isinstance(there, str):
        return {}
    known = dict(there) if isinstance(there, Mapping) else {"name": there} if isinstance(there, str) else {}
    merged = {
        **known,
        **{key: value for key, value in new.items() if key != "name" or not in_words(known.get(key))},
    }
    if same(known.get("name"), "TBA"):
        merged["name"] = new.get("name", "TBA")
    return {"speaker": merged if len(merged) > 1 else merged["name"]} if merged != known else {}
