"""The mail to the organizer: what needs a person, and what to do about it."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.utils import format_datetime

from announcer.domain.department import Address, Department
from announcer.message.headers import FOLDING

_WIDTH = 72


def notice(department: Department, to: Address, matters: Sequence[str], *, date: datetime) -> bytes:
    """A plain text message with one paragraph for each matter."""
    many = len(matters) != 1
    subject = f"{len(matters)} matter{'s' * many} need{'s' * (not many)} you"
    return _mail(department, to, subject, _text(department, matters), date)


def all_is_well(department: Department, to: Address, sentences: Sequence[str], *, date: datetime) -> bytes:
    """A plain text message that says so, with these sentences."""
    opening = f"All is well: the talks of {department.organization} are announced on schedule."
    text = textwrap.fill(" ".join((opening, *sentences)), _WIDTH, break_on_hyphens=False)
    return _mail(department, to, "all is well", f"{text}\n", date)


def _mail(department: Department, to: Address, subject: str, text: str, date: datetime) -> bytes:
    message = EmailMessage(policy=FOLDING)
    message["Date"] = format_datetime(date)
    message["From"] = HeaderAddress(display_name=department.sender.name, addr_spec=department.sender.address)
    message["To"] = HeaderAddress(display_name=to.name, addr_spec=to.address)
    message["Subject"] = f"[announcer] {subject}"
    told = hashlib.sha256(f"{date.isoformat()}\n{text}".encode()).hexdigest()[:24]
    message["Message-ID"] = f"<notice-{told}@{department.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    return message.as_bytes(policy=FOLDING)


def _text(department: Department, matters: Sequence[str]) -> str:
    paragraphs = [f"This came up while the talks of {department.organization} were being announced:"]
    paragraphs += [_item(matter) for matter in matters]
    paragraphs.append(
        "`announcer plan` shows where everything stands, `announcer check` what is wrong in the files. "
        "You hear of each matter once."
    )
    filled = [
        textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        if not text.startswith("* ")
        else text
        for text in paragraphs
    ]
    return "\n\n".join(filled) + "\n"


def _item(matter: str) -> str:
    return textwrap.fill(
        matter,
        _WIDTH,
        initial_indent="* ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
