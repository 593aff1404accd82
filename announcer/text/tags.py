"""Step 6 of reading: the tags that are unmistakable mean what they say; any other is text."""

from __future__ import annotations

import re

from announcer.text.islands import PLACE, Cut
from announcer.text.marks import Close, Mark

_TAG = re.compile(
    rf"<(?P<shut>/?)(?P<name>br|i|b|em|strong|sub|sup|a)"
    rf"(?:\s[^<>]{{0,100}}?href\s{{0,3}}=\s{{0,3}}[\"']?(?P<place>[{PLACE}])[\"']?)?[^<>]{{0,200}}?/?>",
    re.IGNORECASE,
)
_KINDS = {"i": "em", "em": "em", "b": "strong", "strong": "strong", "sub": "sub", "sup": "sup", "a": "link"}
_HTML = re.compile(
    r"</?(?P<name>a|b|blockquote|big|center|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|li|ol|pre|script|small|span|"
    r"strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)


def tags(text: str, cut: Cut) -> tuple[list[Mark], list[Close]]:
    """`<br>`, `<i>`, `<b>`, `<em>`, `<strong>`, `<sub>`, `<sup>` and `<a href>` with their ends."""
    marks, closes = [], []
    opened: dict[str, list[tuple[int, int, str]]] = {}
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if not re.match(r"[\s/>]", text[match.start() + 1 + len(match["shut"]) + len(name) :][:1]):
            continue
        if name == "br":
            end = match.end() + (
                text[match.end() : match.end() + 1] in (" ", "\n") and match.end() < len(text)
            )
            marks.append(Mark(start=match.start(), end=end, kind="hardbreak"))
        elif not match["shut"]:
            island = cut.island(match["place"]) if match["place"] else None
            target = island.content if island and island.kind in ("address", "mail") else ""
            if name != "a" or target:
                opened.setdefault(name, []).append((match.start(), match.end(), target))
        elif opened.get(name):
            start, end, target = opened[name].pop()
            kind = _KINDS[name]
            marks.append(Mark(start=start, end=end, kind=kind, content=target, closer=match.start()))
            closes.append(Close(start=match.start(), end=match.end(), kind=kind))
    return marks, closes


def left(text: str) -> list[str]:
    """The tags of HTML that a shown text still has."""
    return [match[0] for match in _HTML.finditer(text)] if "<" in text else []
