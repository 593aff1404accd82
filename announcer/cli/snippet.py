"""A source line that fits the terminal, and the blanks that put a caret under one of its characters."""

from __future__ import annotations

WIDTH = 96
"""Cells: what is longer is cut around the caret."""
_CUT = "…"


def snippet(line: str, column: int) -> tuple[str, str]:
    """The line, cut to WIDTH where it is longer, and what indents a caret to `column` (from 1) of it.

    A tab stays a tab in the indentation, and a character two cells wide takes two blanks.
    """
    from rich.cells import cell_len

    before = line[: column - 1]
    cut = 0
    while cut < len(before) and cell_len(before[cut:]) > WIDTH * 2 // 3:
        cut += 1
    shown = line[cut:]
    lead = _CUT if cut else ""
    end = len(shown)
    while end > 1 and cell_len(shown[:end]) > WIDTH:
        end -= 1
    tail = _CUT if end < len(shown) else ""
    indent = "".join("\t" if char == "\t" else " " * cell_len(char) for char in before[cut:])
    return lead + shown[:end] + tail, " " * len(lead) + indent
