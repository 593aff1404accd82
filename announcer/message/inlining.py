"""A page with style sheets -> the same page with its styles on its elements, as mail clients need it."""

from __future__ import annotations

import re
from threading import Lock

_ONE_AT_A_TIME = Lock()
"""premailer's bytes differ when two threads use it at once."""
_DEPRECATED = ["align", "valign", "bgcolor", "width", "height"]


def inlined(page: str) -> str:
    """The page with the rules of its style sheets inlined; a `<style data-premailer="ignore">` stays.

    Fetches nothing: external style sheets are not read.
    """
    import logging

    from premailer import Premailer

    with _ONE_AT_A_TIME:
        made = Premailer(
            without_idle_rules(without_imports(page)),
            strip_important=False,
            disable_validation=True,
            allow_network=False,
            allow_loading_external_files=False,
            cssutils_logging_level=logging.CRITICAL,
            disable_basic_attributes=_DEPRECATED,
        ).transform()
    return compact(str(made))


def compact(page: str) -> str:
    """The page without blanks between declarations: list servers count each byte."""
    return _STYLE.sub(lambda style: style[0].replace("; ", ";"), page)


_STYLE = re.compile(r"""\sstyle=(?:"[^"]*"|'[^']*')""")
_READ_SHEETS = re.compile(
    r"(<style\b(?![^>]*data-premailer)[^>]*>)(.*?)(</style>)", re.DOTALL | re.IGNORECASE
)
_STATEMENT = re.compile(r"@[^{};]*(?:;|(?=\})|\Z)")


def without_imports(page: str) -> str:
    """The page without `@import` in the sheets that premailer reads: its CSS parser would fetch them,
    whatever premailer was told of the network."""
    return _READ_SHEETS.sub(lambda sheet: sheet[1] + _STATEMENT.sub("", sheet[2]) + sheet[3], page)


_SHEET = re.compile(r"(?<=<style>)[^<@]*(?=</style>)")
_RULE = re.compile(r"([^{}]*)\{[^{}]*\}")


def without_idle_rules(page: str) -> str:
    """The page without those rules of its first style sheet that no element can match.

    premailer parses each rule anew for each page and would drop these in the end: without them it
    takes half the time, and its result is the same. A sheet with at-rules is left as it is.
    """
    sheet = _SHEET.search(page)
    if sheet is None:
        return page
    outside = page[: sheet.start()] + page[sheet.end() :]
    here = {f".{name}" for names in re.findall(r'class="([^"]*)"', outside) for name in names.split()}
    here |= set(re.findall(r"<([a-z][a-z0-9]*)", outside))

    def kept(rule: re.Match[str]) -> str:
        idle = all(_needs(selector) - here for selector in rule[1].split(","))
        return "" if idle else rule[0]

    return page[: sheet.start()] + _RULE.sub(kept, sheet[0]) + page[sheet.end() :]


def _needs(selector: str) -> set[str]:
    """The classes and element names that a page must have for the selector to match."""
    return set(re.findall(r"\.[\w-]+|(?<![\w.#:\[-])[a-z][a-z0-9]*", selector))
