"""A schedule as a file writes it, and the rules that it makes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, PlainValidator

from announcer.domain.occasion import PEOPLE, SCHEDULED, Occasion, Recipients
from announcer.domain.rule import Rule, Rung
from announcer.records.fields.readers import Identifier, one_of, words
from announcer.records.fields.times import RequestPhrase, WhenPhrase
from announcer.records.models.base import Record, filled
from announcer.records.models.references import ListNames
from announcer.records.yaml.nodes import Value

_read_scheduled = one_of((str(occasion) for occasion in SCHEDULED), "occasion that a schedule can send")
ScheduledWord = Annotated[
    Occasion,
    PlainValidator(lambda value: Occasion(_read_scheduled(value))),
    words(SCHEDULED),
]


class RuleRecord(Record):
    """One line of a schedule."""

    send: ScheduledWord = Field(
        description=f"The occasion: {' or '.join(SCHEDULED)}.", examples=["announcement"]
    )
    when: WhenPhrase = Field(
        description="When it is due.", examples=["Monday of the same week at 9:00 am", "same day at 8:00 am"]
    )
    name: Identifier | None = Field(None, description="What tells it from others of the same occasion.")
    lists: ListNames = Field((), description="Instead of the talk's lists.")
    not_after: WhenPhrase | None = Field(
        None,
        description="Its latest useful moment, where that is before the talk.",
        examples=["2 hours before"],
    )


Schedule = Annotated[
    tuple[RuleRecord, ...],
    filled("the schedule", RuleRecord | Annotated[list[RuleRecord], Field(min_length=1)]),
]


def _read_role(value: Value) -> Recipients:
    return Recipients(_read_person(value))


_read_person = one_of((role.value for role in PEOPLE), "person to ask")
RoleWord = Annotated[Recipients, PlainValidator(_read_role), words(tuple(role.value for role in PEOPLE))]


class RungRecord(Record):
    """One line of a series' requests."""

    when: RequestPhrase = Field(
        description="When: as a rule's, or before the first announcement; a working day is chosen.",
        examples=["3 weeks before at 9:00 am", "2 days before announcement at 9:00 am"],
    )
    to: RoleWord = Field(
        description="speaker, host or organizer; of whom there is no address, the next is asked.",
        examples=["speaker"],
    )
    copy_: RoleWord | None = Field(
        None, alias="copy", description="Who gets the same, for information.", examples=["host"]
    )
    name: Identifier | None = Field(None, description="What tells it from others of the same day.")


Ladder = Annotated[
    tuple[RungRecord, ...],
    filled("request", RungRecord | Annotated[list[RungRecord], Field(min_length=1)]),
]


def rungs(records: tuple[RungRecord, ...]) -> tuple[Rung, ...]:
    """A series' requests."""
    return tuple(
        Rung(when=record.when, to=record.to, copy=record.copy_, name=record.name) for record in records
    )


def rules(records: tuple[RuleRecord, ...]) -> tuple[Rule, ...]:
    """A schedule's rules."""
    return tuple(
        Rule(
            send=record.send,
            when=record.when,
            name=record.name,
            lists=record.lists or None,
            not_after=record.not_after,
        )
        for record in records
    )
