"""Step 4 of reading: emphasis and links, where nothing else can be meant."""

from __future__ import annotations

import re

from announcer.text.islands import PLACE, Cut
from announcer.text.marks import Close, Mark

_SIGNS = re.compile(r"\*+|_+")
_NAMES = {"*": "em", "_": "em", "**": "strong"}
_BEFORE = frozenset(" \n([{\"'“‘«„—–")
_AFTER = frozenset(" \n)]}\"'”’»“.,;:!?—–/…")
_WORDLY = re.compile(rf"\w|[{PLACE}]|\\['\"`^~=.uvHcrk]|\{{\\['\"`^~=.uvHcrk]")
_BRACKETS = re.compile(
    rf"\\.|\[|\]\(<?(?P<place>[{PLACE}])>?(?:\s+(?:\"[^\"\n]{{0,200}}\"|'[^'\n]{{0,200}}'))?\)|\]"
)
_ANGLE = re.compile(rf"<(?P<place>[{PLACE}])>")


def emphasis(text: str) -> tuple[list[Mark], list[Close]]:
    """`*word*`, `_word_` and `**words**`: the opening sign at a word's start, the closing one at its end."""
    marks, closes = [], []
    opened: dict[str, re.Match[str]] = {}
    for match in _SIGNS.finditer(text):
        sign = match[0]
        if sign not in _NAMES:
            continue
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if _closes(text, match, before, after, opened.get(sign)):
            opener = opened.pop(sign)
            kind = _NAMES[sign]
            marks.append(Mark(start=opener.start(), end=opener.end(), kind=kind, closer=match.start()))
            closes.append(Close(start=match.start(), end=match.end(), kind=kind))
        elif (not before or before in _BEFORE) and _WORDLY.match(text, match.end()) and after != "_":
            opened[sign] = match
    return marks, closes


def _closes(text: str, match: re.Match[str], before: str, after: str, opener: re.Match[str] | None) -> bool:
    if opener is None or not before or before == "_" or not (before in "}" or _WORDLY.match(before)):
        return False
    if not after or after in _AFTER:
        return True
    inside = text[opener.end() : opener.end() + 41]
    return (
        after == "-"
        and match.start() - opener.end() < 40
        and " " not in inside[: match.start() - opener.end()]
    )


def with_links(text: str, cut: Cut) -> tuple[list[Mark], list[Close]]:
    """`[words](http...)` and `<http...>`: the address was cut out as an island."""
    marks, closes = [], []
    if "](" in text:
        opened: list[int] = []
        for match in _BRACKETS.finditer(text):
            if match[0] == "[":
                opened.append(match.start())
            elif match[0][0] == "]" and opened:
                begin = opened.pop()
                island = cut.island(match["place"]) if match["place"] else None
                if island is None or island.kind not in ("address", "mail") or match.start() == begin + 1:
                    continue
                picture = text[begin - 1 : begin] == "!" and text[begin - 2 : begin - 1] in ("", " ", "\n")
                kind = "plain" if picture else "link"  # a picture is its words
                mark = Mark(
                    start=begin - picture,
                    end=begin + 1,
                    kind=kind,
                    content=island.content,
                    closer=match.start(),
                )
                marks.append(mark)
                closes.append(Close(start=match.start(), end=match.end(), kind=kind))
    if "<" in text:
        for match in _ANGLE.finditer(text):
            island = cut.island(match["place"])
            if island and island.kind in ("address", "mail"):
                marks.append(
                    Mark(start=match.start(), end=match.end(), kind="island", content=match["place"])
                )
    return marks, closes
