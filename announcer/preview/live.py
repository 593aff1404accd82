"""Follows the folder and the clock, and tells the open pages when something changed."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from announcer.preview.state import StateKeeper

STEP = 5
"""Milliseconds without another change after which one counts as done."""
DEBOUNCE = 60
"""Milliseconds for which changes are gathered at most."""
AFTER = 0.25
"""Seconds between showing one saved talk and reading the whole folder, which would be in its way."""
TICK = 1.5
"""Seconds between two looks at the clock and the ledger."""
_OURS = (".yaml", ".yml", ".html", ".txt", ".css", ".jpg", ".jpeg", ".png", ".gif", ".webp")
_ALIVE = 15.0
"""Seconds after which an open page is told that nothing happened."""


class Live:
    """What the open pages wait for."""

    def __init__(self, keeper: StateKeeper) -> None:
        self._keeper = keeper
        self._changed = asyncio.Condition()
        self._is_settled = False

    async def follow(self) -> None:
        """Reads the folder anew whenever one of its files changes. Runs until it is cancelled."""
        from watchfiles import awatch

        root = self._keeper.source.root
        later: asyncio.Task[None] | None = None
        async for changes in awatch(
            *self._keeper.source.watched,
            watch_filter=lambda _, path: is_ours(root, Path(path)),
            step=STEP,
            debounce=DEBOUNCE,
        ):
            if later is not None and not later.cancel():
                later.result()  # raises what went wrong in it
            paths = {Path(path) for _, path in changes}
            talks_only = all(is_talk(root, path) for path in paths)
            if talks_only and len(paths) == 1 and await asyncio.to_thread(self._keeper.peek, *paths):
                await self._tell()
                later = asyncio.create_task(self._refresh(talks_only=True, after=AFTER))
            else:
                await self._refresh(talks_only=talks_only)

    async def _refresh(self, *, talks_only: bool, after: float = 0.0) -> None:
        """Reads the folder anew after so many seconds, and tells of it. Another change puts it off."""
        await asyncio.sleep(after)
        await asyncio.to_thread(self._keeper.refresh, talks_only=talks_only)
        await self._tell()
        await asyncio.to_thread(_settle)

    async def tick(self) -> None:
        """Looks at the clock and the ledger now and then. Runs until it is cancelled."""
        while True:
            await asyncio.sleep(TICK)
            if await asyncio.to_thread(self._keeper.tick):
                await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def events(self, is_over: Callable[[], bool]) -> AsyncIterator[str]:
        """The state's number now and after each change, as server-sent events."""
        if not self._is_settled:  # by now all that makes a page is loaded
            self._is_settled = True
            await asyncio.to_thread(_settle)
        previous, quiet = -1, 0.0
        while not is_over():
            number = self._keeper.state.number
            if number != previous:
                yield f"event: change\ndata: {number}\n\n"
                previous, quiet = number, 0.0
            elif quiet >= _ALIVE:
                yield ": alive\n\n"
                quiet = 0.0
            quiet += await self._wait(number)

    async def _wait(self, number: int) -> float:
        """Waits for another number, a moment at most; the seconds that this may have taken."""
        moment = 0.25
        async with self._changed:
            if self._keeper.state.number == number:
                try:
                    await asyncio.wait_for(self._changed.wait(), moment)
                except TimeoutError:
                    return moment
        return 0.0


def _settle() -> None:
    """Collects what is garbage, and takes all else out of later collections: modules and a thousand talks
    take a fifth of a second to be walked through, in the midst of anything."""
    gc.collect()
    gc.freeze()


def is_ours(root: Path, path: Path) -> bool:
    """Whether a file makes a message: the config, a talk, a template, a picture."""
    if path.suffix.lower() not in _OURS:
        return False
    if not path.is_relative_to(root):
        return True
    first = path.relative_to(root).parts[0]
    return first not in (".announcer", "outbox", ".git")


def is_talk(root: Path, path: Path) -> bool:
    """Whether a file is a talk's and nothing else."""
    return path.suffix.lower() in (".yaml", ".yml") and path.is_relative_to(root / "talks")
