"""The elements of a formula in MathML Core, by a walk over pylatexenc's tree; none where one is unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from announcer.text import symbols
from announcer.text.formulas import parsed
from announcer.text.maths_commands import BRACKETS

_ABOVE = {
    "hat": "^", "widehat": "^", "bar": "¯", "overline": "‾", "tilde": "~", "widetilde": "~", "vec": "→",
    "dot": "˙", "ddot": "¨", "check": "ˇ", "breve": "˘", "acute": "´", "grave": "`", "mathring": "˚",
}  # fmt: skip
"""Accents by their names, as characters that stand alone."""
_FRACTIONS = frozenset(["frac", "tfrac", "dfrac", "cfrac"])
_LIMITS = frozenset(["lim", "limsup", "liminf", "max", "min", "sup", "inf", "argmax", "argmin", "det", "gcd"])

"""Functions with their scripts below and above them in a display equation."""
_INTEGRALS = frozenset("∫∬∭∮∯∰⨌")
_BARS = frozenset("|‖")
_FENCES = frozenset("()[]{}|‖⟨⟩⌊⌋⌈⌉")


class _UnknownError(Exception):
    """The formula has something that is not written here."""


def elements(latex: str) -> str | None:
    """A formula's elements, without the `<math>` around them."""
    try:
        return _row(parsed(latex), "ITALIC")
    except (_UnknownError, RecursionError):
        return None


def letters_of(made: str) -> str:
    """What stands in the elements; an accent is not among it, as it is none of the text's letters."""
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r'<mo class="accent"[^>]*>[^<]*</mo>', "", made)))


class _Tokens:
    """The pieces of a group, one after the other."""

    def __init__(self, nodes: Sequence[Any]) -> None:
        from pylatexenc.latexwalker import LatexCharsNode, LatexCommentNode

        self.left: list[Any] = []
        for node in nodes:
            if isinstance(node, LatexCharsNode):
                self.left += re.findall(r"\d+(?:\.\d+)?|.", re.sub(r"\s+", " ", node.chars), re.DOTALL)
            elif node is not None and not isinstance(node, LatexCommentNode):
                self.left.append(node)

    def next(self) -> Any:
        """The next one. Raises _UnknownError where there is none."""
        if not self.left:
            raise _UnknownError
        return self.left.pop(0)

    def skip_blanks(self) -> None:
        """Leaves the blanks out that come next."""
        while self.left and isinstance(self.left[0], str) and self.left[0] == " ":
            self.left.pop(0)


@dataclass(slots=True)
class _Element:
    """An element with its scripts."""

    base: str
    low: str = ""
    high: str = ""

    def __str__(self) -> str:
        """As it is written; beside the base, or below and above it."""
        if not self.low and not self.high:
            return self.base
        names = ("under", "over") if _has_limits(self.base) else ("sub", "sup")
        name = f"m{names[0] if self.low else ''}{names[1] if self.high else ''}"
        return f"<{name}>{self.base}{self.low}{self.high}</{name}>"

    def add(self, script: str, *, raised: bool) -> None:
        """Gives it a script. Raises _UnknownError where it has one of that kind."""
        if self.high if raised else self.low:
            raise _UnknownError
        if raised:
            self.high = script
        else:
            self.low = script


def _row(nodes: Sequence[Any], font: str) -> str:
    """The elements of a group, scripts at their bases."""
    tokens = _Tokens(nodes)
    made: list[_Element] = []
    while tokens.left:
        node = tokens.next()
        if isinstance(node, str) and node in "^_":
            tokens.skip_blanks()
            script = _group(_element(tokens.next(), tokens, font))
            made = made or [_Element("<mrow></mrow>")]
            made[-1].add(script, raised=node == "^")
        elif _name(node) in symbols.DECLARATIONS:
            font = symbols.FONTS[_name(node)]
        else:
            element = _element(node, tokens, font)
            if element in _BINARY and (not made or _expects(made[-1].base)):
                element = element.replace("<mo>", '<mo form="prefix">')
            made += [_Element(element)] if element else []
    return _UPRIGHT.sub(lambda run: f"<mi>{letters_of(run[0])}</mi>", "".join(map(str, made)))


_BINARY = frozenset(["<mo>−</mo>", "<mo>+</mo>", "<mo>±</mo>", "<mo>∓</mo>"])


def _expects(before: str) -> bool:
    """Whether what follows these elements has nothing on its left: it is a sign, not an operation."""
    last = re.search(r"<mo\b[^>]*>([^<]*)</mo>$", before)
    return last is not None and unescape(last[1]) not in ")]}|‖⟩⌋⌉!"


_UPRIGHT = re.compile(r'(?:<mi mathvariant="normal">[A-Za-z]</mi>){2,}')
"""The letters of a word, which are one name."""


def _has_limits(base: str) -> bool:
    words = letters_of(base)
    is_big = base.startswith('<mo class="big"')
    return (is_big and words not in _INTEGRALS) or (base.startswith("<mi>") and words in _LIMITS)


def _group(inside: str) -> str:
    """One element, whatever is in it."""
    is_one = re.fullmatch(r"<(mi|mn|mo)\b[^>]*>[^<]*</\1>|<mrow>(?:(?!</?mrow>).)*</mrow>", inside)
    return inside if is_one else f"<mrow>{inside}</mrow>"


def _element(token: Any, tokens: _Tokens, font: str) -> str:
    if isinstance(token, str):
        return _character(token, font)
    if _name(token):
        return _macro(token, tokens, font)
    if hasattr(token, "specials_chars"):
        if token.specials_chars not in _SPECIALS:
            raise _UnknownError
        return _SPECIALS[token.specials_chars]
    if hasattr(token, "environmentname") or getattr(token, "delimiters", ("",))[0] not in ("{", ""):
        raise _UnknownError
    return f"<mrow>{_row(token.nodelist, font)}</mrow>"


def _name(token: Any) -> str:
    return getattr(token, "macroname", "") or ""


_SPECIALS = {"~": '<mspace width="0.33em"></mspace>', "''": "<mi>″</mi>"}
_SIGNS = {"-": "−", "*": "∗", "'": "′"}


def _character(char: str, font: str) -> str:
    if char == " ":
        return ""
    if char[0].isdigit():
        return f"<mn>{''.join(_lettered(digit, font) for digit in char)}</mn>"
    if char.isalpha():
        return _letter(char, font)
    shown = _SIGNS.get(char, char)
    if char == "'":
        return f"<mi>{shown}</mi>"
    return _operator(shown)


def _operator(shown: str, *, kind: str = "") -> str:
    """A sign; a bracket or a bar as high as the letters, where nobody asked for more."""
    still = ' stretchy="false"' if shown in _FENCES else ""
    if shown in _BARS:  # nothing says whether it opens or closes
        still += ' lspace="0em" rspace="0em"'
    named = f' class="{kind}"' if kind else ""
    return f"<mo{named}{still}>{escape(shown)}</mo>"


def _letter(char: str, font: str) -> str:
    shown = _lettered(char, font)
    slanted = font == "ITALIC" and not ("Α" <= char <= "Ω") and char < "℀"
    upright = shown == char and not slanted
    return f'<mi mathvariant="normal">{shown}</mi>' if upright else f"<mi>{shown}</mi>"


def _lettered(char: str, font: str) -> str:
    if font in ("BOLD", "SCRIPT", "DOUBLE-STRUCK", "FRAKTUR"):
        return symbols.lettered(char, font) or char
    return char


def _space(width: str) -> str:
    return f'<mspace width="{width}"></mspace>'


def _macro(token: Any, tokens: _Tokens, font: str) -> str:
    name = _name(token)
    if name in symbols.ATOMS:
        return _letter(symbols.ATOMS[name], font)
    if name in symbols.BIG:
        return _operator(symbols.BIG[name], kind="big")
    for table in (symbols.OPERATORS, symbols.OPENING, symbols.CLOSING):
        if name in table:
            return _operator(table[name])
    if name in symbols.FUNCTIONS:
        return f"<mi>{symbols.SPELLED.get(name, name)}</mi>{_APPLIED if _applies(tokens) else ''}"
    if name in ("left", "right"):
        return _fence(tokens)
    if name in symbols.NOTHING:
        return ""
    if name in symbols.NARROW_SPACES:
        return _space("0.17em")
    if name in symbols.WIDE_SPACES and not name.startswith("hspace"):
        return _space("1em")
    return _with_arguments(token, tokens, font)


_APPLIED = "<mo>\u2061</mo>"
"""Applies a function: a narrow blank before its argument."""


def _applies(tokens: _Tokens) -> bool:
    tokens.skip_blanks()
    following = tokens.left[0] if tokens.left else "^"
    return not (isinstance(following, str) and following in "^_)],.;")


def _fence(tokens: _Tokens) -> str:
    """What follows `\\left` or `\\right`: a bracket that grows with what it holds."""
    tokens.skip_blanks()
    sign = tokens.next()
    if isinstance(sign, str) and sign == ".":
        return ""
    shown = sign if isinstance(sign, str) else None
    for table in (symbols.OPENING, symbols.CLOSING, symbols.OPERATORS):
        shown = shown or table.get(_name(sign))
    if shown is None or shown not in _FENCES:
        raise _UnknownError
    return f'<mo stretchy="true" fence="true">{escape(shown)}</mo>'


def _with_arguments(token: Any, tokens: _Tokens, font: str) -> str:
    """A macro with arguments: those that pylatexenc has read, else those that follow."""
    name = _name(token)
    read = [node for node in (getattr(token.nodeargd, "argnlist", None) or []) if node is not None]

    if name in symbols.WORDS:
        return _sentence(read.pop(0) if read else tokens.next())

    def take(font: str) -> str:
        if read:
            node = read.pop(0)
            return f"<mrow>{_row(getattr(node, 'nodelist', None) or [node], font)}</mrow>"
        tokens.skip_blanks()
        return _group(_element(tokens.next(), tokens, font))

    if name in _FRACTIONS:
        return f"<mfrac>{take(font)}{take(font)}</mfrac>"
    if name == "sqrt":
        degree = take(font) if len(read) == 2 else ""
        inside = take(font)
        return f"<mroot>{inside}{degree}</mroot>" if degree else f"<msqrt>{inside}</msqrt>"
    if name in _ABOVE:
        accent = f'<mo class="accent" stretchy="{"true" if name in _WIDE else "false"}">{_ABOVE[name]}</mo>'
        return f'<mover accent="true">{take(font)}{accent}</mover>'
    if name in BRACKETS:
        left, right = BRACKETS[name]
        return f"<mrow>{_operator(left)}{take(font)}{_operator(right)}</mrow>"
    if name in symbols.FONTS:
        return _in_font(name, take)
    raise _UnknownError


_WIDE = frozenset(["widehat", "overline", "widetilde"])


def _in_font(name: str, take: Callable[[str], str]) -> str:
    font = symbols.FONTS[name]
    inside = take(font)
    word = letters_of(inside)
    is_name = font == "UPRIGHT" and word.isalpha() and len(word) > 1
    return f"<mi>{word}</mi>" if is_name else inside


def _sentence(group: Any) -> str:
    """Words within a formula, where they are nothing but words."""
    from pylatexenc.latexwalker import LatexCharsNode

    nodes = getattr(group, "nodelist", None) or []
    if not nodes or not all(isinstance(node, LatexCharsNode) for node in nodes):
        raise _UnknownError
    words = re.sub(r"\s+", "\u00a0", "".join(node.chars for node in nodes))
    return f"<mtext>{escape(words)}</mtext>"
