"""Read text -> both media: lines of plain text, and HTML with the pictures that it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Protocol

from announcer.text import symbols
from announcer.text.formulas import Rendered, render_lines, render_maths
from announcer.text.islands import Island
from announcer.text.maths_layout import small_letters
from announcer.text.prose import NO_BREAK, Picture, safe_url

if TYPE_CHECKING:
    from markdown_it.token import Token

_FORMULAS = ("maths", "display")
_SHORT = 24
"""Characters of a formula that stays on one line."""
_MOST_PICTURES = 12
_TAGS = {"em": "em", "strong": "strong", "code": "code", "sub": "sub", "sup": "sup"}
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|e|ème|o|a)")
_BLANKS = re.compile(r"(?<=\n)[ \u00a0]+|[ \u00a0]+(?=\n)|[ \u00a0]{2,}")
_PUNCTUATION = re.compile(r"[ ]*([.,;:!?]+)")

Draw = Callable[[str], "tuple[Picture, int, int] | None"]
"""Draws a display equation: a picture with its width and height in CSS pixels, None where it cannot."""


class Maths(Protocol):
    """Writes a formula in another way than with letters and signs alone."""

    def __call__(self, latex: str, /, *, display: bool) -> str | None:
        """Its HTML; None where letters and signs must do."""


def island_of(token: Token) -> Island | None:
    """What an island's token stands for; None for any other token."""
    return token.meta.get("island") if token.meta else None


def _unbroken(shown: str, text: str) -> str:
    """A short formula as it is shown, with no-break spaces: no line ends within it."""
    return shown.replace(" ", NO_BREAK) if len(text) <= _SHORT else shown


def _folded(text: str) -> str:
    """Text with its runs of blanks made one, and none beside its line ends."""
    if NO_BREAK not in text and not ("  " in text or " \n" in text or "\n " in text):
        return text

    def blank(run: re.Match[str]) -> str:
        if "\n" in (run.string[run.start() - 1 : run.start()], run.string[run.end() : run.end() + 1]):
            return ""
        return NO_BREAK if NO_BREAK in run[0] else " "

    return _BLANKS.sub(blank, text)


def _parts(tokens: Sequence[Token]) -> list[tuple[list[Token], str]]:
    """The tokens of a paragraph, each display equation that nothing encloses alone, with the punctuation
    that follows it."""
    parts: list[tuple[list[Token], str]] = [([], "")]
    depth = 0
    for token in tokens:
        depth += token.nesting
        if token.type == "display" and depth == 0:
            parts += [([token], ""), ([], "")]
            continue
        part = parts[-1][0]
        match = _PUNCTUATION.match(token.content) if token.type == "text" and not part else None
        if match and len(parts) > 1:
            parts[-2] = (parts[-2][0], match[1])
            token = token.copy(content=token.content[match.end() :])
        part.append(token)
    return parts


def _is_equation(part: list[Token]) -> bool:
    return len(part) == 1 and part[0].type == "display"


class Page:
    """Writes HTML, and keeps the pictures that it shows."""

    def __init__(self, draw: Draw | None, *, clickable: bool = True, maths: Maths | None = None) -> None:
        self.draw, self.clickable, self.maths = draw, clickable, maths
        self.pictures: list[Picture] = []

    def html(self, tokens: Sequence[Token]) -> str:
        """The blocks of a text."""
        made = []
        for token in tokens:
            if token.type == "inline":
                made.append(self._block(token.children or [], whole=token.level > 1))
            elif not token.type.startswith("paragraph_"):
                start = f' start="{int(token.attrs["start"])}"' if token.attrs.get("start") else ""
                made.append(f"<{token.tag}{start}>" if token.nesting > 0 else f"</{token.tag}>\n")
        return "".join(made)

    def line(self, tokens: Sequence[Token]) -> str:
        """The words of one paragraph."""
        return _folded(self._words(tokens)).strip()

    def _block(self, tokens: Sequence[Token], *, whole: bool) -> str:
        if whole:
            return self.line(tokens)
        made = []
        for part, after in _parts(tokens):
            if _is_equation(part):
                equation = self._equation(part[0].meta["island"])
                made.append(f'<p class="equation">{equation}{escape(after)}</p>\n')
            elif words := self.line(part):
                made.append(f"<p>{words}</p>\n")
        return "".join(made)

    def _words(self, tokens: Sequence[Token]) -> str:
        made: list[str] = []
        in_link: list[bool] = []
        for token in tokens:
            kind, _, edge = token.type.partition("_")
            if kind == "text":
                made.append(escape(token.content))
            elif kind == "link":
                if edge == "open":
                    url = safe_url(token.content)
                    in_link.append(url is not None and self.clickable)
                    made.append(f'<a href="{escape(url)}">' if url and in_link[-1] else "")
                else:
                    made.append("</a>" if in_link.pop() else "")
            elif kind in _TAGS and edge:
                made.append(f"<{'/' if edge == 'close' else ''}{_TAGS[kind]}>")
            elif kind == "quote":
                made.append("“" if edge == "open" else "”")
            elif kind == "hardbreak":
                made.append("<br>")
            elif island := island_of(token):
                made.append(self._island(island, linked=self.clickable and not any(in_link)))
        return "".join(made)

    def _island(self, island: Island, *, linked: bool) -> str:
        if island.kind == "maths":
            return self._maths(island)
        if island.kind == "display":
            return self._equation(island)
        shown = escape(island.content)
        if island.kind == "code":
            return f"<code>{shown}</code>"
        if island.kind == "char" or not linked:
            return shown
        is_mail = island.kind == "mail" and not island.content.lower().startswith("mailto:")
        url = safe_url(f"mailto:{island.content}" if is_mail else island.content)
        return f'<a href="{escape(url)}">{shown}</a>' if url else shown

    def _maths(self, island: Island) -> str:
        rendered = render_maths(island.content)
        if rendered is None:
            return f'<span class="maths raw">{escape(island.source)}</span>'
        if written := self.maths(island.content, display=False) if self.maths else None:
            return written
        shown = _unbroken(rendered.html, rendered.text)
        return f'<span class="maths">{shown}</span>' if self.clickable else shown

    def _equation(self, island: Island) -> str:
        lines = render_lines(island.content)
        if lines is None:
            return f'<span class="maths raw">{escape(island.source)}</span>'
        if written := self.maths(island.content, display=True) if self.maths else None:
            return written
        drawn = self.draw(island.content) if self.draw and len(self.pictures) < _MOST_PICTURES else None
        if drawn:
            picture, width, height = drawn
            if picture not in self.pictures:
                self.pictures.append(picture)
            reading = escape("; ".join(line.text for line in lines))
            size = f'width="{width}" height="{height}"'
            return f'<img class="plate" src="cid:{picture.cid}" alt="{reading}" {size}>'
        return f'<span class="maths">{"<br>".join(line.html for line in lines)}</span>'


class Plain:
    """Writes text: a line for each paragraph, list items under their marks, links beside their words."""

    def __init__(self, *, whole: bool = False) -> None:
        """`whole`: no line ends within a formula, however long it is."""
        self.whole = whole
        self.blocks: list[str] = []
        self.mark = ""
        self.depth = 0

    def text(self, tokens: Sequence[Token]) -> str:
        """The blocks of a text."""
        for token in tokens:
            kind = token.type
            if kind.endswith("_list_open"):
                self.depth += 1
            elif kind.endswith("_list_close"):
                self.depth -= 1
                if not self.depth:
                    self.blocks.append("")
            elif kind == "list_item_open":
                self.mark = "  " * (self.depth - 1) + token.info + " "
            elif kind == "inline":
                self._block(token.children or [])
        return "\n".join(self.blocks).strip("\n")

    def line(self, tokens: Sequence[Token]) -> str:
        """The words of one paragraph."""
        return _folded(_words(tokens, whole=self.whole)).strip()

    def _block(self, tokens: Sequence[Token]) -> None:
        if self.depth:
            first, *more = self.line(tokens).split("\n")
            self.blocks.append(self.mark + first)
            self.blocks += [" " * len(self.mark) + line for line in more]
            return
        for part, after in _parts(tokens):
            if _is_equation(part):
                island = part[0].meta["island"]
                lines = render_lines(island.content) or [Rendered(text=island.source, html="")]
                self.blocks += [f"    {line.text}" for line in lines]
                self.blocks[-1] += after
            elif words := self.line(part):
                self.blocks += words.split("\n")
        self.blocks.append("")


def _words(tokens: Sequence[Token], *, whole: bool) -> str:
    made: list[str] = []
    opened: list[tuple[str, int]] = []
    for number, token in enumerate(tokens):
        kind, _, edge = token.type.partition("_")
        if kind == "text":
            made.append(token.content.replace("\n", " "))
        elif edge == "open":
            opened.append((token.content, len(made)))
            made.append("“" if kind == "quote" else "")
        elif edge == "close":
            url, begin = opened.pop()
            inside = "".join(made[begin:])
            if kind == "link":
                made.append(_beside(url, inside))
            elif kind in ("sub", "sup"):
                made[begin:] = [
                    _script(inside, kind, "".join(made[:begin][-1:]), tokens[number + 1 : number + 2])
                ]
            elif kind == "quote":
                made.append("”")
        elif kind == "hardbreak":
            made.append("\n")
        elif island := island_of(token):
            shown = _island_text(island)
            is_read = island.kind in _FORMULAS and shown != island.source
            made.append(shown.replace(" ", NO_BREAK) if whole and is_read else shown)
    return "".join(made)


def _island_text(island: Island) -> str:
    if island.kind == "maths":
        rendered = render_maths(island.content)
        return _unbroken(rendered.text, rendered.text) if rendered else island.source
    if island.kind == "display":
        lines = render_lines(island.content)
        return "; ".join(line.text for line in lines) if lines else island.source
    return island.content


def _beside(url: str, label: str) -> str:
    """A link's address behind its words, where these are not the address."""
    safe = safe_url(url)
    address = url.removeprefix("mailto:")
    return f" ({address})" if safe and label.strip() not in (url, address) else ""


def _script(inside: str, kind: str, before: str, following: Sequence[Token]) -> str:
    """What `<sub>` and `<sup>` enclose; a word is never set in tiny letters."""
    if kind == "sup" and _ORDINAL.fullmatch(inside) and before[-1:].isdigit():
        return inside
    word = len(inside) > 1 and inside.isalpha()
    small = (
        None if word else small_letters(inside, symbols.SUPERSCRIPTS if kind == "sup" else symbols.SUBSCRIPTS)
    )
    if small is not None:
        return small
    after = following[0].content[:1] if following and following[0].type == "text" else ""
    mark = "^" if kind == "sup" else "_"
    bare = inside.isalnum() and not after.isalnum()
    return mark + (inside if bare else f"{{{inside}}}")
