"""What a database says when it fails -> a LedgerError that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from announcer.ledger import LedgerError

_SENTENCES = {
    "ledger-unreachable": (
        "the ledger cannot be reached",
        "see that it is there, that this account may use it, and that the database server runs; "
        "nothing is sent until then, and nothing is lost",
    ),
    "ledger-credentials": (
        "the database server refuses this user or password",
        "correct the user in announcer.yaml's ledger URL, or the password in ANNOUNCER_LEDGER_PASSWORD",
    ),
    "ledger-locked": (
        "the ledger is locked by another program",
        "wait until the other run, backup or database tool has finished, and run again",
    ),
    "ledger-forbidden": (
        "this account may not use the ledger",
        "run announcer as the account that owns the department's folder, or give this account access to it",
    ),
    "ledger-read-only": (
        "the ledger cannot be written to",
        "give this account write access to the ledger and its folder (the database role: INSERT and UPDATE)",
    ),
    "ledger-full": (
        "there is no room left for the ledger",
        "free some space on the disk (or in the quota) and run again",
    ),
    "ledger-corrupt": (
        "the ledger is damaged, or is not a ledger at all",
        "restore it from a backup, then look at `announcer plan`; without a backup, `announcer ledger --new` "
        "starts an empty one, which does not know what was already sent",
    ),
    "ledger-failed": (
        "the database refused what the ledger asked of it",
        "look at the database's log; nothing is sent until this is mended",
    ),
}

_SQLITE = {
    sqlite3.SQLITE_BUSY: "ledger-locked",
    sqlite3.SQLITE_LOCKED: "ledger-locked",
    sqlite3.SQLITE_PROTOCOL: "ledger-locked",
    sqlite3.SQLITE_READONLY: "ledger-read-only",
    sqlite3.SQLITE_PERM: "ledger-read-only",
    sqlite3.SQLITE_FULL: "ledger-full",
    sqlite3.SQLITE_CORRUPT: "ledger-corrupt",
    sqlite3.SQLITE_NOTADB: "ledger-corrupt",
    sqlite3.SQLITE_FORMAT: "ledger-corrupt",
    sqlite3.SQLITE_CANTOPEN: "ledger-unreachable",
    sqlite3.SQLITE_IOERR: "ledger-unreachable",
}

# PostgreSQL's SQLSTATE, by whole code first and by its class of two characters next (its Appendix A).
_POSTGRESQL = {
    "25006": "ledger-read-only",
    "42501": "ledger-read-only",
    "42P01": "ledger-corrupt",
    "42703": "ledger-corrupt",
    "55P03": "ledger-locked",
    "57014": "ledger-locked",
    "53100": "ledger-full",
    "28": "ledger-credentials",
    "08": "ledger-unreachable",
    "3D": "ledger-unreachable",
    "40": "ledger-locked",
    "53": "ledger-unreachable",
    "57": "ledger-unreachable",
    "58": "ledger-unreachable",
    "XX": "ledger-corrupt",
}


def fault(code: str, place: str, detail: str = "") -> LedgerError:
    """The LedgerError of that code, with the database's own words where they help."""
    message, hint = _SENTENCES[code]
    return LedgerError(code, place, f"{message} ({detail})" if detail else message, hint)


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Raises LedgerError in place of what the database or the file system raises inside.

    `place` is the ledger's file, or its URL without a password.
    """
    try:
        yield
    except DBAPIError as error:
        raise fault(_database_code(error), place, _first_line(error.orig)) from error
    except SQLAlchemyError as error:
        raise fault("ledger-failed", place, _first_line(error)) from error
    except OSError as error:
        raise fault(_file_code(error), error.filename or place, error.strerror or "") from error


def _database_code(error: DBAPIError) -> str:
    origin = error.orig
    if isinstance(origin, sqlite3.Error):
        if isinstance(origin, sqlite3.OperationalError) and "no such" in str(origin):
            return "ledger-corrupt"
        number = getattr(origin, "sqlite_errorcode", None)
        return _SQLITE.get((number or 0) & 0xFF, "ledger-failed")
    state = getattr(origin, "sqlstate", None)
    if state is None:
        # psycopg gives no SQLSTATE where no connection came about; the server's words are all there is.
        words = str(origin)
        refused = "authentication failed" in words or "no password supplied" in words
        return "ledger-credentials" if refused else "ledger-unreachable"
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2]) or "ledger-failed"


def _file_code(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "ledger-full"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "ledger-forbidden"
    if error.errno == errno.EROFS:
        return "ledger-read-only"
    return "ledger-unreachable"


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().partition("\n")[0]
