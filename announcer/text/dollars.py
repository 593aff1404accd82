"""Within step 2: whether what stands between two dollars is maths, or money, or a shell's."""

from __future__ import annotations

import re

_STRONG = re.compile(r"[\\^_=<>]")
_WORD = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{4,}")
_LETTERS = re.compile(r"[^\W\d_](?:\s*[,;]\s*[^\W\d_])*")
_GREEK = "\u0370-\u03ff"
_SIGNS = re.compile(
    rf"(?=.*[A-Za-z{_GREEK}])[A-Za-z0-9(\[|{_GREEK}][A-Za-z0-9()\[\]|,.;:+*/!'\s{_GREEK}\u2190-\u22ff-]*"
    rf"[A-Za-z0-9)\]|'{_GREEK}-]",
    re.DOTALL,
)
_COMPOUND = re.compile(r"[A-Za-z]{1,4}-")
"""The beginning of `$ abc-$conjecture`."""
_MULTIPLE = re.compile(r"\d+[ac-jln-z]\s*[-+*/]")
"""What is no amount: `40n + 27`; `40k` and `5m` are."""
_TWO_LETTERS = re.compile(r"[A-Za-z]{2}")
_CURRENCY = re.compile(r"\s(?:US|CA?|AU?|NZ|HK|S|R)$")
"""What stands before the next amount's dollar: `$10 or US$ 12`."""
_SENTENCE = re.compile(r"[,.;:]\s")
"""What goes on behind an amount: `5$, or US$ 6`."""
SHELL = re.compile(r"[A-Z_]{2,}[/:.]\$\w")
"""A shell's variable behind a path."""


def is_formula(inside: str, after: str) -> bool:
    """Whether what stands between two dollars is maths: pandoc's rule, or what is maths by its signs."""
    strong = _STRONG.search(inside)
    content = inside.strip()
    amount = content[0].isdigit() and after.isdigit() and re.search(r"\s|[A-Za-z]{2}", inside)
    if amount and "\\" not in inside:
        return False
    if content[0].isdigit() and _CURRENCY.search(content) and not re.search(r"[\\^_]", content):
        return False
    if inside == content and not after.isdigit():
        return strong is not None or _SENTENCE.match(content) is None
    if content[0].isdigit() and _WORD.search(content):
        return False
    if _COMPOUND.fullmatch(content) and after.isalpha():
        return True
    single = content in "+-" or _LETTERS.fullmatch(content) is not None
    if not after.isdigit() and _SIGNS.fullmatch(content) and not _TWO_LETTERS.search(content):
        apart = inside[0].isspace() and inside[-1].isspace()
        single = single or apart or not content[0].isdigit() or _MULTIPLE.match(content) is not None
    return single or (strong is not None and ("\\" in content or not _WORD.search(content)))
