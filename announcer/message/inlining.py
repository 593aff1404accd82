"""A page with style sheets -> the same page with its styles on its elements, as mail clients need it."""

from __future__ import annotations

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
            page,
            strip_important=False,
            disable_validation=True,
            allow_network=False,
            allow_loading_external_files=False,
            cssutils_logging_level=logging.CRITICAL,
            disable_basic_attributes=_DEPRECATED,
        ).transform()
    return str(made)
