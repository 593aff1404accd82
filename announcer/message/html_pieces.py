"""A page of HTML -> its pieces in order: elements, texts and comments, each with the element it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element, where it starts."""

    tag: str
    """In small letters."""
    attributes: tuple[tuple[str, str | None], ...]
    parent: Element | None

    def get(self, name: str) -> str | None:
        """An attribute's value; None where it has none."""
        return next((value for key, value in self.attributes if key == name), None)


@dataclass(frozen=True, slots=True)
class Text:
    """Words, their references resolved."""

    text: str
    parent: Element | None


@dataclass(frozen=True, slots=True)
class Comment:
    """What only a reader of the source sees."""

    text: str
    parent: Element | None


Piece = Element | Text | Comment


def enclosing(piece: Piece) -> Iterator[Element]:
    """The elements that a piece stands in, the innermost first."""
    element = piece.parent
    while element is not None:
        yield element
        element = element.parent


def pieces(page: str) -> list[Piece]:
    """Reads a page, however broken it is: an end tag without a start is nothing."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.pieces


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._open: Element | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, tuple(attrs), self._open)
        self.pieces.append(element)
        if tag not in _VOID:
            self._open = element

    def handle_endtag(self, tag: str) -> None:
        element = self._open
        while element is not None and element.tag != tag:
            element = element.parent
        if element is not None:
            self._open = element.parent

    def handle_data(self, data: str) -> None:
        self.pieces.append(Text(data, self._open))

    def handle_comment(self, data: str) -> None:
        self.pieces.append(Comment(data, self._open))
