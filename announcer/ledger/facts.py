"""What a ledger knows of itself: when it was made, and whether its past is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, inspect, select

from announcer.domain.planning.past import Past
from announcer.ledger.codec import utc_text
from announcer.ledger.schema import FACT

MADE = "made"
PAST = "past"
_UNKNOWN = "unknown"


def beginning(made: datetime | None, *, is_known: bool) -> dict[str, str]:
    """The facts of a ledger that is made at that moment."""
    facts = {} if made is None else {MADE: utc_text(made)}
    return facts if is_known else facts | {PAST: _UNKNOWN}


def read_facts(connection: Connection) -> dict[str, str]:
    """All of them; none where the tables are older than they."""
    if not inspect(connection).has_table(FACT.name):
        return {}
    return {row.name: row.value for row in connection.execute(select(FACT.c.name, FACT.c.value))}


def past(facts: Mapping[str, str]) -> Past:
    """What the facts say of the time before."""
    made = facts.get(MADE)
    return Past(made=datetime.fromisoformat(made) if made else None, is_known=PAST not in facts)


def know_past(connection: Connection) -> None:
    """Notes that a person said what was before."""
    connection.execute(delete(FACT).where(FACT.c.name == PAST))
