"""Markdown with LaTeX maths -> prose: an abstract or a biography, in text and in HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from announcer.text.latex import Found, accent_at, maths_at
from announcer.text.maths import render_maths
from announcer.text.prose import NO_BREAK, Picture, Prose, linked, safe_url

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_SHORT = 24
"""Characters of a formula that stays on one line."""

Draw = Callable[[str], "tuple[Picture, int, int] | None"]
"""Draws a display equation: a picture with its width and height in CSS pixels, None where it cannot."""


def markdown(source: str, draw: Draw | None = None) -> Prose:
    """Markdown as prose. Raw HTML is shown, not obeyed; a picture becomes its alternative text; what
    `draw` cannot draw is shown in Unicode, and what Unicode cannot show stays LaTeX."""
    tokens = _parser().parse(source)
    page = _Page(draw)
    html = page.html(tokens)
    return Prose(_Plain().text(tokens), html, tuple(page.pictures))


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False})
    parser.inline.ruler.before("escape", "latex", _inline_latex)
    parser.block.ruler.before("code", "display", _block_latex, {"alt": ["paragraph"]})
    return parser


def _inline_latex(state: StateInline, silent: bool) -> bool:
    found = maths_at(state.src, state.pos)
    if found:
        if not silent:
            token = state.push("maths", "", 0)
            token.content, token.meta = found.source, {"found": found}
        state.pos = found.end
        return True
    accent = accent_at(state.src, state.pos)
    if accent is None:
        return False
    letter, end = accent
    if not silent:
        state.pending += letter
    state.pos = end
    return True


def _block_latex(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Display maths that begins a line is a block: its lines are no list and no heading."""
    at = state.bMarks[start] + state.tShift[start]
    if state.sCount[start] - state.blkIndent >= 4 or at >= len(state.src):
        return False
    found = maths_at(state.src, at)
    if not found or not found.display:
        return False
    line_end = state.src.find("\n", found.end)
    rest = state.src[found.end : line_end if line_end >= 0 else len(state.src)]
    if rest.strip(" .,;"):
        return False
    if silent:
        return True
    state.line = start + state.src.count("\n", at, found.end) + 1
    token = state.push("maths_block", "", 0)
    token.content, token.meta = found.source, {"found": found, "after": rest.strip()}
    return True


def _found(token: Token) -> Found:
    found: Found = token.meta["found"]
    return found


class _Page:
    """Writes HTML, and keeps the pictures that it shows."""

    def __init__(self, draw: Draw | None) -> None:
        self.draw = draw
        self.pictures: list[Picture] = []

    def html(self, tokens: Sequence[Token]) -> str:
        return "".join(self._one(token) for token in tokens)

    def _one(self, token: Token) -> str:
        kind = token.type
        if kind == "inline":
            return self._inline(token.children or [])
        if kind == "maths_block":
            return f'<p class="equation">{self._equation(_found(token))}{escape(token.meta["after"])}</p>\n'
        if kind in ("fence", "code_block"):
            return f"<pre>{escape(token.content.rstrip())}</pre>\n"
        if kind == "hr":
            return "<hr>\n"
        if kind.startswith("heading_"):
            return '<p class="subhead">' if token.nesting > 0 else "</p>\n"
        if kind.startswith("paragraph_") and token.hidden:
            return ""
        start = f' start="{int(token.attrs["start"])}"' if token.attrs.get("start") else ""
        return f"<{token.tag}{start}>" if token.nesting > 0 else f"</{token.tag}>\n"

    def _inline(self, tokens: Sequence[Token]) -> str:
        made = []
        in_link: list[bool] = []
        for token in tokens:
            kind = token.type
            if kind == "text":
                made.append(escape(token.content) if any(in_link) else linked(token.content))
            elif kind == "maths":
                made.append(self._maths(_found(token)))
            elif kind == "code_inline":
                made.append(f"<code>{escape(token.content)}</code>")
            elif kind == "image":
                made.append(escape(token.content))
            elif kind == "link_open":
                url = safe_url(str(token.attrs.get("href", "")))
                in_link.append(url is not None)
                made.append(f'<a href="{escape(url)}">' if url else "")
            elif kind == "link_close":
                made.append("</a>" if in_link.pop() else "")
            elif kind == "hardbreak":
                made.append("<br>")
            elif kind == "softbreak":
                made.append("\n")
            else:
                made.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")
        return "".join(made)

    def _maths(self, found: Found) -> str:
        if found.display:
            return self._equation(found)
        rendered = render_maths(found.latex)
        shown = _unbroken(rendered.html, rendered.text) if rendered else escape(found.source)
        return f'<span class="maths">{shown}</span>'

    def _equation(self, found: Found) -> str:
        drawn = self.draw(found.latex) if self.draw else None
        if drawn:
            picture, width, height = drawn
            if picture not in self.pictures:
                self.pictures.append(picture)
            return (
                f'<img class="plate" src="cid:{picture.cid}" alt="{escape(found.latex)}"'
                f' width="{width}" height="{height}">'
            )
        return f'<span class="maths">{"<br>".join(line.html for line in _lines(found))}</span>'


def _unbroken(shown: str, text: str) -> str:
    """A short formula as it is shown, with no-break spaces: no line ends within it."""
    return shown.replace(" ", NO_BREAK) if len(text) <= _SHORT else shown


def _lines(found: Found) -> list[Prose]:
    """The lines of a display equation; the LaTeX itself where one of them cannot be shown."""
    latex = re.sub(r"\\(label|tag)\{[^{}]*\}", "", found.latex)
    made = []
    for line in re.split(r"\\\\(?:\[[^\]]*\])?", latex):
        rendered = render_maths(line.replace("&", ""))
        if rendered is None and line.strip():
            return [Prose(source, escape(source)) for source in found.source.split("\n")]
        if rendered:
            made.append(Prose(rendered.text, rendered.html))
    return made


class _Plain:
    """Writes text: a line for each paragraph, list items under their marks, links beside their words."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.marks: list[str] = []
        self.counts: list[int | None] = []
        self.quoted = 0
        self.tight = False

    def text(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._one(token)
        return "\n".join(self.blocks).strip("\n")

    def _one(self, token: Token) -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            first = None if kind.startswith("bullet") else int(token.attrs.get("start", 1))
            self.counts.append(first)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.counts.pop()
            if not self.counts:
                self.blocks.append("")
        elif kind == "list_item_open":
            count = self.counts[-1]
            self.marks.append("- " if count is None else f"{count}. ")
            if count is not None:
                self.counts[-1] = count + 1
        elif kind == "list_item_close":
            self.marks = self.marks[: len(self.counts) - 1]
        elif kind in ("blockquote_open", "blockquote_close"):
            self.quoted += token.nesting
        elif kind == "maths_block":
            lines = [f"    {line.text}" for line in _lines(_found(token))]
            self._block("\n".join(lines) + token.meta["after"])
        elif kind in ("fence", "code_block"):
            self._block("\n".join(f"    {line}" for line in token.content.rstrip("\n").split("\n")))
        elif kind == "hr":
            self._block("* * *")
        elif kind == "inline":
            self._block(_inline_text(token.children or []))

    def _block(self, text: str) -> None:
        lead = "> " * self.quoted
        if self.marks:
            lead += "  " * (len(self.counts) - 1) + self.marks[-1]
            self.marks[-1] = "  "
        lines = [lead + text.split("\n")[0]]
        lines += [
            ("> " * self.quoted) + " " * (len(lead) - 2 * self.quoted) + line for line in text.split("\n")[1:]
        ]
        self.blocks += lines
        if not self.counts:
            self.blocks.append("")


def _inline_text(tokens: Sequence[Token]) -> str:
    made: list[str] = []
    links: list[tuple[str | None, int]] = []
    for token in tokens:
        kind = token.type
        if kind in ("text", "code_inline", "image"):
            made.append(token.content)
        elif kind == "maths":
            found = _found(token)
            rendered = render_maths(found.latex)
            made.append(_unbroken(rendered.text, rendered.text) if rendered else found.source)
        elif kind == "link_open":
            links.append((safe_url(str(token.attrs.get("href", ""))), len(made)))
        elif kind == "link_close":
            url, begin = links.pop()
            label = "".join(made[begin:])
            if url and label not in (url, url.removeprefix("mailto:")):
                made.append(f" ({url.removeprefix('mailto:')})")
        elif kind == "hardbreak":
            made.append("\n")
        elif kind == "softbreak":
            made.append(" ")
    return "".join(made)
