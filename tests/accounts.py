"""An account without rights, for tests of what may not be read or written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder of an account without rights, and that account's eyes while the block lasts."""
    with tempfile.TemporaryDirectory(prefix="announcer-nobody-") as folder:
        root, before = Path(folder), os.geteuid()
        user = 65534 if before == 0 else before
        os.chown(root, user, -1)
        os.seteuid(user)
        try:
            yield root
        finally:
            os.seteuid(before)
            for path in [root, *root.rglob("*")]:
                path.chmod(0o700)
