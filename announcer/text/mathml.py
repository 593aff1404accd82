"""A formula -> MathML Core, for pages; none where that would not say what the text of the mail says."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from announcer.text.formulas import lines_of, render_lines, render_maths
from announcer.text.mathml_elements import elements, letters_of


def mathml(latex: str, *, display: bool) -> str | None:
    """A formula, without its dollars, as `<math>` elements, one for each line of a display equation."""
    return _display(latex) if display else _inline(latex)


@lru_cache(maxsize=4096)
def _inline(latex: str) -> str | None:
    rendered = render_maths(latex)
    made = elements(latex) if rendered else None
    if rendered is None or made is None or _signs_read(letters_of(made)) != _signs_read(rendered.text):
        return None
    return f"<math>{made}</math>"


@lru_cache(maxsize=1024)
def _display(latex: str) -> str | None:
    rendered = render_lines(latex)
    lines = lines_of(latex)
    if rendered is None or len(rendered) != len(lines):
        return None
    made = [elements(line) for line in lines]
    if any(
        markup is None or _signs_read(letters_of(markup)) != _signs_read(line.text)
        for markup, line in zip(made, rendered, strict=True)
    ):
        return None
    return "".join(f'<math display="block">{markup}</math>' for markup in made)


def _signs_read(text: str) -> Counter[str]:
    """The letters, digits and signs of a reading, without what stands for its shape: blanks, brackets,
    solidus, roots, marks of scripts and accents."""
    plain = unicodedata.normalize("NFKD", text.replace("∛", "3").replace("∜", "4"))
    shape = frozenset("(){}/⁄√^_\u2061")
    kept = (char for char in plain if char not in shape and not char.isspace())
    return Counter(char for char in kept if not unicodedata.combining(char))
