"""A page with style sheets -> the same page with its styles on its elements, as mail clients need it.

premailer decides, and what it decides depends on a page's elements and style sheets, not on its words: a
page of a structure that was seen before gets its styles from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from lxml import etree

_ONE_AT_A_TIME = Lock()
"""premailer's bytes differ when two threads use it at once."""
_DEPRECATED = ["align", "valign", "bgcolor", "width", "height"]
_DECIDING = ("class", "style", "id", "data-premailer", "media")
"""The attributes on which a style depends, where no selector asks for others."""
_MOST = 64
"""Structures, and style sheets, that are kept; a department's pages have about a dozen."""

Structure = tuple[object, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Styling:
    """What premailer does to a page, each element by its place in it."""

    attributes: tuple[tuple[int, str, str | None], ...]
    """Those that it sets; None where it takes one away."""
    sheets: tuple[tuple[int, str | None], ...]
    """What stays of a style sheet; None where nothing does."""


_known: dict[Structure, Styling] = {}


def inlined(page: str) -> str:
    """The page with the rules of its style sheets inlined; a `<style data-premailer="ignore">` stays.

    Fetches nothing: external style sheets and `@import` are not read.
    """
    page = page.strip()
    tree = etree.fromstring(page, etree.HTMLParser()).getroottree()
    elements = list(tree.iter())
    structure = _structure(elements)
    known = _known.get(structure)
    if known is not None:
        _apply(known, elements)
    else:
        with _ONE_AT_A_TIME:
            made = _decide(tree, elements)
            if made is not None:
                _make_room(_known)
                _known[structure] = made
    whole = tree if page.startswith(tree.docinfo.doctype) else tree.getroot()
    return compact(etree.tostring(whole, method="html", pretty_print=True, encoding="utf-8").decode())


def compact(page: str) -> str:
    """The page without blanks between declarations: list servers count each byte."""
    return _STYLE.sub(lambda style: style[0].replace("; ", ";"), page)


_STYLE = re.compile(r"""\sstyle=(?:"[^"]*"|'[^']*')""")


def _structure(elements: list[Any]) -> Structure:
    """All that premailer's decisions depend on: the elements in order, each with the number of those within
    it, and the style sheets."""
    sheets = tuple(element.text for element in elements if element.tag == "style")
    if any("[" in (sheet or "") for sheet in sheets):
        shape = [(element.tag, len(element), *element.items()) for element in elements]
    else:
        shape = [(element.tag, len(element), *map(element.get, _DECIDING)) for element in elements]
    return (sheets, *shape)


def _apply(styling: Styling, elements: list[Any]) -> None:
    for place, name, value in styling.attributes:
        if value is None:
            del elements[place].attrib[name]
        else:
            elements[place].set(name, value)
    for place, left in styling.sheets:
        if left is None:
            elements[place].getparent().remove(elements[place])
        else:
            elements[place].text = left


def _decide(tree: Any, elements: list[Any]) -> Styling | None:
    """Lets premailer style the page, and says what it did; None where it made an element, as for a page
    without a head."""
    before = [dict(element.attrib) for element in elements]
    sheets = [(place, element.text or "") for place, element in enumerate(elements) if element.tag == "style"]
    _premailer()(tree.getroot(), elements).transform()
    if not set(tree.iter()) <= set(elements):
        return None
    attributes: list[tuple[int, str, str | None]] = []
    for place, (element, had) in enumerate(zip(elements, before, strict=True)):
        has = dict(element.attrib)
        attributes += ((place, name, None) for name in had if name not in has)
        attributes += ((place, name, value) for name, value in has.items() if had.get(name) != value)
    left = [(place, _left_of(elements[place])) for place, _ in sheets]
    changed = (now for now, was in zip(left, sheets, strict=True) if now != was)
    return Styling(attributes=tuple(attributes), sheets=tuple(changed))


def _left_of(sheet: Any) -> str | None:
    return None if sheet.getparent() is None else sheet.text or ""


@cache
def _premailer() -> Callable[..., Any]:
    """Makes premailers. The package is imported where there is something to decide: it takes its time."""
    import logging

    from premailer import Premailer

    read: dict[tuple[str, int], tuple[list[Any], list[Any]]] = {}

    class Local(Premailer):  # type: ignore[misc]
        """Fetches nothing, reads a style sheet once, and looks only for elements that the page has."""

        def __init__(self, root: Any, elements: list[Any]) -> None:
            super().__init__(
                root,
                strip_important=False,
                disable_validation=True,
                allow_network=False,
                allow_loading_external_files=False,
                cssutils_logging_level=logging.CRITICAL,
                disable_basic_attributes=_DEPRECATED,
            )
            self._here = {f".{name}" for element in elements for name in (element.get("class") or "").split()}
            self._here |= {element.tag for element in elements}

        def _parse_style_rules(self, css_body: str | None, ruleset_index: int) -> tuple[list[Any], list[Any]]:
            sheet = css_body or "", ruleset_index
            if sheet not in read:
                _make_room(read)
                read[sheet] = super()._parse_style_rules(without_imports(sheet[0]), ruleset_index)
            rules, leftover = read[sheet]
            return [rule for rule in rules if needs(rule[1]) <= self._here], leftover

    return Local


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= _MOST:
        kept.clear()


_STATEMENT = re.compile(r"@[^{};]*(?:;|(?=\})|\Z)")


def without_imports(sheet: str) -> str:
    """A style sheet without `@import`: premailer's CSS parser would fetch what it names, whatever premailer
    was told of the network."""
    return _STATEMENT.sub("", sheet)


@lru_cache(maxsize=1024)
def needs(selector: str) -> frozenset[str]:
    """The classes and element names that a page must have for the selector to match."""
    if "[" in selector or "(" in selector:
        return frozenset()
    return frozenset(re.findall(r"\.[\w-]+|(?<![\w.#:-])[a-z][a-z0-9]*", selector))
