"""Letters (.eml, RFC 5322): what the last writer wrote, without quotations; or the calendar in it."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from announcer.importers.contract import Given, How, SourceFaultError, SourceTalks
from announcer.importers.formats import calendar, pasted
from announcer.importers.hypertext import to_markdown

NAME = "eml"
LABEL = "a letter (.eml)"
_HEADERS = re.compile(
    r"(?:from|to|date|subject|message-id|return-path|received|mime-version|delivered-to|x-[\w-]+|dkim-signature|reply-to):\s",
    re.IGNORECASE,
)


def detect(given: Given) -> bool:
    """Three lines of headers at the top, a sender and a subject or a date among them."""
    head = given.start.partition("\n\n")[0]
    lines = [line for line in head.split("\n") if not line.startswith((" ", "\t"))]
    known = [line for line in lines[:40] if _HEADERS.match(line)]
    names = {line.partition(":")[0] for line in known}
    return (
        len(names) >= 3
        and "from" in names
        and bool(names & {"message-id", "mime-version", "received", "return-path"})
    )


def read(given: Given, how: How) -> SourceTalks:
    """Reads it. Raises SourceFaultError for a letter without words."""
    try:
        message = message_from_bytes(given.data, policy=policy.default)
    except (MessageError, ValueError, LookupError) as error:
        raise _unreadable(given) from error
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                return calendar.read(Given(data=data, name=given.name), how)
    text = _words(message)
    if not text.strip():
        raise _unreadable(given)
    return pasted.read_text(answer(text), how, subject=str(message.get("Subject") or ""))


def answer(text: str) -> str:
    """What the last writer wrote: without quoted letters and signature."""
    from mailparser_reply import EmailReplyParser

    plain = text.replace("\r\n", "\n")
    parsed = EmailReplyParser(languages=["en", "de", "fr", "es", "it", "nl", "pl", "ja", "zh"]).parse_reply(
        text=plain
    )
    return str(parsed or "").strip() or plain


def _words(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())
    except (LookupError, ValueError, KeyError):
        raw = part.get_payload(decode=True)
        content = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    return to_markdown(content) if part.get_content_subtype() == "html" else content


def _unreadable(given: Given) -> SourceFaultError:
    return SourceFaultError(
        code="empty-letter",
        place=given.name or "the letter",
        message="there are no words in this letter",
        hint="open it in your mail program, copy its text, and paste it: announcer import -",
    )
