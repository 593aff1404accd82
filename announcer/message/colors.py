"""An accent color in shades that can be read: the contrast of WCAG 2.2, success criterion 1.4.3."""

from __future__ import annotations

import re
from functools import lru_cache

from announcer.message.views import ColorsView

ACCENT = "#1f4e79"
"""The accent of a department that names none."""
_CARDS = {"light": ("#ffffff", 4.6), "dark": ("#1b1e23", 6.5)}
"""A card's color, and the contrast of text on it."""


@lru_cache(maxsize=16)
def colors(accent: str | None) -> ColorsView:
    """The shades of an accent `#rrggbb`; anything else takes the usual one."""
    base = accent.lower() if accent and re.fullmatch(r"#[0-9a-fA-F]{6}", accent) else ACCENT
    on_accent = "#ffffff" if contrast(base, "#ffffff") >= contrast(base, "#111111") else "#111111"
    return ColorsView(
        accent=base,
        on_accent=on_accent,
        link=_toward(base, "#000000", on="light"),
        link_dark=_toward(base, "#ffffff", on="dark"),
    )


def contrast(color: str, other: str) -> float:
    """The contrast ratio of two colors, from 1 to 21."""
    high, low = sorted((_luminance(color), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _toward(color: str, end: str, *, on: str) -> str:
    """`color`, mixed with as little of `end` as gives text enough contrast."""
    card, enough = _CARDS[on]
    for step in range(21):
        mixed = _mixed(color, end, step / 20)
        if contrast(mixed, card) >= enough:
            return mixed
    return end


def _mixed(color: str, end: str, share: float) -> str:
    pairs = zip(_channels(color), _channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(color: str) -> float:
    shares = [channel / 255 for channel in _channels(color)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
