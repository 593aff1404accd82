"""Logs for the IT person, on stderr: key=value on one line, or JSON; no secret and no address in it."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

_PACKAGE = "announcer"
_PLAIN = re.compile(r"[\w.,:;/@%+*()\[\]-]+")


def configure(verbosity: int, *, as_json: bool) -> None:
    """What the program logs goes to stderr from now on: warnings; at 1 and with `as_json` what it does
    with servers and the ledger; at 2 everything."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(as_json=as_json))
    usual = logging.INFO if as_json and verbosity >= 0 else logging.WARNING
    log = logging.getLogger(_PACKAGE)
    log.handlers = [handler]
    # Other libraries' logs hold what ours leave out: addresses, whole conversations.
    log.propagate = False
    log.setLevel({1: logging.INFO, 2: logging.DEBUG}.get(min(verbosity, 2), usual))


class Lines(logging.Formatter):
    """One event on one line, whatever is in it."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """`time`, `level`, `logger` and `event`, then the event's own fields."""
        facts: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name.removeprefix(f"{_PACKAGE}."),
            "event": record.getMessage(),
        }
        fields: Mapping[str, object] = getattr(record, "fields", {})
        facts |= {name: value for name, value in fields.items() if value is not None}
        if self._as_json:
            return json.dumps(facts, ensure_ascii=False, default=str)
        return " ".join(f"{name}={_word(value)}" for name, value in facts.items())


def _word(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
