"""UTF-8 that was once read as Windows-1252: found again, and what it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from announcer.records.linting import LintRemark, rule
from announcer.records.yaml.source import FileText

_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
)


@rule("mojibake", "characters that were saved in another encoding")
def mojibake(source: FileText) -> Iterator[LintRemark[tuple[int, int]]]:
    """The places, line and column from 0, where it was, with what it was."""
    for number, line in enumerate(source.lines if _MOJIBAKE.search(source.text) else ()):
        for match in _MOJIBAKE.finditer(line):
            try:
                meant = match[0].encode("cp1252").decode("utf-8")
            except UnicodeError:
                continue
            yield LintRemark(
                (number, match.start()),
                f'"{match[0]}" looks like "{meant}" that was decoded wrongly',
                f'type "{meant}" instead',
            )
