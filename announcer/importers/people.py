"""A person as a source writes one, in one line: the name, and where they are from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from announcer.domain.plain import Plain

_INSTITUTION = re.compile(
    r"\b(?:univ\w*\.?|institut\w*|college|école|ecole|escuela|escola|school|hochschule|laborator\w*|labs?|"
    r"observator\w+|academy|akademie|académie|centre|center|zentrum|centro|cnrs|cern|mit|eth|epfl|tu|lmu|kit|ucla|"
    r"caltech|nasa|esa|nist|inria|infn|csic|department|dept\.?|hospital|klinik\w*|foundation|society|gmbh|inc\.?|"
    r"company|max[- ]planck|fraunhofer|helmholtz|google|microsoft|ibm|research|technion)\b",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?:jr|sr|i{2,3}|iv|ph\.?\s?d|m\.?d|d\.?sc|m\.?sc|b\.?sc|o\.?b\.?e|dr|prof)\.?", re.IGNORECASE
)
_BRACKETED = re.compile(r"(?P<name>[^()]+?)\s*\((?P<where>(?:[^()]|\([^()]*\))+)\)\s*")
_LINKED = re.compile(r"(?P<name>[^<>]+?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>")
_CALLED = re.compile(r"^(?:speakers?|by|with|talk by|vortrag von|referentin|referent)\s*:?\s+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who gives a talk, or invites to it."""

    name: str
    more: Mapping[str, str] = field(default_factory=dict)
    """affiliation, email, url, pronouns, bio."""

    def written(self) -> Plain:
        """As a talk's file has them."""
        return {"name": self.name, **self.more} if self.more else self.name

    @property
    def surname(self) -> str:
        """The last word of the name, in small letters."""
        return self.name.split()[-1].casefold()


def person(text: str, more: Mapping[str, str]) -> Person:
    """Reads `Ada Example (Example University)`, `Ada Example, MIT`, `Ada Example <ada@example.edu>`.

    A comma parts name and institution only where what follows is one: `Noether, Emmy` stays.
    """
    details = dict(more)
    text = _CALLED.sub("", text) or text
    if match := _LINKED.fullmatch(text):
        text = match["name"]
        details.setdefault("email", match["email"])
    if match := _BRACKETED.fullmatch(text):
        inside = match["where"].strip()
        if re.search(r"https?://|@", inside) is None and not re.fullmatch(
            r"online|virtual|remote", inside, re.I
        ):
            details.setdefault("affiliation", inside)
            text = match["name"]
    else:
        name, comma, rest = text.partition(",")
        rest = rest.strip()
        if comma and _is_institution(rest) and " " in name.strip():
            details.setdefault("affiliation", rest)
            text = name
    order = ("affiliation", "url", "pronouns", "bio", "email")
    return Person(name=text.strip(" ,;"), more={key: details[key] for key in order if details.get(key)})


def _is_institution(text: str) -> bool:
    if _DEGREE.fullmatch(text):
        return False
    return (
        _INSTITUTION.search(text) is not None
        or re.fullmatch(r"[A-Z][A-Z-]+(?:\s[A-Z]\w+)?", text) is not None
    )


def people_of(text: str) -> list[str]:
    """The people of one line, where marks part them that no name has: `;`, ` / `, ` & `, a line's end."""
    return [name.strip() for name in re.split(r"\s*;\s*|\s+[/&]\s+|\n+", text) if name.strip()]
