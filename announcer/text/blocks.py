"""Step 3 of reading: blocks. A blank line begins a new one; lists where unmistakable, else paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_BULLET, _NUMBER = "\ue000", "\ue001"
"""What `\\item` becomes: marks that make a list even of one line."""
_MARK = re.compile(
    rf"(?:(?P<bullet>[-*•–](?=[ ])|[•{_BULLET}])|(?P<number>{_NUMBER}?\d{{1,4}}[.)])(?=[ ]))[ ]*(?=\S)"
)
_FAR = 40
"""Lines within which a list's second item comes."""
_TEX_LIST = re.compile(
    r"\\(?P<edge>begin|end)\{(?P<kind>itemize|enumerate)\}(?:\[[^\]\n]{0,80}\])?"
    r"|(?P<item>\\item(?![A-Za-z]))[ ]*(?:\[(?P<label>[^\]\n]{0,80})\])?"
)
_PARAGRAPH_TAG = re.compile(r"</?p(?:\s[^<>\n]{0,200})?>", re.IGNORECASE)


def paragraphs(text: str) -> str:
    """A cut text whose every line ends with a character, whose `<p>` and `\\par` are blank lines and whose
    `itemize` and `enumerate` are lists."""
    if "<" in text:
        text = _PARAGRAPH_TAG.sub("\n\n", text)
    if "\\" in text:
        text = re.sub(r"\\par(?![A-Za-z])", "\n\n", text)
        if "\\begin{" in text:
            text = _listed(text)
    return "\n".join(line.rstrip() for line in text.split("\n")) if "\n" in text else text.rstrip()


def _listed(text: str) -> str:
    """TeX's lists as lines that begin with a mark; one that does not close stays as it is."""
    pieces = list(_TEX_LIST.finditer(text))
    closed, stack = set(), []
    for number, piece in enumerate(pieces):
        if piece["edge"] == "begin":
            stack.append(number)
        elif piece["edge"] == "end" and stack and pieces[stack[-1]]["kind"] == piece["kind"]:
            closed |= {stack.pop(), number}
    made, at = [], 0
    inside: list[list[int | None]] = []

    def passage(start: int, end: int) -> str:
        return " ".join(text[start:end].split()) if inside else text[start:end]

    for number, piece in enumerate(pieces):
        if (piece["item"] and not inside) or (piece["edge"] and number not in closed):
            continue
        made.append(passage(at, piece.start()))
        at = piece.end()
        if piece["item"]:
            count = inside[-1][0]
            mark = _BULLET if count is None else f"{_NUMBER}{count}."
            inside[-1][0] = None if count is None else count + 1
            label = f"{piece['label']} " if piece["label"] else ""
            made.append("\n" + "  " * (len(inside) - 1) + f"{mark} {label}")
        elif piece["edge"] == "begin":
            made.append("" if inside else "\n\n")
            inside.append([None if piece["kind"] == "itemize" else 1])
        else:
            inside.pop()
            made.append("" if inside else "\n\n")
    return "".join(made) + text[at:]


@dataclass(slots=True)
class _Item:
    mark: str
    """As it was typed: `-`, `3.`."""
    indent: int
    lines: list[str]
    items: list[_Item] = field(default_factory=list)

    @property
    def number(self) -> int | None:
        return int(self.mark.strip(_NUMBER).rstrip(".)")) if self.mark[-1] in ".)" else None


def add_lists(parser: MarkdownIt) -> None:
    """Gives a parser of bare paragraphs its lists."""
    parser.block.ruler.before("paragraph", "list", _list, {"alt": ["paragraph"]})


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list behind a blank line or a colon: two lines or more with bullets, or numbers in steps of one."""
    if not _MARK.match(_line(state, start)):
        return False
    above = _line(state, start - 1).rstrip() if start else ""
    if above and not above.endswith(":"):
        return False
    items, after = _gathered(state, start, end)
    if len(items) < 2 and not items[0].mark.startswith((_BULLET, _NUMBER)):
        return False
    if not silent:
        _write(state, items)
        state.line = after
    return True


def _gathered(state: StateBlock, start: int, end: int) -> tuple[list[_Item], int]:
    """The items from there on, and the line after them."""
    items: list[_Item] = []
    number = start
    while number < end and (len(items) > 1 or number - start < _FAR):
        line = _line(state, number)
        if not line:
            if number + 1 < end and items and _goes_on(items, state, number + 1):
                number += 1
                continue
            break
        match = _MARK.match(line)
        if match is None:
            (items[-1].items[-1] if items[-1].items else items[-1]).lines.append(line)
        else:
            list_item = _Item(match["bullet"] or match["number"], state.sCount[number], [line[match.end() :]])
            _put(items, list_item, line)
        number += 1
    return items, number


def _put(items: list[_Item], item: _Item, line: str) -> None:
    """A line with a mark: the next item, an item under the last one, or a line of it."""
    if not items or _follows(items[-1], item):
        items.append(item)
        return
    last = items[-1]
    deeper = item.indent >= last.indent + 2
    if (last.items and (_follows(last.items[-1], item) and (deeper or last.number is not None))) or (
        not last.items and (deeper or (last.number is not None and item.number is None))
    ):
        last.items.append(item)
    else:
        (last.items[-1] if last.items else last).lines.append(line)


def _follows(last: _Item, item: _Item) -> bool:
    if abs(item.indent - last.indent) > 1:
        return False
    if last.number is None or item.number is None:
        return last.number is None and item.number is None
    return item.number == last.number + 1 and last.mark[-1] == item.mark[-1]


def _goes_on(items: list[_Item], state: StateBlock, number: int) -> bool:
    match = _MARK.match(_line(state, number))
    if match is None:
        return False
    list_item = _Item(match["bullet"] or match["number"], state.sCount[number], [])
    return _follows(items[-1], list_item)


def _write(state: StateBlock, items: list[_Item]) -> None:
    first = items[0].number
    kind, tag = ("bullet_list", "ul") if first is None else ("ordered_list", "ol")
    token = state.push(f"{kind}_open", tag, 1)
    if first is not None and first != 1:
        token.attrs = {"start": first}
    for item in items:
        token = state.push("list_item_open", "li", 1)
        token.info = "-" if item.number is None else item.mark.strip(_NUMBER)
        token = state.push("inline", "", 0)
        token.content, token.children = "\n".join(item.lines).strip(), []
        if item.items:
            _write(state, item.items)
        state.push("list_item_close", "li", -1)
    state.push(f"{kind}_close", tag, -1)
