"""What the page's HTML and CSS ask of mail clients, and which of them do not know it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from announcer.message.html_pieces import Element, Piece, Text, pieces
from announcer.preview.checks.finding import Check, CheckedLine, Examined, Grade

_DATA = Path(__file__).parent.parent / "clients.json"
_RULE = re.compile(r"(?:^|[;{\s])([a-z-]+)\s*:\s*([^;{}]+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """Something of HTML or CSS that a client lacks."""

    kind: str
    name: str
    title: str
    lacking: tuple[str, ...]
    partly: tuple[str, ...]


@cache
def features() -> tuple[tuple[str, ...], tuple[Feature, ...]]:
    """The clients, and the features that one of them lacks or knows in part."""
    table = json.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(table["clients"]), tuple(
        Feature(
            kind=row["kind"],
            name=row["name"],
            title=row["title"],
            lacking=tuple(row["lacking"]),
            partly=tuple(row["partly"]),
        )
        for row in table["features"]
    )


def _css(markup: list[Piece]) -> str:
    """The styles of a page's elements and its style sheets, without remarks."""
    css = ""
    for piece in markup:
        if isinstance(piece, Element) and (style := piece.get("style")):
            css += f"{{{style}}}\n"
        elif isinstance(piece, Text) and piece.parent is not None and piece.parent.tag == "style":
            css += piece.text
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def _picture_kind(url: str) -> str:
    return "data" if url.startswith("data:") else url.rpartition(".")[2].lower()


def used(page: str) -> list[Feature]:
    """The features of a page that one of the clients lacks."""
    markup = pieces(page)
    css = _css(markup)
    elements = [piece for piece in markup if isinstance(piece, Element)]
    tags = {element.tag for element in elements}
    attributes = {name for element in elements for name, _ in element.attributes}
    pictures = {_picture_kind(src) for node in elements if node.tag == "img" and (src := node.get("src"))}
    rules = _RULE.findall(css)
    properties = {name for name, _ in rules}
    values = {f"{name}:{value.split('!')[0].strip()}" for name, value in rules}

    def uses(feature: Feature) -> bool:
        name = re.escape(feature.name)
        if feature.kind == "property":
            return feature.name in properties
        if feature.kind == "value":
            return feature.name in values
        if feature.kind == "element":
            return feature.name in tags
        if feature.kind == "attribute":
            return feature.name in attributes
        if feature.kind == "image":
            return feature.name in pictures
        patterns = {
            "function": rf"\b{name}\(",
            "unit": rf"\d{name}\b",
            "at": rf"@{name}\b",
            "media": rf"@media[^{{]*{name}",
            "pseudo": rf"[\w\])]{name}\b",
        }
        return re.search(patterns[feature.kind], css) is not None

    return [feature for feature in features()[1] if uses(feature)]


def clients(examined: Examined) -> Check | None:
    """What the clients lack, where the page needs it; None for a list that takes text only."""
    if examined.message.html is None:
        return None
    everyone = features()[0]
    gaps = [feature for feature in used(examined.message.html) if feature.lacking]
    nowhere = [feature for feature in gaps if len(feature.lacking) == len(everyone)]
    gaps.sort(key=lambda feature: (-len(feature.lacking), feature.title))
    items = tuple(
        CheckedLine(text=f"{feature.title}: not in {', '.join(feature.lacking)}") for feature in gaps
    )
    if nowhere:
        says = f"{nowhere[0].title} is known to none of the usual clients"
        return Check(level=Grade.WARNING, name="Clients", says=says, items=items)
    count = "1 nicety" if len(gaps) == 1 else f"{len(gaps)} niceties"
    says = f"{count} that some client leaves out" if gaps else "nothing that a client lacks"
    return Check(level=Grade.GOOD, name="Clients", says=says, items=items)
