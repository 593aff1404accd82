"""Ending when asked: after the message in hand, so that nothing is left unknown."""

from __future__ import annotations

import signal
import threading
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, Self

import click

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Windows has no SIGHUP, which is what a terminal that is closed sends."""


class Stop:
    """While its block lasts, Ctrl-C, SIGTERM and a terminal that is closed only ask to stop; a second
    Ctrl-C stops at once.

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
            # `nohup` has SIGHUP ignored, so that closing the terminal does not even ask.
            ignored = {
                number
                for number in _SIGNALS
                if number != signal.SIGINT and signal.getsignal(number) == signal.SIG_IGN
            }
            self._before = {
                number: signal.signal(number, self._ask) for number in _SIGNALS if number not in ignored
            }
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
            # Said in the midst of anything: what stderr says to it must not end the message in hand.
            with suppress(OSError, RuntimeError):
                click.echo("Stopping after the message in hand; Ctrl-C again stops at once.", err=True)
        self._asked.set()
