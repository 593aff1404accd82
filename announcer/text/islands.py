"""Step 2 of reading: maths, addresses and code are cut out before any markup is looked at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from announcer.text.dollars import SHELL, is_formula
from announcer.text.macros import Macro, expanded
from announcer.text.units import QUANTITY, latex_of

Kind = Literal["maths", "display", "address", "mail", "code", "char"]
FIRST = 0xF0000
"""Unicode's private planes: a character from here on stands for an island of the text."""
_LAST = 0x10FFFD
PLACE = "\U000f0000-\U0010fffd"
"""The same, within a regular expression's brackets."""
_LONGEST = 4000
"""Characters of the longest formula that is looked for."""
_MOST = 1000
"""Formulas of one text; what comes after them is left as it is."""
_SHORT = 24
"""Characters of `$$..$$` that stay within their line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Island:
    """A piece of the text that markup does not touch."""

    kind: Kind
    """`display` is maths on a line of its own; `char` is a character of the private planes itself."""
    source: str
    """As it was typed, its line ends folded."""
    content: str
    """LaTeX without its delimiters, an address, code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A text in which one character stands for each island."""

    text: str
    islands: tuple[Island, ...]

    def island(self, char: str) -> Island | None:
        """The island that a character stands for."""
        at = ord(char) - FIRST
        return self.islands[at] if 0 <= at < len(self.islands) else None


_ADDRESS = re.compile(
    r"(?P<url>https?://|mailto:(?=[^\s@]{1,80}@))|(?P<mail>(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"\\[_%#&~]|[^\s<>\"”»“«\\{}|^`。，、（）]")
_CLOSES = {")": "(", "]": "["}
_BLANK_LINE = re.compile(r"\n[ ]*\n")
_STARTS = re.compile(rf"[$\\`]|[{PLACE}]")
_ENVIRONMENT = re.compile(
    r"\\begin\{(?P<env>(?:equation|align|alignat|flalign|gather|multline|eqnarray|dmath|displaymath|math)\*?"
    r"|[a-zA-Z]*matrix|cases|array|aligned|gathered|split)\}"
)
_OWN = re.compile(r"[a-zA-Z]*matrix|cases|array|aligned|gathered|split")
"""Environments that say something themselves: they stay in the formula."""
_QUANTITIES = frozenset("Sqsuna")
"""What siunitx's commands begin with."""


def cut(text: str, macros: Mapping[str, Macro], *, code: bool = True) -> Cut:
    """The islands of a text and what is around them. Without `code` a backtick is a backtick."""
    cutter = _Cutter(text, macros, code)
    made, at = [], 0
    islands: list[Island] = []
    for start, end, island in cutter.cut():
        if len(islands) > _LAST - FIRST:
            break
        made += [text[at:start], chr(FIRST + len(islands))]
        islands.append(island)
        at = end
    return Cut(text="".join(made) + text[at:], islands=tuple(islands))


class _Cutter:
    """One walk over a text. Where things can end is known before, so that nothing is looked for twice."""

    def __init__(self, text: str, macros: Mapping[str, Macro], code: bool) -> None:
        self.text, self.macros, self.code = text, macros, code
        self.breaks = [match.start() for match in _BLANK_LINE.finditer(text)] if "\n" in text else []
        self.addresses = list(_addresses(text)) if "@" in text or "://" in text else []
        self.address_starts = [start for start, _, _ in self.addresses]
        self.dollars: list[int] = []
        self.doubles: list[int] = []
        self.ends: dict[str, list[int]] = {")": [], "]": []}
        self.ticks: list[int] = []
        self.environments: dict[str, int] = {}
        self.formulas = 0
        if "$" in text or "\\" in text or "`" in text:
            self._survey()

    def _survey(self) -> None:
        free = 0
        for match in re.finditer(r"\\(.)|\$\$?|`+", self.text, re.DOTALL):
            at = match.start()
            while free < len(self.addresses) and self.addresses[free][1] <= at:
                free += 1
            if free < len(self.addresses) and self.addresses[free][0] <= at:
                continue
            if match[1]:
                if match[1] in self.ends:
                    self.ends[match[1]].append(at)
            elif match[0] == "$":
                self.dollars.append(at)
            elif match[0] == "$$":
                self.doubles.append(at)
            elif match[0] == "`":
                self.ticks.append(at)

    def cut(self) -> Iterator[tuple[int, int, Island]]:
        """The islands in their order, with where they begin and end."""
        text, at, number = self.text, 0, 0
        while True:
            while number < len(self.addresses) and self.addresses[number][0] < at:
                number += 1
            limit = self.addresses[number][0] if number < len(self.addresses) else len(text)
            match = _STARTS.search(text, at, limit)
            if match is None:
                if number >= len(self.addresses):
                    return
                start, at, island = self.addresses[number]
                yield start, at, island
                continue
            end_and_island = self._at(match.start(), match[0])
            if end_and_island is None:
                double = match[0] == "\\" or text.startswith("$$", match.start())
                at = match.start() + (2 if double else 1)
                continue
            at, island = end_and_island
            yield match.start(), at, island

    def _paragraph_end(self, at: int) -> int:
        number = bisect_left(self.breaks, at)
        end = self.breaks[number] if number < len(self.breaks) else len(self.text)
        return min(end, at + _LONGEST)

    def _next(self, places: list[int], at: int) -> int | None:
        """The first of these places from there on, within the paragraph."""
        number = bisect_left(places, at)
        if number == len(places) or places[number] >= self._paragraph_end(at):
            return None
        return places[number]

    def _at(self, at: int, mark: str) -> tuple[int, Island] | None:
        text = self.text
        if mark in "$\\" and self.formulas >= _MOST:
            return None
        if mark == "$":
            return self._double(at) if text.startswith("$$", at) else self._dollar(at)
        if mark == "`":
            return self._code(at)
        if mark != "\\":
            return at + 1, Island(kind="char", source=mark, content=mark)
        follows = text[at + 1 : at + 2]
        if follows in ("(", "["):
            end = self._next(self.ends[{"(": ")", "[": "]"}[follows]], at + 2)
            if end is None or not text[at + 2 : end].strip():
                return None
            display = follows == "[" and self._stands_out(at, end + 2, text[at + 2 : end])
            return end + 2, self._maths(at, end + 2, text[at + 2 : end], display=display)
        if text.startswith("\\begin{", at):
            return self._environment(at)
        if follows in _QUANTITIES and (quantity := self._quantity(at)):
            return quantity
        return self._address_command(at) if follows in ("u", "h") else None

    def _maths(self, start: int, end: int, latex: str, *, display: bool) -> Island:
        source, latex = (" ".join(piece.split()) for piece in (self.text[start:end], latex))
        if latex.endswith("-") and self.text[end : end + 1].isalpha():  # `$p-$adic`: no minus
            latex = latex[:-1] + r"\text{-}"
        kind: Kind = "display" if display else "maths"
        self.formulas += 1
        latex = expanded(latex, self.macros)
        if "\\" in latex:
            latex = QUANTITY.sub(lambda quantity: latex_of(quantity) or quantity[0], latex)
        return Island(kind=kind, source=source, content=latex)

    def _double(self, at: int) -> tuple[int, Island] | None:
        end = self._next(self.doubles, at + 2)
        if end is None or not self.text[at + 2 : end].strip():
            return None
        latex = self.text[at + 2 : end]
        return end + 2, self._maths(at, end + 2, latex, display=self._stands_out(at, end + 2, latex))

    def _stands_out(self, start: int, end: int, latex: str) -> bool:
        """Whether a display formula gets a line of its own; a short one within a sentence does not."""
        alone = not self._beside(start, end).strip(" \n.,;:")
        return alone or len(" ".join(latex.split())) > _SHORT or "\\\\" in latex

    def _beside(self, start: int, end: int) -> str:
        """A little of what the paragraph says around a formula."""
        before = self.text[max(0, start - 200) : start].rpartition("\n\n")[2]
        return before + self.text[end : min(self._paragraph_end(end), end + 200)]

    def _dollar(self, at: int) -> tuple[int, Island] | None:
        text = self.text
        if SHELL.match(text, at + 1):
            return None
        end = self._next(self.dollars, at + 1)
        double = self._next(self.doubles, at + 1)  # `$p$$+$$p$`: the end of one and the beginning of another
        if double is not None and (end is None or double < end):
            end = double
        for _ in range(3):  # a dollar in \text{if $x>0$} closes nothing
            if end is None:
                return None
            inside = text[at + 1 : end]
            if "{" not in inside or inside.count("{") - inside.count("\\{") <= inside.count(
                "}"
            ) - inside.count("\\}"):
                break
            end = self._next(self.dollars, end + 1)
        else:
            return None
        if not inside.strip() or not is_formula(inside, text[end + 1 : end + 2]):
            return None
        return end + 1, self._maths(at, end + 1, inside.strip(), display=False)

    def _environment(self, at: int) -> tuple[int, Island] | None:
        match = _ENVIRONMENT.match(self.text, at)
        if match is None:
            return None
        closing = f"\\end{{{match['env']}}}"
        end = self.environments.get(closing, 0)
        if 0 <= end < match.end():
            end = self.environments[closing] = self.text.find(closing, match.end())
        if end < 0 or end - at > _LONGEST:
            return None
        after = end + len(closing)
        latex = self.text[at:after] if _OWN.fullmatch(match["env"]) else self.text[match.end() : end]
        latex = re.sub(r"^\s*\{[^{}]*\}", "", latex) if match["env"].startswith("alignat") else latex
        if not latex.strip():
            return None
        return after, self._maths(at, after, latex.strip(), display=match["env"] != "math")

    def _quantity(self, at: int) -> tuple[int, Island] | None:
        """siunitx's `\\SI{3}{\\micro\\metre}` between words."""
        match = QUANTITY.match(self.text, at)
        latex = latex_of(match) if match and match.end() - at < _LONGEST else None
        if match is None or not latex:
            return None
        return match.end(), self._maths(at, match.end(), latex, display=False)

    def _code(self, at: int) -> tuple[int, Island] | None:
        """Code between two backticks, where no apostrophe makes TeX's quotation marks of them."""
        number = bisect_left(self.ticks, at)
        if not self.code or number == len(self.ticks) or self.ticks[number] != at:
            return None
        end = self._next(self.ticks, at + 1)
        inside = self.text[at + 1 : end] if end is not None else ""
        if end is None or not inside.strip() or "'" in inside or "’" in inside:
            return None
        return end + 1, Island(kind="code", source=self.text[at : end + 1], content=" ".join(inside.split()))

    def _address_command(self, at: int) -> tuple[int, Island] | None:
        """`\\url{...}`; and the first argument of `\\href{...}{...}`, which the next step makes a link of."""
        match = re.compile(r"\\(url|href)\s*\{\s*([^\s{}]+)\s*\}").match(self.text, at)
        if match is None:
            return None
        target = re.sub(r"\\([_%#&~])", r"\1", match[2])
        island = Island(kind="address", source=match[0], content=target)
        return (match.end(), island) if match[1] == "url" else None


def _addresses(text: str) -> Iterator[tuple[int, int, Island]]:
    """Web and mail addresses, exactly as they were typed but for TeX's backslashes."""
    at = 0
    while match := _ADDRESS.search(text, at):
        at = match.end()
        if match["mail"]:
            yield match.start(), at, Island(kind="mail", source=match[0], content=match[0])
            continue
        end = _address_end(text, at, text[match.start() - 1 : match.start()])
        if end > at:
            typed = text[match.start() : end]
            content = re.sub(r"\\([_%#&~])", r"\1", typed)
            kind: Kind = "mail" if content[:7].lower() == "mailto:" else "address"
            yield match.start(), end, Island(kind=kind, source=typed, content=content)
            at = end


def _address_end(text: str, at: int, before: str) -> int:
    """Where an address ends: not with a full stop, nor with a bracket or mark that opened before it."""
    begin, open_brackets = at, {"(": 0, "[": 0}
    while step := _IN_ADDRESS.match(text, at):
        char = step[0]
        if char in open_brackets:
            open_brackets[char] += 1
        elif char in _CLOSES:
            if open_brackets[_CLOSES[char]] == 0:
                break
            open_brackets[_CLOSES[char]] -= 1
        at = step.end()
    while at > begin and (text[at - 1] in ".,;:!?'’*" or (text[at - 1] == before and before in "_$")):
        at -= 1
    return at
