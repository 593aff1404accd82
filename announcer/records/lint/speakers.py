"""Lints on the names of a talk's speakers: what else stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from announcer.domain.talk import Talk
from announcer.records.fields.people import WrittenPerson, as_field, people
from announcer.records.linting import LintRemark, rule

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord
    from announcer.records.models.resolve import ParsedTalk

_MANY = 8
"""More names than this are no line that a hint could say."""
SpeakerRemarks = Iterator[LintRemark[str | tuple[int, int]]]


def _field(file: ParsedTalk) -> str:
    return "speaker" if "speaker" in file.keys else "speakers"


def _named(talk: Talk) -> Iterator[tuple[str, tuple[WrittenPerson, ...]]]:
    """Each speaker's name, and whom it may mean."""
    for speaker in talk.speakers:
        if not speaker.affiliation:
            yield speaker.name, people(speaker.name)


def _to_type(talk: Talk, several: tuple[WrittenPerson, ...]) -> str:
    """What to type: the whole line where the talk has one speaker, else that one's part of it."""
    if len(several) > _MANY:
        return "write them as a list: speakers: [Ada Example, Max Sample]"
    if len(talk.speakers) == 1:
        return f"write {as_field(several)}"
    return f"write {', '.join(person.as_yaml() for person in several)} in its place"


@rule("affiliation-in-name", "an affiliation or pronouns stand in a speaker's name")
def affiliation_in_name(file: ParsedTalk, talk: Talk, _config: DepartmentRecord) -> SpeakerRemarks:
    """Behind a comma or in brackets, where no degree is."""
    for _, several in _named(talk):
        for person in several if len(several) == 1 else ():
            parts = [("an affiliation", person.affiliation), ("pronouns", person.pronouns)]
            extras = [(kind, text) for kind, text in parts if text]
            if extras:
                looks = " and ".join(f'"{text}" looks like {kind}' for kind, text in extras)
                yield LintRemark(
                    _field(file),
                    f"{looks}, and stand{'s' * (len(extras) == 1)} in the name",
                    _to_type(talk, several),
                )


@rule("several-speakers", "several speakers stand in one name")
def several_speakers(file: ParsedTalk, talk: Talk, _config: DepartmentRecord) -> SpeakerRemarks:
    """With a word, a comma or a semicolon between them."""
    for name, several in _named(talk):
        if len(several) > 1:
            yield LintRemark(_field(file), f'"{name}" looks like several speakers', _to_type(talk, several))


@rule("last-name-first", "a speaker's last name stands first")
def last_name_first(file: ParsedTalk, talk: Talk, _config: DepartmentRecord) -> SpeakerRemarks:
    """As lists of names have it, with a comma."""
    for name, several in _named(talk):
        if len(several) == 1 and several[0].is_reversed:
            yield LintRemark(_field(file), f'"{name}" has the last name first', _to_type(talk, several))


SPEAKER_RULES = (affiliation_in_name, several_speakers, last_name_first)
"""The rules on speakers, in the order in which they speak."""
