"""The newest attempt that a department's folder has seen: an older copy of its ledger is told from it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from announcer.ledger import LedgerError
from announcer.ledger.files import FOLDER, given

_DIGITS = 18


class HighWaterMark:
    """A number in a small file beside the marker. It may lag behind the ledger, and is never ahead of it.

    Whatever becomes of it (several processes at once, a power cut, a folder that may only be read): a
    number that is lost or too low protects less, and refuses nothing that is right.
    """

    def __init__(self, root: Path, ledger_id: str) -> None:
        self._path = root / FOLDER / "ledger-seen"
        self._id = ledger_id

    def newest(self) -> int:
        """The number of the newest attempt in this ledger that is known of; 0 where none is."""
        try:
            text = self._path.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):  # never written, or damaged
            return 0
        number = text.removeprefix(f"{self._id} ")[:_DIGITS]
        # What is torn, damaged or another ledger's is not what this one would have written.
        return int(number) if number.isdecimal() and text == self._line(int(number)) else 0

    def note(self, attempt: int) -> None:
        """Notes an attempt that was committed."""
        if attempt > self.newest():
            # The attempt is on the disk already, and is not held up by this.
            with suppress(OSError):
                self.reset(attempt)

    def reset(self, attempt: int) -> None:
        """Makes this the newest, whatever was noted before. Raises OSError."""
        # In place, for a new file at each attempt costs a tenth of it; the checksum tells a torn one.
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            given(self._path)
            line = self._line(attempt).encode("ascii")
            os.write(handle, line)
            os.ftruncate(handle, len(line))
        finally:
            os.close(handle)

    def _line(self, attempt: int) -> str:
        words = f"{self._id} {attempt:0{_DIGITS}}"
        return f"{words} {crc32(words.encode('ascii')):08x}\n"


def behind(place: str, attempts: int) -> LedgerError:
    """The ledger lacks attempts that this folder has seen in it."""
    lost = "1 attempt made since is" if attempts == 1 else f"{attempts} attempts made since are"
    return LedgerError(
        "ledger-behind",
        place,
        f"this is an older copy of the department's ledger: {lost} not in it",
        "put the newest copy back; if there is none, look in the lists' archives (or the outbox) for what "
        "went since, stop the timer or `serve`, then `announcer ledger --adopt` and `announcer resolve KEY "
        "--accepted` for each of them before you start it again",
    )
