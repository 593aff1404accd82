"""Parts and headers -> the bytes of a message (RFC 5322, RFC 2045 to 2047, RFC 6047)."""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, quoprimime
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from itertools import count

from announcer.domain.department import Address, Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.snapshot import Snapshot
from announcer.message import Message
from announcer.message.calendar import CalendarPart
from announcer.message.headers import WIDTH, header_field
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
    fields: list[Field] = [
        ("Date", format_datetime(date)),
        ("From", [_mailbox(department.sender)]),
        (
            "To",
            [_mailbox(Address(name=item.person or "", address=item.address)) for item in group.lists],
        ),
    ]
    answers = department.human if _is_to_person(group) else department.reply_to
    if answers:
        fields.append(("Reply-To", [_mailbox(answers)]))
    fields += [("Subject", subject), ("Message-ID", identity)]
    if group.in_reply_to:
        fields += [("In-Reply-To", group.in_reply_to), ("References", group.in_reply_to)]
    if all(item.auto_submitted for item in group.lists):
        fields.append(("Auto-Submitted", "auto-generated"))
        # Exchange heeds this one (MS-OXCMAIL).
        fields.append(("X-Auto-Response-Suppress", "OOF, AutoReply"))
    return serialized(fields, _body(parts), identity, last=[("Content-Language", ", ".join(languages))])


Field = tuple[str, str | Sequence[Address]]


@dataclass(frozen=True, slots=True)
class Part:
    """A MIME entity (RFC 2045 2.4): a body, encoded, or a multipart of others."""

    fields: tuple[Field, ...]
    body: str | tuple[Part, ...]


def serialized(fields: Sequence[Field], whole: Part, identity: str, *, last: Sequence[Field] = ()) -> bytes:
    """A message of header fields and a part, whose own fields stand before the `last` ones."""
    own, body = _entity(whole, identity, count())
    every = (*fields, ("MIME-Version", "1.0"), *own, *last)
    return f"{_header(every)}\r\n{body}".encode("ascii")


def _entity(part: Part, identity: str, numbers: Iterator[int]) -> tuple[Sequence[Field], str]:
    """A part's header fields and body. A boundary comes from a hash; `=_` stands in no quoted-printable or
    base64 line (RFC 2045 6.7)."""
    number = next(numbers)
    if isinstance(part.body, str):
        return part.fields, part.body
    boundary = f"=_{_digest('boundary', f'{identity}{number}')[:24]}"
    made = ""
    for child in part.body:
        fields, body = _entity(child, identity, numbers)
        made += f"--{boundary}\r\n{_header(fields)}\r\n{body}\r\n"
    (name, kind), *others = part.fields
    return [(name, f'{kind}; boundary="{boundary}"'), *others], f"{made}--{boundary}--\r\n"


def _header(fields: Sequence[Field]) -> str:
    return "".join(header_field(*field) for field in fields)


def read_back(data: bytes) -> Message:
    """The message of bytes that `build` made, once they were kept."""
    parsed = message_from_bytes(data, policy=default)
    parts: dict[str, EmailMessage] = {}
    for part in parsed.walk():
        parts.setdefault(part.get_content_type(), part)

    def text(kind: str) -> str | None:
        part = parts.get(kind)
        return str(part.get_content()).replace("\r\n", "\n") if part is not None else None

    calendar = parts.get("text/calendar")
    entry = calendar.get_payload(decode=True) if calendar is not None else None
    return Message(
        data=data,
        message_id=str(parsed["Message-ID"] or ""),
        subject=str(parsed["Subject"] or ""),
        text=text("text/plain") or "",
        html=text("text/html"),
        calendar=entry if isinstance(entry, bytes) else None,
    )


def _mailbox(box: Address) -> Address:
    return Address(name=one_line(clean(box.name)), address=box.address)


def _body(parts: Parts) -> Part:
    """multipart/mixed of (multipart/alternative of plain and HTML) and the calendar, or less."""
    body = text_part(parts.text, "plain")
    if parts.html is not None:
        page = text_part(parts.html, "html")
        if parts.pictures:
            page = _multipart("related", page, *(_picture(picture) for picture in parts.pictures))
        body = _multipart("alternative", body, page)
    if parts.calendar:
        body = _multipart("mixed", body, _calendar(parts.calendar))
    return body


def text_part(text: str, subtype: str) -> Part:
    """A text in quoted-printable or base64, whichever makes it shorter."""
    encoding, body = _encoded(text)
    kind = ("Content-Type", f'text/{subtype}; charset="utf-8"')
    return Part((kind, ("Content-Transfer-Encoding", encoding)), body)


def _encoded(text: str) -> tuple[str, str]:
    """An encoding (RFC 2045 6.7, 6.8), and the text in it."""
    lines = text.encode().splitlines()
    data = b"\n".join(lines) + b"\n"
    # binascii breaks lines elsewhere than email does, but tells in no time how long they are.
    if len(binascii.b2a_qp(text.encode())) > _in_base64(len(text.encode())):
        return "base64", _base64(b"\r\n".join(lines) + b"\r\n")
    return "quoted-printable", quoprimime.body_encode(data.decode("latin-1"), WIDTH, eol="\r\n")


def _in_base64(size: int) -> int:
    """Bytes of so many in base64, each line with its end."""
    return (size + 2) // 3 * 4 + (size + WIDTH // 4 * 3 - 1) // (WIDTH // 4 * 3)


def _base64(data: bytes) -> str:
    step = WIDTH // 4 * 3
    lines = (binascii.b2a_base64(data[at : at + step], newline=False) for at in range(0, len(data), step))
    return "".join(f"{line.decode('ascii')}\r\n" for line in lines)


def _picture(picture: Picture) -> Part:
    fields = (
        ("Content-Type", f"image/{picture.subtype}"),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f'inline; filename="{picture.filename}"'),
        ("Content-ID", f"<{picture.cid}>"),
    )
    return Part(fields, _base64(picture.data))


def _calendar(calendar: CalendarPart) -> Part:
    encoding, body = _encoded(calendar.data.decode())
    fields = (
        ("Content-Transfer-Encoding", encoding),
        (
            "Content-Type",
            f'text/calendar; charset="utf-8"; method="{calendar.method}"; name="{calendar.filename}"',
        ),
        ("Content-Disposition", f'attachment; filename="{calendar.filename}"'),
    )
    return Part(fields, body)


def _multipart(subtype: str, *parts: Part) -> Part:
    return Part((("Content-Type", f"multipart/{subtype}"),), parts)
