"""What a person takes along of a message: it and its parts as files."""

from __future__ import annotations

from announcer.message import Message
from announcer.preview import mime_parts
from announcer.service.selection import Selection

FILES = {
    "message.eml": ("eml", "message/rfc822"),
    "draft.eml": ("eml", "message/rfc822"),
    "message.html": ("html", "text/html; charset=utf-8"),
    "message.txt": ("txt", "text/plain; charset=utf-8"),
    "talk.ics": ("ics", "text/calendar; charset=utf-8"),
}
"""What can be taken along, with its media type."""


def download(message: Message, name: str) -> bytes | None:
    """The bytes of one of FILES; None where the message has no such part or the name is another."""
    return {
        "message.eml": message.data,
        "draft.eml": mime_parts.unsent(message.data),
        "message.html": message.html.encode() if message.html is not None else None,
        "message.txt": message.text.encode(),
        "talk.ics": message.calendar,
    }.get(name)


def file_name(selection: Selection, name: str) -> str:
    """What a browser calls a downloaded file: `2026-bordelon-reminder.eml`."""
    subject = "".join(
        char if char.isascii() and (char.isalnum() or char in "-_.") else "-" for char in selection.subject
    )
    draft = "-draft" if name == "draft.eml" else ""
    return f"{subject}-{selection.occasion.value}{draft}.{FILES[name][0]}"
