"""Labels at line starts (`Title:`, `Vortragende:`, `Où :`) -> a letter's or description's parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from announcer.importers.headings import field_of
from announcer.languages.vocabularies import VOCABULARIES

_LABEL = re.compile(
    r"^\s*(?:[*_#>-]+\s*)?(?P<label>[^\W\d][^:：\n]{0,40}?)\s*[*_]{0,2}\s*[:：]\s*[*_]{0,2}\s*(?P<rest>.*)$"
)
_GLUED = re.compile(
    r"(?<=[a-z.)\]0-9])(?P<label>Abstract|Title|Speaker|Bio|Biography|Host|Location)(?=:|(?=[A-Z]))(?::\s*)?"
)
_ONLY_IN_LABELS = frozenset(("id", "timestamp", "ignore", "status", "links", "duration", "weekday"))
_PROSE = frozenset(("abstract", "speaker.bio", "notes"))


@dataclass(kw_only=True, slots=True)
class Labelled:
    """A text in its parts."""

    parts: dict[str, tuple[str, int]] = field(default_factory=dict)
    """By field: what stands behind its label, and its line from 1."""
    rest: str = ""
    """What stands behind no label."""


def labelled(text: str) -> Labelled:
    """The parts of a text. A label that is glued to the line before it is cut off first."""
    made = Labelled()
    text = _unglued(text)
    current: str | None = None
    lines: dict[str, list[str]] = {}
    rest: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LABEL.match(line)
        name = field_of(match["label"]) if match else _alone(line)
        if name is not None and name not in _ONLY_IN_LABELS and name not in made.parts:
            behind = match["rest"] if match else ""
            if not behind.startswith("//"):
                current = name
                made.parts[name] = ("", number)
                lines[name] = [behind]
                continue
        if current is not None and (current in _PROSE or (line.strip() and not any(lines[current]))):
            lines[current].append(line)
            continue
        if current is not None and current not in _PROSE and not line.strip():
            current = None if any(lines[current]) else current
        rest.append(line)
    made.parts = {
        name: ("\n".join(lines[name]).strip().strip("*_ "), number)
        for name, (_, number) in made.parts.items()
        if any(line.strip() for line in lines[name])
    }
    made.rest = "\n".join(rest).strip()
    return made


def _alone(line: str) -> str | None:
    """A label that is all of its line: `Abstract`, `**Kurzbiographie**`."""
    plain = line.strip(" \t*_#")
    if not plain or len(plain) > 24 or plain.casefold() not in _SOLE:
        return None
    return field_of(plain)


_SOLE = frozenset(word for vocabulary in VOCABULARIES.values() for word in vocabulary.sole.split())


def _unglued(text: str) -> str:
    """`…codesAbstract: …`, `AbstractWe study`: a system that dropped the tags left no blank."""
    text = _GLUED.sub(lambda match: f"\n{match['label']}: ", text)
    return re.sub(r"(?m)^(Abstract|Bio|Biography)(?=[A-Z][a-z])", r"\1: ", text)
