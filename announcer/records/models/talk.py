"""A talk as its file writes it: the declared fields, and nothing else."""

from __future__ import annotations

from announcer.domain.talk import FIELDS
from announcer.records.models.base import Record
from announcer.records.models.declared import with_fields


@with_fields(FIELDS)
class TalkRecord(Record):
    """A talk: one file under talks/. What is silent here comes from its series."""
