"""Ending when asked: after the message in hand, so that nothing is left unknown."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Self

import click

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """While its block lasts, Ctrl-C or SIGTERM only asks to stop; a second Ctrl-C stops at once.

    Without the second chance a message that was just handed over would be cut off before its reply,
    and nobody would know what became of it.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._before: dict[signal.Signals, Any] = {}

    def __call__(self) -> bool:
        """Whether it was asked to stop."""
        return self._asked.is_set()

    def wait(self, seconds: float) -> None:
        """Sleeps, until it is asked to stop at the latest."""
        self._asked.wait(seconds)

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._ask) for number in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        if self._asked.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        if number == signal.SIGINT:
            click.echo("Stopping after the message in hand; Ctrl-C again stops at once.", err=True)
        self._asked.set()
