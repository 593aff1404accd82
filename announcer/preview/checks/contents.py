"""Whether the text and the HTML tell the same, and whether maths came out as maths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from announcer.message.html_pieces import Element, Text, enclosing, pieces
from announcer.preview.checks.finding import Check, CheckedLine, Examined, Grade

_LATEX = re.compile(r"\\[a-zA-Z]{2,}\b\S*|\$[^\s$][^$\n]*[^\s$]\$|\\begin\{[^}]*\}")


def words_read(page: str) -> str:
    """The words of a page; a picture says what its alternative text says."""
    words = ""
    for piece in pieces(page):
        if isinstance(piece, Element) and piece.tag == "img":
            words += f" {piece.get('alt') or ''} "
        elif isinstance(piece, Text) and not any(
            outer.tag in ("head", "style") for outer in enclosing(piece)
        ):
            words += piece.text
    return words


def same_facts(examined: Examined) -> Check | None:
    """Whether title, speaker, time and place stand in both; None for a list that takes text only."""
    if examined.message.html is None:
        return None
    text, page = _plain(examined.message.text), _plain(words_read(examined.message.html))
    facts = list(_facts(examined.context))
    lacking = [
        CheckedLine(text=f"the {'HTML' if _plain(fact) in text else 'text'} does not say the {name}: {fact}")
        for name, fact in facts
        if (_plain(fact) in text) != (_plain(fact) in page)
    ]
    if not lacking:
        return Check(level=Grade.GOOD, name="Facts", says="text and HTML tell the same")
    return Check(
        level=Grade.WARNING, name="Facts", says="text and HTML do not tell the same", items=tuple(lacking)
    )


def _facts(context: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    talks = context.get("talks")
    for talk in talks if isinstance(talks, Sequence) else ():
        for name, path in (
            ("title", ("title",)),
            ("date", ("when", "date")),
            ("time", ("when", "times")),
            ("zone", ("when", "zone")),
            ("place", ("place", "label")),
        ):
            value: object = talk
            for step in path:
                value = value.get(step) if isinstance(value, Mapping) else None
            if isinstance(value, str) and value:
                yield name, value
        for speaker in talk.get("speakers") or ():
            yield "speaker", speaker["name"]


def _plain(text: str) -> str:
    """Letters and digits alone: an index is `₀` in the text and a small 0 in the HTML."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def maths(examined: Examined) -> Check | None:
    """Maths that readers see as LaTeX; None where there is none."""
    formulas = list(dict.fromkeys(match[0] for match in _LATEX.finditer(examined.message.text)))
    if not formulas:
        return None
    return Check(
        level=Grade.NOTE,
        name="Maths",
        says="some stays LaTeX in the text part",
        items=tuple(CheckedLine(text=formula) for formula in formulas[:8]),
    )


def template_warnings(examined: Examined) -> list[Check]:
    """What the message's making warned of."""
    return [
        Check(
            level=Grade.WARNING,
            name="Template" if warning.path.startswith("templates/") else "Message",
            says=warning.message,
            items=(CheckedLine(text=f"{warning.path}:{warning.line}: {warning.hint}"),),
        )
        for warning in examined.message.warnings
    ]
