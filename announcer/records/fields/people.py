"""People as somebody writes them in one line: names, and what stands behind each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from announcer.records.yaml.line_faults import quoted

_BETWEEN = re.compile(r"\s+(?:and|&|und|et)\s+|\s*;\s*")
_NAME = re.compile(r"(?P<name>[^,()]+?)(?P<rest>(?:\s*\([^()]*\)|\s*,\s*[^,()]+)*)\s*,?")
_ASIDE = re.compile(r"\((?P<inside>[^()]*)\)|,\s*(?P<behind>[^,()]+)")
_PRONOUN = r"(?:she|he|they|her|him|them|his|hers|theirs|xe|ze|sie|er|elle|il|ihr|any pronouns)"
_PRONOUNS = re.compile(rf"{_PRONOUN}(?:\s*[/|]\s*{_PRONOUN}){{0,3}}", re.IGNORECASE)
_DEGREES = re.compile(
    r"(?:(?:Jr|Sr|I{2,3}|IV|Ph\.?\s?D|M\.?D|D\.?Sc|M\.?Sc|B\.?Sc|M\.?A|B\.?A|M\.?B\.?A|O\.?B\.?E|C\.?B\.?E|F\.?R\.?S|"
    r"Esq(?:uire)?|D\.?Phil|M\.?Phil|J\.?D|R\.?N|P\.?E|LL\.?M|Dr|Prof|rer\.?\snat)\.?[\s/]*)+",
)
_BORN = re.compile(r"(?:née?|nee|geb(?:oren)?\.?|born|aka|a\.k\.a\.|formerly)\b.*", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"universi|institut|college|school|laborator|\blabs?\b|academy|akademie|hochschule|observator|polytech|"
    r"cent(?:er|re)\b|department|dept|faculty|physics|astronomy|society|hospital|museum|foundation|company|"
    r"\binc\b|gmbh|research|\bof\b|\bthe\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z][A-Z&.-]+[A-Z](?:\s+[A-ZÀ-Þ][\w-]+)?")
_PERSON = re.compile(
    r"(?:(?:Prof|Dr|Mr|Ms|Mrs)\.?\s+)*[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:(?:von|van|der|de|del|di|da|la|le|den|ten|zu|bin)\s+)*"
    r"[A-ZÀ-Þ][\w'’.-]+){1,3}"
)
_LONGEST = 400
"""Characters of a line of names; more is something else."""
_LONG = 4
"""Characters from which on what stands behind a name is an affiliation, however it looks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenPerson:
    """One person of such a line."""

    name: str
    pronouns: str | None = None
    affiliation: str | None = None
    is_reversed: bool = False
    """Whether the last name stood first."""

    def as_yaml(self) -> str:
        """As a file should have it, in one line."""
        if not self.pronouns and not self.affiliation:
            return _scalar(self.name)
        parts = (("name", self.name), ("pronouns", self.pronouns), ("affiliation", self.affiliation))
        return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in parts if value) + "}"


def people(text: str) -> tuple[WrittenPerson, ...]:
    """The people of one line: `Ann Lee and Bob Roe`, `Ada Example (she/her), MIT`, `Ada Example, Max Sample`.

    Where it is not sure that there are several, it is one: `Ada Example, Department of Physics and
    Astronomy`.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return (WrittenPerson(name=text),)
    pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
    if len(pieces) > 1:
        read = [_read(piece) for piece in pieces]
        is_plain = not re.search(r"[,()]", text)
        if is_plain or all(_PERSON.fullmatch(person.name) for several in read for person in several):
            return tuple(person for several in read for person in several)
    return _read(text)


def as_field(several: Iterable[WrittenPerson]) -> str:
    """The line of a talk's file: `speaker: Ada Example`, `speakers: [Ann Lee, Bob Roe]`."""
    written = [person.as_yaml() for person in several]
    return f"speaker: {written[0]}" if len(written) == 1 else f"speakers: [{', '.join(written)}]"


def _read(piece: str) -> tuple[WrittenPerson, ...]:
    """The person of a piece, or several that commas part."""
    match = _NAME.fullmatch(piece.strip())
    if match is None:
        return (WrittenPerson(name=piece.strip()),)
    asides = [(part["inside"] or part["behind"] or "").strip() for part in _ASIDE.finditer(match["rest"])]
    behind = [part["behind"].strip() for part in _ASIDE.finditer(match["rest"]) if part["behind"]]
    name = match["name"].strip()
    if len(behind) == 1 and len(asides) == 1 and _is_first_name(name, behind[0]):
        return (WrittenPerson(name=f"{behind[0]} {name}", is_reversed=True),)
    if behind and len(behind) == len(asides) and all(map(_is_person, (name, *behind))):
        return tuple(WrittenPerson(name=full_name) for full_name in (name, *behind))
    made = WrittenPerson(name=name)
    homes: list[str] = []
    for aside in asides:
        if _PRONOUNS.fullmatch(aside):
            made = replace(made, pronouns=aside)
        elif _DEGREES.fullmatch(aside):
            made = replace(made, name=f"{made.name}, {aside}")
        elif _BORN.fullmatch(aside):
            made = replace(made, name=f"{made.name} ({aside})")
        elif len(aside) >= _LONG or _ACRONYM.fullmatch(aside) or _INSTITUTION.search(aside):
            homes.append(aside)
        else:
            return (WrittenPerson(name=piece.strip()),)
    return (replace(made, affiliation=", ".join(homes) or None),)


def _is_first_name(last: str, first: str) -> bool:
    """Whether a line has the last name first: `Example, Ada`."""
    odd = _DEGREES.fullmatch(first) or _ACRONYM.fullmatch(first) or _INSTITUTION.search(first)
    return re.fullmatch(r"[\w'’-]+", last) is not None and not odd and len(first.split()) <= 2


def _is_person(text: str) -> bool:
    return (
        _PERSON.fullmatch(text) is not None
        and _INSTITUTION.search(text) is None
        and _ACRONYM.fullmatch(text) is None
    )


def _scalar(text: str) -> str:
    """A value that YAML reads as this text within brackets and braces."""
    return text if re.fullmatch(r"[^\W\d_](?:[\w .'’/()-]|&(?=\s))*", text) else quoted(text)
