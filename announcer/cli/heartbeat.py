"""The sign of life after a run: a URL that a monitor expects to be asked, and a note for `doctor`."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from announcer.cli.exits import Exit
from announcer.service.last_run import LastRun, Look

if TYPE_CHECKING:
    from announcer.cli.session import Session
    from announcer.service.last_run import Quiet

PATIENCE = 10.0
"""Seconds that a heartbeat may take in all; then the run ends without it."""
_SELDOM = 55.0
"""Seconds between two heartbeats of `serve` that say the same."""
_log = logging.getLogger(__name__)


class Heartbeat:
    """Says after each run how it ended. Whatever becomes of it, the run is no worse for it."""

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        """Kept for when announcer.yaml cannot be read any more, and where it need not be."""
        self._last: tuple[float, bool] | None = None

    def after(
        self, session: Session, code: Exit, look: Look | None = None, quiet: Quiet | None = None
    ) -> None:
        """Notes a run that ended with `code`, and asks the department's URL. Not for a rehearsed moment.

        `quiet` is until when the next can be spared, as a `look` that began before all reading knows it.
        """
        if session.given_now:
            return
        look = look or Look(root=session.project.root)
        look.note(LastRun(at=datetime.now(UTC), code=code, quiet=quiet))
        if department := session.project.read_department:
            self._url = department.heartbeat
        self.say(code)

    def say(self, code: Exit) -> None:
        """Asks the URL, where there is one and it has not heard the same just now."""
        if self._url is None:
            return
        is_well, now = code is Exit.DONE, time.monotonic()
        if self._last and self._last[1] == is_well and now - self._last[0] < _SELDOM:
            return
        self._last = (now, is_well)
        ask(self._url, is_well=is_well)


def ask(url: str, *, is_well: bool, patience: float = PATIENCE) -> None:
    """Asks the URL, or its `/fail`; an answer that does not come within `patience` seconds is not awaited."""
    ended: list[tuple[str, int | str]] = []

    def wait() -> None:
        ended.append(_get(url if is_well else failing(url), patience))

    # A name server or a server that sends a byte a minute knows no timeout of ours: the thread is left to it.
    thread = Thread(target=wait, daemon=True)
    thread.start()
    thread.join(patience)
    # Told here alone: a thread that is given up may end a moment later, and would tell of the same again.
    field, value = ended[0] if ended else ("reason", "no answer in time")
    if field == "status":
        _log.info("asked", extra={"fields": {field: value}})
    else:
        _log.warning("not asked", extra={"fields": {field: value}})


def failing(url: str) -> str:
    """The URL that says that a run was bad: `/fail` behind the path, before a query."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/fail", fragment=""))


def _get(url: str, patience: float) -> tuple[str, int | str]:
    """The `status` of the answer, or the `reason` why there was none."""
    from http.client import HTTPException
    from urllib.request import HTTPRedirectHandler, Request, build_opener

    class _NoRedirect(HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            """Nobody sends us elsewhere, least of all out of encryption."""

    # The scheme is https, or http on this machine itself: announcer.yaml takes no other.
    request = Request(url, headers={"User-Agent": "announcer"})  # noqa: S310
    try:
        with build_opener(_NoRedirect).open(request, timeout=patience) as answer:
            return "status", answer.status
    except (OSError, HTTPException, ValueError) as error:
        # Only the kind: the words of some errors hold the URL, which is a key to the monitor.
        return "reason", type(error).__name__
