"""The mail to the organizer: what needs a person and what to type, then what is only for information."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from announcer.domain.alert import Alert
from announcer.domain.department import Address, Department
from announcer.message.mime import Field, serialized, text_part

_WIDTH = 72


def notice(
    department: Department, to: Address, alerts: Sequence[Alert], *, place: str, date: datetime
) -> bytes:
    """A plain text message with one paragraph for each alert; `place` is where its commands are typed."""
    needing = [alert for alert in alerts if alert.needs_a_person]
    informing = [alert for alert in alerts if not alert.needs_a_person]
    return _mail(
        department, to, _title(needing, informing), _text(department, needing, informing, place), date
    )


def all_is_well(department: Department, to: Address, sentences: Sequence[str], *, date: datetime) -> bytes:
    """A plain text message that says so, with these sentences."""
    opening = f"All is well: the talks of {department.organization} are announced on schedule."
    text = _filled(" ".join((opening, *sentences)))
    return _mail(department, to, "all is well", f"{text}\n", date)


def _title(needing: Sequence[Alert], informing: Sequence[Alert]) -> str:
    """The first matter, with its talk, and how many more there are."""
    first, *others = (*needing, *informing)
    matter = first.headline or first.title
    more = f", and {len(others)} more" if others else ""
    return f"{matter}{more}" if needing else f"for your information: {matter}{more}"


def _mail(department: Department, to: Address, subject: str, text: str, date: datetime) -> bytes:
    fingerprint = hashlib.sha256(f"{date.isoformat()}\n{text}".encode()).hexdigest()[:24]
    identity = f"<notice-{fingerprint}@{department.domain}>"
    fields: list[Field] = [
        ("Date", format_datetime(date)),
        ("From", [department.sender]),
        ("To", [to]),
        ("Subject", f"[announcer] {subject}"),
        ("Message-ID", identity),
        ("Auto-Submitted", "auto-generated"),
    ]
    return serialized(fields, text_part(text, "plain"), identity)


def _text(department: Department, needing: Sequence[Alert], informing: Sequence[Alert], place: str) -> str:
    opening = f"This came up while the talks of {department.organization} were being announced."
    if needing:
        opening += f" The commands are typed on {place}."
    parts = [_filled(opening)]
    if needing and informing:
        parts.append("WHAT NEEDS YOU")
    parts += [_item(alert) for alert in needing]
    if needing and informing:
        parts.append("FOR YOUR INFORMATION")
    parts += [_item(alert) for alert in informing]
    parts.append(
        _filled(
            "`announcer plan` shows where everything stands, `announcer check` what is wrong in the files. "
            "You hear of each alert once."
        )
    )
    return "\n\n".join(parts) + "\n"


def _item(alert: Alert) -> str:
    """A title, its particulars, why, and each step; what is to be pasted is never broken."""
    parts = [_filled(alert.title, first="* ")]
    if alert.lines:
        parts.append("\n".join(f"  {_one_line(line)}" for line in alert.lines))
    if alert.text:
        parts.append("\n".join(_filled(_sentence(line), first="  ") for line in alert.text.split("\n")))
    for step in alert.steps:
        parts.append(_filled(step.text, first="  "))
        if step.command:
            parts.append(f"      {step.command}")
    return "\n\n".join(parts)


def _one_line(text: str) -> str:
    """A line as it is, with its own indent and nothing that would end it."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    return indent + " ".join(text.split())


def _sentence(text: str) -> str:
    sentence = text[:1].upper() + text[1:]
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _filled(text: str, *, first: str = "") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
