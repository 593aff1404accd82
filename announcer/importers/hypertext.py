"""HTML -> Markdown as an abstract has it; formulas are kept as they are, everything else is escaped."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAG = re.compile(
    r"</?(?:p|br|a|div|span|b|i|em|strong|u|ul|ol|li|h[1-6]|table|tr|td|sub|sup|font|html-blob|html|body|"
    r"blockquote|pre|code|img)\b[^<>]*>",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+?\$|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_SPECIAL = re.compile(r"([*_`\[\]])")
_BLOCK_NAMES = """
    p div ul ol table tr blockquote pre section article header footer h1 h2 h3 h4 h5 h6 body html-blob dl dt
    dd figure
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_DROPPED = frozenset(("script", "style", "head", "noscript", "template", "svg", "iframe", "form", "nav"))
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}


def is_html(text: str) -> bool:
    """Whether there is a tag in it that people know."""
    return _TAG.search(text) is not None


def unescaped(text: str) -> str:
    """Text whose entities are read once: `&amp;` is `&`, `&nbsp;` a blank."""
    return html.unescape(text).replace("\xa0", " ") if "&" in text else text.replace("\xa0", " ")


def to_markdown(text: str) -> str:
    """The text of HTML: paragraphs, links, lists and stress as Markdown, formulas untouched."""
    from lxml import html as lxml_html
    from lxml.etree import ParserError

    try:
        root = lxml_html.fragment_fromstring(text, create_parent="div")
    except (ParserError, ValueError):
        return unescaped(_TAG.sub("", text)).strip()
    return tidied("".join(_written(root)))


def to_line(text: str) -> str:
    """The text of HTML in one line, without any mark."""
    if not is_html(text):
        return " ".join(unescaped(text).split())
    from lxml import html as lxml_html
    from lxml.etree import ParserError

    try:
        root = lxml_html.fragment_fromstring(text, create_parent="div")
    except (ParserError, ValueError):
        return " ".join(unescaped(_TAG.sub(" ", text)).split())
    return " ".join(str(root.text_content()).replace("\xa0", " ").split())


def tidied(text: str) -> str:
    """Blanks before line ends and more than one empty line taken away."""
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _escaped(text: str) -> str:
    """Text in which only formulas mean more than their letters."""
    text = re.sub(r"\s+", " ", text)
    parts, end = [], 0
    for formula in _FORMULA.finditer(text):
        parts += [_SPECIAL.sub(r"\\\1", text[end : formula.start()]), formula[0]]
        end = formula.end()
    return "".join([*parts, _SPECIAL.sub(r"\\\1", text[end:])])


def _written(element: _Element) -> list[str]:
    name = element.tag if isinstance(element.tag, str) else ""
    if name in _DROPPED or not name:
        return []
    inner = [_escaped(element.text or "")]
    for child in element:
        inner += [*_written(child), _escaped(child.tail or "")]
    if name == "br":
        return ["\n"]
    text = "".join(inner)
    if name == "li":
        return ["\n- ", text.strip(), "\n"]
    if name in _BLOCKS:
        return ["\n\n", text, "\n\n"]
    if name == "a":
        return [_link(text, str(element.get("href") or ""))]
    if (mark := _MARKS.get(name)) and (words := text.strip()) and "\n" not in words:
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return [f"{before}{mark}{words}{mark}{after}"]
    return [text]


def _link(text: str, href: str) -> str:
    label = text.strip()
    if not re.match(r"(?:https?://|mailto:)[^\s()]+$", href):
        return text
    plain = label.replace("\\", "")
    return href if plain in ("", href, href.rstrip("/")) else f"[{label}]({href})"
