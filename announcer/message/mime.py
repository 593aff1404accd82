"""Parts and headers -> the bytes of a message (RFC 5322, RFC 2045 to 2047, RFC 6047)."""

from __future__ import annotations

import base64
import hashlib
import quopri
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime

from announcer.domain.department import Address, Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.snapshot import Snapshot
from announcer.message import Message
from announcer.message.calendar import CalendarPart
from announcer.message.headers import FOLDING
from announcer.text.characters import clean
from announcer.text.prose import Picture, one_line

LONGEST_ID = 60
"""Characters of a Message-ID with its angle brackets; longer ones are folded badly on the way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """What a message carries."""

    text: str
    html: str | None
    pictures: Sequence[Picture]
    calendar: CalendarPart | None


def message_id(group: AudienceGroup, domain: str) -> str:
    """A Message-ID (RFC 5322 3.6.4) that is the same whenever this group is composed, and tells nothing."""
    profile = sorted({(item.server or "", item.text_only, item.auto_submitted) for item in group.lists})
    announced = [_identity(snapshot) for snapshot in group.announced]
    parts: tuple[object, ...] = (
        str(group.key),
        group.audience.value,
        profile,
        announced,
        group.in_reply_to,
    )
    locales = sorted({item.locale for item in group.lists if item.locale})
    if locales:
        parts = (*parts, locales)
    if _is_to_person(group):
        parts = (*parts, [item.name for item in group.lists])
    # Of a confidential talk's id somebody could guess the name; of the department's secret nobody can.
    aliases = "".join(talk.alias for talk in group.talks)
    digits = max(16, min(32, LONGEST_ID - len("<@>") - len(domain)))
    return f"<{_digest('message-id', repr(parts) + aliases)[:digits]}@{domain}>"


def _is_to_person(group: AudienceGroup) -> bool:
    """Whether it goes to a person, who is answered by one."""
    return all(item.person is not None for item in group.lists)


def _identity(announced: Snapshot | None) -> tuple[object, ...] | None:
    if announced is None:
        return None
    times = (announced.start.isoformat(), announced.end.isoformat(), str(announced.offset), announced.zone)
    facts = (announced.status.value, announced.place, announced.online, announced.speakers)
    return (announced.uid, announced.sequence, announced.revision, *times, *facts)


def _digest(purpose: str, text: str) -> str:
    return hashlib.sha256(f"announcer/{purpose}/{text}".encode()).hexdigest()


def build(
    group: AudienceGroup,
    department: Department,
    *,
    subject: str,
    date: datetime,
    identity: str,
    parts: Parts,
    languages: Sequence[str],
) -> bytes:
    """The message's bytes: CRLF lines, ASCII alone, the same for the same arguments."""
    body = _body(parts)
    message = EmailMessage(policy=FOLDING)
    message["Date"] = format_datetime(date)
    message["From"] = _address(department.sender)
    message["To"] = tuple(
        HeaderAddress(display_name=one_line(clean(item.person or "")), addr_spec=item.address)
        for item in group.lists
    )
    answers = department.human if _is_to_person(group) else department.reply_to
    if answers:
        message["Reply-To"] = _address(answers)
    message["Subject"] = subject
    message["Message-ID"] = identity
    if group.in_reply_to:
        message["In-Reply-To"] = group.in_reply_to
        message["References"] = group.in_reply_to
    if all(item.auto_submitted for item in group.lists):
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # Exchange heeds this one (MS-OXCMAIL)
    message["MIME-Version"] = "1.0"
    for name, value in body.items():
        if name.lower() != "mime-version":
            message[name] = value
    message["Content-Language"] = ", ".join(languages)
    message.set_payload(body.get_payload())
    _set_boundaries(message, identity)
    return message.as_bytes(policy=FOLDING)


def read_back(data: bytes) -> Message:
    """The message of bytes that `build` made, once they were kept."""
    parsed = message_from_bytes(data, policy=default)
    found: dict[str, EmailMessage] = {}
    for part in parsed.walk():
        found.setdefault(part.get_content_type(), part)

    def text(kind: str) -> str | None:
        part = found.get(kind)
        return str(part.get_content()).replace("\r\n", "\n") if part is not None else None

    calendar = found.get("text/calendar")
    entry = calendar.get_payload(decode=True) if calendar is not None else None
    return Message(
        data=data,
        message_id=str(parsed["Message-ID"] or ""),
        subject=str(parsed["Subject"] or ""),
        text=text("text/plain") or "",
        html=text("text/html"),
        calendar=entry if isinstance(entry, bytes) else None,
    )


def _address(box: Address) -> HeaderAddress:
    return HeaderAddress(display_name=one_line(clean(box.name)), addr_spec=box.address)


def _body(parts: Parts) -> EmailMessage:
    """multipart/mixed of (multipart/alternative of plain and HTML) and the calendar, or less."""
    body = _text(parts.text, "plain")
    if parts.html is not None:
        page = _text(parts.html, "html")
        if parts.pictures:
            page = _multipart("related", page, *(_picture(picture) for picture in parts.pictures))
        body = _multipart("alternative", body, page)
    if parts.calendar:
        body = _multipart("mixed", body, _calendar(parts.calendar))
    return body


def _part() -> EmailMessage:
    return EmailMessage(policy=FOLDING)


def _text(text: str, subtype: str) -> EmailMessage:
    part = _part()
    part.set_content(text, subtype=subtype, charset="utf-8", cte=_smaller(text))
    del part["MIME-Version"]
    return part


def _smaller(text: str) -> str:
    """Quoted-printable or base64, whichever makes this text shorter."""
    data = text.encode()
    printable = len(quopri.encodestring(data))
    return "quoted-printable" if printable <= len(base64.encodebytes(data)) else "base64"


def _picture(picture: Picture) -> EmailMessage:
    part = _part()
    part.set_content(
        picture.data,
        maintype="image",
        subtype=picture.subtype,
        disposition="inline",
        filename=picture.filename,
        cid=f"<{picture.cid}>",
    )
    del part["MIME-Version"]
    return part


def _calendar(calendar: CalendarPart) -> EmailMessage:
    text = calendar.data.decode()
    part = _part()
    part.set_content(text, subtype="calendar", charset="utf-8", cte=_smaller(text))
    del part["MIME-Version"]
    part.set_param("method", calendar.method)
    part.set_param("name", calendar.filename)
    part["Content-Disposition"] = f'attachment; filename="{calendar.filename}"'
    return part


def _multipart(subtype: str, *parts: EmailMessage) -> EmailMessage:
    whole = _part()
    whole["Content-Type"] = f"multipart/{subtype}"
    whole.set_payload(list(parts))
    return whole


def _set_boundaries(message: EmailMessage, identity: str) -> None:
    """Boundaries from a hash; `=_` stands in no quoted-printable or base64 line (RFC 2045 6.7)."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{_digest('boundary', f'{identity}{number}')[:24]}")
