"""Display equations as pictures, where matplotlib is installed: its mathtext draws them."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO

from announcer.text.prose import Picture

_POINTS = 14
_DPI = 200
_PER_CSS_PIXEL = _DPI / 96
_WIDEST = 520
"""CSS pixels: what the column holds."""


@lru_cache(maxsize=256)
def draw(latex: str) -> tuple[Picture, int, int] | None:
    """A picture of an expression with its width and height in CSS pixels; None where mathtext cannot
    draw it, where it is too wide, or where matplotlib is not installed."""
    if find_spec("matplotlib") is None or re.search(
        r"\\(begin|slashed|underbrace|overbrace|tag|label)\b|\\\\|&", latex
    ):
        return None
    from matplotlib import mathtext
    from matplotlib.font_manager import FontProperties

    buffer = BytesIO()
    expression = f"${_displayed(latex)}$"
    font = FontProperties(size=_POINTS, math_fontfamily="stix")
    try:
        mathtext.math_to_image(expression, buffer, prop=font, dpi=_DPI, format="png")
    except ValueError:
        return None
    return _picture(buffer.getvalue())


def _displayed(latex: str) -> str:
    """The expression in display style: its outer fractions large."""
    made, depth = "", 0
    for piece in re.split(r"(\\frac\b|[{}])", " ".join(latex.split())):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        made += r"\dfrac" if piece == r"\frac" and depth == 0 else piece
    return made


def _picture(drawn: bytes) -> tuple[Picture, int, int] | None:
    """The drawing in sixteen grays on white, without what differs between two runs."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(drawn)) as opened:
        flat = Image.new("RGB", opened.size, "white")
        flat.paste(opened.convert("RGB"), mask=opened.getchannel("A") if "A" in opened.mode else None)
    gray = ImageOps.expand(flat.convert("L"), border=round(4 * _PER_CSS_PIXEL), fill=255)
    width, height = (round(side / _PER_CSS_PIXEL) for side in gray.size)
    if width > _WIDEST:
        return None
    buffer = BytesIO()
    gray.quantize(16).save(buffer, "PNG", optimize=True)
    data = buffer.getvalue()
    name = hashlib.sha256(data).hexdigest()[:16]
    picture = Picture(cid=f"equation-{name}@announcer", data=data, subtype="png", filename="equation.png")
    return picture, width, height
