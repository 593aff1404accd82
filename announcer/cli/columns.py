"""Lines that fit a terminal: 80 columns where nobody says how wide it is."""

from __future__ import annotations

import shutil
import textwrap

INDENT = "    "


def terminal_width() -> int:
    """Columns of the terminal."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def fitted(text: str, *, indent: str = "", hanging: str = "") -> str:
    """Lines of at most the terminal's width; what has no blank in it is whole, so that it can be copied."""
    return textwrap.fill(
        text,
        terminal_width(),
        initial_indent=indent,
        subsequent_indent=hanging or indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
