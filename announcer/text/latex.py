"""Where LaTeX stands in people's words: maths in its delimiters, and accents outside of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape

from announcer.text.maths import render_maths
from announcer.text.prose import Prose, one_line


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A piece of LaTeX in a text."""

    source: str
    """With its delimiters."""
    latex: str
    """Without them."""
    display: bool
    """Whether it stands on a line of its own."""
    end: int
    """Where the text goes on."""


_PAIRS = (
    # pandoc's rule, and not `$HOME/$USER`: two names in capitals are a shell's variables.
    (
        re.compile(
            r"\$(?!\$)(?![A-Z_]{2,}[/:.]\$\w)(?P<in>(?:[^$\\\s]|\\[^\n])(?:(?:[^$\\]|\\.)*?(?:[^$\\\s]|\\[^\s]))?)\$(?!\d)",
            re.S,
        ),
        False,
    ),
    (re.compile(r"\$\$(?P<in>(?:[^$\\]|\\.)+?)\$\$", re.S), True),
    (re.compile(r"\\\((?P<in>.+?)\\\)", re.S), False),
    (re.compile(r"\\\[(?P<in>.+?)\\\]", re.S), True),
    (
        re.compile(
            r"\\begin\{(?P<env>equation|align|gather|multline|eqnarray|displaymath|math)(?P<star>\*?)\}(?P<in>.+?)\\end\{(?P=env)(?P=star)\}",
            re.S,
        ),
        True,
    ),
    (re.compile(r"(?P<in>\\begin\{(?P<env>[a-z]*matrix|cases|array)\}.+?\\end\{(?P=env)\})", re.S), True),
)


def maths_at(text: str, at: int) -> Found | None:
    """The maths that begins at that place of the text: `$..$` by pandoc's rule, `$$..$$`, `\\(..\\)`,
    `\\[..\\]` or an environment; None where there is none, or where a paragraph would end within it."""
    if text[at] not in "$\\":
        return None
    for pattern, display in _PAIRS:
        match = pattern.match(text, at)
        if match and "\n\n" not in match[0] and match["in"].strip():
            display = display and match.groupdict().get("env") != "math"
            return Found(source=match[0], latex=match["in"].strip(), display=display, end=match.end())
    return None


_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
}  # fmt: skip
_LETTER = r"\\?[A-Za-z]"
_ACCENT = re.compile(
    rf"\{{?\\(?:(?P<sign>[`'^~=.\"])\s?(?:\{{(?P<a>{_LETTER})\}}|(?P<b>[A-Za-z]|\\[ij](?![A-Za-z])\s?))"
    rf"|(?P<name>[uvHcdbrk])(?:\{{(?P<c>{_LETTER})\}}|\s(?P<d>[A-Za-z]))"
    r"|(?P<letter>ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|[oOlLij])(?:\{\}|(?![A-Za-z])\s?))"
)


def accent_at(text: str, at: int) -> tuple[str, int] | None:
    """The accented letter that LaTeX writes at that place (`\\"o`, `{\\'e}`, `\\c{c}`, `\\ss`), and where
    the text goes on; None where there is none."""
    if text[at] not in "\\{":
        return None
    match = _ACCENT.match(text, at)
    if match is None:
        return None
    end = match.end()
    if match[0].startswith("{"):
        if text[end : end + 1] != "}":
            return None
        end += 1
    if match["letter"]:
        return _LETTERS[match["letter"]], end
    base = next(match[group] for group in "abcd" if match[group]).strip("\\ ")
    return unicodedata.normalize("NFC", base + _MARKS[match["sign"] or match["name"]]), end


_ESCAPED = frozenset("$%&#_{}\\")


def titled(text: str) -> Prose:
    """A title: one line of words with maths and LaTeX accents, without Markdown."""
    line = one_line(text)
    shown, html, at = [], [], 0
    while at < len(line):
        char = line[at]
        found = maths_at(line, at)
        if found:
            rendered = render_maths(found.latex)
            shown.append(rendered.text if rendered else found.source)
            html.append(rendered.html if rendered else escape(found.source))
            at = found.end
            continue
        accent = accent_at(line, at)
        if accent:
            char, at = accent
        elif char == "\\" and line[at + 1 : at + 2] in _ESCAPED and at + 1 < len(line):
            char, at = line[at + 1], at + 2
        else:
            at += 1
        shown.append(char)
        html.append(escape(char))
    return Prose(one_line("".join(shown)), one_line("".join(html)))
