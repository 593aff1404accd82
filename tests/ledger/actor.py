"""Another process: opens the ledger, does what it is told, says so, and waits to be killed or let go.

Run as `python -m tests.ledger.actor SETTING ROOT VERB...`; verbs are `claim`, `attempt` and `race N`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from announcer.domain.mailing import Key
from announcer.ledger import Ledger
from announcer.ledger.store import open_ledger
from tests.ledger.story import ACCEPTED, ANNOUNCEMENT, COLLOQUIUM, LIVE, NOW, attempted


def race(ledger: Ledger, mailings: int) -> list[str]:
    """Claims and sends what it can of so many mailings; their names."""
    won = []
    for number in range(mailings):
        key = Key(f"talk-{number}", "announcement", "2026-W49")
        ledger.freeze(LIVE, key, [COLLOQUIUM], NOW)
        claim = ledger.claim(LIVE, key, COLLOQUIUM, NOW)
        if claim is not None and attempted(ledger, claim):
            ledger.settle(claim, ACCEPTED, now=NOW)
            won.append(key.subject)
    return won


def main() -> None:
    setting, root, verb, *rest = sys.argv[1:]
    password = os.environ.get("PGPASSWORD") or None
    if verb == "race":
        # All begin together: at the word of the test, with the ledger not open yet.
        print("ready", flush=True)
        sys.stdin.readline()
        ledger = open_ledger(setting, Path(root), password=password)
        print(*race(ledger, int(rest[0])), flush=True)
        ledger.close()
        return
    ledger = open_ledger(setting, Path(root), password=password)
    claim = ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW)
    if claim is not None and verb == "attempt":
        attempted(ledger, claim)
    print("nothing" if claim is None else verb, flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
