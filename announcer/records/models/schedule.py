"""A schedule as a file writes it, and the rules that it makes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, PlainValidator

from announcer.domain.occasion import SCHEDULED, Occasion
from announcer.domain.rule import Rule
from announcer.records.fields.readers import Identifier, WhenPhrase, one_of, words
from announcer.records.models.base import Names, Record, filled

_read_scheduled = one_of((str(occasion) for occasion in SCHEDULED), "occasion that a schedule can send")
ScheduledWord = Annotated[
    Occasion,
    PlainValidator(lambda value: Occasion(_read_scheduled(value))),
    words(SCHEDULED),
]


class RuleRecord(Record):
    """One line of a schedule."""

    send: ScheduledWord = Field(
        description="The occasion: announcement or reminder.", examples=["announcement"]
    )
    when: WhenPhrase = Field(
        description="When it is due.", examples=["Monday of the same week at 9:00 am", "same day at 8:00 am"]
    )
    name: Identifier | None = Field(None, description="What tells it from others of the same occasion.")
    lists: Names = Field((), description="Instead of the talk's lists.")
    not_after: WhenPhrase | None = Field(
        None,
        description="Its latest useful moment, where that is before the talk.",
        examples=["2 hours before"],
    )


Schedule = Annotated[
    tuple[RuleRecord, ...],
    filled("the schedule", RuleRecord | Annotated[list[RuleRecord], Field(min_length=1)]),
]


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
