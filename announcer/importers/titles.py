"""What a title line means: `{series}: {title}, {speaker} ({affiliation})` read backwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from announcer.importers.contract import UnexplainedError
from announcer.importers.findings import Findings

PARTS = ("series", "title", "speaker", "affiliation", "other")
OFFERED = (
    "title",
    "speaker",
    "{speaker}: {title}",
    "{title}, {speaker} ({affiliation})",
    "{series}: {speaker}",
    "{series}: {title}",
)
"""What a person can choose from; any other pattern can be typed."""
_BALANCED = r"(?:[^()]|\((?:[^()]|\([^()]*\))*\))"
_INSIDE = {
    "series": r"[^:]+?",
    "title": rf"{_BALANCED}+",
    "speaker": r"[^,():]+",
    "affiliation": rf"{_BALANCED}+",
    "other": r".*?",
}


def as_pattern(text: str) -> str:
    """`title` and `speaker` alone are patterns too."""
    return f"{{{text.strip()}}}" if text.strip() in PARTS else text.strip()


@lru_cache(maxsize=32)
def compiled(pattern: str) -> re.Pattern[str]:
    """The expression of a pattern. Raises UnexplainedError for one that names nothing known, or twice."""
    names = re.findall(r"\{([^{}]*)\}", as_pattern(pattern))
    if (
        not names
        or set(names) - set(PARTS)
        or len(set(names)) < len(names)
        or not {"title", "speaker"} & set(names)
    ):
        raise UnexplainedError(
            code="bad-summary",
            place=f"summary: {pattern}",
            message="this does not say what a title line means",
            hint="write title, speaker, or the parts in braces with what stands between them, like "
            f'"{{speaker}}: {{title}}"; the parts are {", ".join(PARTS)}, each once',
        )
    made = []
    for piece in re.split(r"(\{[^{}]*\})", as_pattern(pattern)):
        if piece.startswith("{"):
            name = piece[1:-1]
            inside = rf"{_BALANCED}+" if len(names) == 1 else _INSIDE[name]
            made.append(f"(?P<{name}>{inside})")
        else:
            made.append(_between(piece))
    return re.compile("".join(made), re.DOTALL)


def _between(text: str) -> str:
    """The marks between two parts: any number of blanks, and quotes and dashes of any kind."""
    made = re.sub(r"(?:\\ )+", r"\\s+", re.escape(text))
    made = re.sub(r"\\?[\"“”„«»]", '["“”„«»]', made)
    made = re.sub(r"\\?[-–—]", "[-–—]", made)
    return re.sub(r"^(?:\\s\+)?([:,;])", r"\\s*\1", made)


def parts_of(line: str, pattern: str) -> dict[str, str] | None:
    """The parts of a line; None where it is not of this form. Raises UnexplainedError for a bad pattern."""
    match = compiled(pattern).fullmatch(" ".join(line.split()))
    if match is None:
        return None
    return {name: text.strip() for name, text in match.groupdict().items() if text and text.strip()}


def read_summary(findings: Findings, line: str, pattern: str, origin: str) -> str | None:
    """Puts a line's parts into what is found; what the line calls its series is returned."""
    parts = parts_of(line, pattern)
    if parts is None:
        findings.put("title", line, origin)
        findings.say(
            "other-form", f'"{line}" is not of the form "{pattern}": all of it was taken for the title'
        )
        return None
    if title := parts.get("title"):
        findings.put("title", title.strip('"“”„«»'), origin)
    if speaker := parts.get("speaker"):
        findings.speaker(speaker, origin, affiliation=parts.get("affiliation"))
    return parts.get("series")


def fitting_patterns(lines: Sequence[str]) -> list[str]:
    """The patterns to choose from, those that fit every example first."""
    fits = [pattern for pattern in OFFERED if all(parts_of(line, pattern) is not None for line in lines)]
    return [*fits, *(pattern for pattern in OFFERED if pattern not in fits)]
