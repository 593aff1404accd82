"""What stands in a calendar entry's texts: descriptions with labels, and the habits of each program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from announcer.importers.findings import Findings
from announcer.importers.formats.own_entries import PRODUCT, read_entry
from announcer.importers.hypertext import is_html, to_markdown, unescaped
from announcer.importers.labels import labelled
from announcer.importers.people import people_of

if TYPE_CHECKING:
    from icalendar import Component

_LABEL = re.compile(r"\s*\[(?P<label>[^\[\]]{3,30})\]\s*$")
_OFF = re.compile(r"cancel|abgesagt|annul|cancelad|postpone|verschoben", re.IGNORECASE)


def unescaped_value(value: Any) -> str:
    """A property's text; that of an X- property still has its backslashes (RFC 5545 3.3.11)."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = value[0]
    text = str(value)
    if type(value).__name__ == "vUnknown":
        text = re.sub(r"\\([\\;,nN])", lambda match: "\n" if match[1] in "nN" else match[1], text)
    return unescaped(text).strip()


class Dialect:
    """A program's habits; this one has none."""

    summary: str | None = None
    """What its title line means."""
    by_address = False
    """Whether the address is the identity, since the UID is none."""

    def line(self, text: str) -> str:
        """The title line without what is no part of it."""
        return text

    def status(self, event: Component, findings: Findings) -> bool:
        """Whether it says, in its own way, that the talk is off."""
        return False

    def whole(self, event: Component, findings: Findings) -> bool:
        """Whether it says title, speakers and abstract in a way of its own, which is then read."""
        return False


class _Indico(Dialect):
    """`Title [Label]`; the description begins with `Speakers: A (B), C`."""

    summary = "title"

    def line(self, text: str) -> str:
        return _LABEL.sub("", text)

    def status(self, event: Component, findings: Findings) -> bool:
        match = _LABEL.search(unescaped_value(event.get("SUMMARY")))
        return match is not None and _OFF.search(match["label"]) is not None


class _TalksCam(Dialect):
    """`Title by Speaker`; the page is the identity."""

    summary = "{title} by {speaker}"
    by_address = True


class _Pretalx(Dialect):
    """`Title - Speakers`."""

    summary = "{title} - {speaker}"


class _ResearchSeminars(Dialect):
    """The speaker alone; the title is in the description."""

    summary = "speaker"


class _OxTalks(Dialect):
    """A title; cancelled only as a line of the description."""

    summary = "title"

    def status(self, event: Component, findings: Findings) -> bool:
        return (
            re.search(r"(?im)^\s*(?:status:\s*)?cancelled", unescaped_value(event.get("DESCRIPTION")))
            is not None
        )


class _Ours(Dialect):
    """This program's own feeds."""

    summary = "{speaker}: {title}"

    def whole(self, event: Component, findings: Findings) -> bool:
        summary, description = (unescaped_value(event.get(name)) for name in ("SUMMARY", "DESCRIPTION"))
        return read_entry(summary, findings.public_part(description, "abstract", "DESCRIPTION"), findings)


_DIALECTS: Mapping[str, Dialect] = {
    "indico": _Indico(),
    "talks.cam": _TalksCam(),
    "pretalx": _Pretalx(),
    "researchseminars": _ResearchSeminars(),
    "oxtalks": _OxTalks(),
    "talks.ox": _OxTalks(),
    PRODUCT: _Ours(),
}


def dialect_of(product: str) -> Dialect:
    """The habits of the program that calls itself so in PRODID."""
    return next((dialect for name, dialect in _DIALECTS.items() if name in product.casefold()), Dialect())


def put_description(event: Component, findings: Findings) -> None:
    """The description's labelled parts; what is left is the abstract where none is labelled."""
    rich = unescaped_value(event.get("X-ALT-DESC"))
    text = rich if rich and is_html(rich) else unescaped_value(event.get("DESCRIPTION"))
    origin = "X-ALT-DESC" if text == rich and rich else "DESCRIPTION"
    _custom(event, findings)
    if not text:
        return
    put_text(findings, to_markdown(text) if is_html(text) else text, origin)


def put_text(findings: Findings, text: str, origin: str) -> None:
    """A description: its labelled parts, and the rest as the abstract."""
    description = labelled(findings.public_part(text, "description", origin))
    for field, (value, _) in description.parts.items():
        if field == "speaker":
            for name in _speakers(value):
                findings.speaker(name, origin)
        elif field == "host":
            findings.host(value, origin)
        elif not field.startswith("speaker.") and field not in (
            "date",
            "time",
            "end",
            "series",
            "host.email",
        ):
            findings.put(field, _address_alone(value) if field in ("url", "online.url") else value, origin)
    person = {
        field.partition(".")[2]: value
        for field, (value, _) in description.parts.items()
        if field.startswith("speaker.")
    }
    findings.amend_speaker(person, origin)
    rest = re.sub(r"^(?:https?://\S+)\s*$", "", description.rest, flags=re.MULTILINE).strip()
    if rest and not findings.has("abstract"):
        findings.put("abstract", rest, origin)
    elif rest:
        findings.put("notes", rest, origin)


def _address_alone(text: str) -> str:
    match = re.search(r"https?://[^\s<>()\]]+", text)
    return match[0] if match else text


def _speakers(text: str) -> list[str]:
    """`A (B), C (D)`: a comma after a bracket parts two people."""
    return [
        name for part in people_of(text) for name in re.split(r"(?<=\))\s*(?:,|and|und|et)\s+", part) if name
    ]


def _custom(event: Component, findings: Findings) -> None:
    """Trumba's fields of the university's own: `X-TRUMBA-CUSTOMFIELD;NAME="Speaker"`."""
    from announcer.importers.headings import field_of

    own_fields = event.get("X-TRUMBA-CUSTOMFIELD")
    for own_field in own_fields if isinstance(own_fields, list) else [own_fields] if own_fields else []:
        label = str(own_field.params.get("NAME") or "").strip('"')
        field, value = field_of(label), unescaped_value(own_field)
        if field == "speaker":
            findings.speaker(value, f"the field {label}")
        elif field and field.partition(".")[0] not in ("speaker", "date", "time", "end", "id", "status"):
            findings.put(field, value, f"the field {label}")
