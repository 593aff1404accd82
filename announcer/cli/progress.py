"""How far a long run has come, on a terminal: a bar, messages a second, the time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from announcer.cli.session import Session
from announcer.domain.delivery import Envelope, Reply, Result
from announcer.domain.errors import FaultError
from announcer.service.sending import FEW, Watch, unwatched

if TYPE_CHECKING:
    from rich.progress import Task

    from announcer.transport import Attempting, Transport


class Counting:
    """A transport that tells of each message that need not be tried again in this run."""

    def __init__(self, transport: Transport, advance: Callable[[], None]) -> None:
        self._transport = transport
        self._advance = advance

    @property
    def fault(self) -> FaultError | None:
        """As the transport's own."""
        return self._transport.fault

    async def open(self) -> None:
        """As the transport's own."""
        await self._transport.open()

    async def send(self, envelope: Envelope, message: bytes, attempting: Attempting) -> Reply:
        """As the transport's own."""
        reply = await self._transport.send(envelope, message, attempting)
        if reply.result is not Result.DEFERRED:
            self._advance()
        return reply

    async def close(self) -> None:
        """As the transport's own."""
        await self._transport.close()


@contextmanager
def shown(total: int) -> Iterator[Callable[[Transport], Transport]]:
    """A bar on stderr for so many messages, while the block lasts."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TimeRemainingColumn
    from rich.text import Text

    class MessageRate(ProgressColumn):
        """Messages a second, or a minute where they are few."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed or 0.0
            return Text(f"{speed:.1f} a second" if speed >= 1 else f"{speed * 60:.1f} a minute")

    columns = (BarColumn(), MofNCompleteColumn(" of "), MessageRate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=total)
        yield lambda transport: Counting(transport, lambda: progress.advance(task))


def watching(session: Session) -> Watch:
    """A bar where a person looks and there is something to wait for."""
    is_wanted = session.is_terminal and session.verbosity == 0
    return lambda total: shown(total) if is_wanted and total > FEW else unwatched(total)
