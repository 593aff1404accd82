"""What a series need not have, and since when it has it: nothing that was due before goes (rule 23)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from announcer.domain.department import Department
from announcer.domain.occasion import Occasion

if TYPE_CHECKING:
    from announcer.domain.delivery import Realm
    from announcer.domain.planning.situation import Switched
    from announcer.ledger import Ledger

_MATTER = "on: "


def _on(department: Department) -> dict[str, tuple[str, Occasion]]:
    """What announcer.yaml switches on, by what the ledger remembers it by."""
    pairs = [(key, Occasion.REQUEST) for key, series in department.series.items() if series.requests]
    pairs += [
        (key, Occasion.AFTERWARDS) for key, series in department.series.items() if series.has_afterwards
    ]
    return {f"{_MATTER}{occasion.value} {key}": (key, occasion) for key, occasion in pairs}


def switched_on(department: Department, ledger: Ledger, realm: Realm, now: datetime) -> Switched:
    """Since when each is on; what no run has seen yet, since now."""
    on = _on(department)
    if not on:
        return {}
    known = ledger.noticed_at(realm, list(on))
    return {pair: known.get(matter, now) for matter, pair in on.items()}


def note_switches(department: Department, ledger: Ledger, realm: Realm, now: datetime) -> None:
    """Remembers what is on by now, and forgets what is off again."""
    on = _on(department)
    every = {
        f"{_MATTER}{occasion.value} {key}"
        for key in department.series
        for occasion in (Occasion.REQUEST, Occasion.AFTERWARDS)
    }
    off = ledger.noticed_at(realm, sorted(every - on.keys()))
    if off:
        ledger.forget(realm, sorted(off))
    ledger.noticed(realm, list(on), now)
