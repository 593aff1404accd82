"""Sizes that servers and clients limit, and lengths that an inbox cuts."""

from __future__ import annotations

from announcer.preview import words
from announcer.preview.checks.finding import Check, CheckedLine, Examined, Grade

HELD_BY_MAILMAN = 40 * 1024
"""Octets: Mailman's default `max_message_size`, attachments and encoding counted."""
CLIPPED_BY_GMAIL = 102 * 1024
"""Octets of HTML behind which Gmail shows "Message clipped"."""
PHONE = 40
"""Characters of a subject that a phone held upright shows, roughly."""
DESKTOP = 78


def size(examined: Examined) -> Check:
    """The whole message against Mailman's limit, its HTML against Gmail's."""
    whole = len(examined.message.data)
    page = len((examined.message.html or "").encode())
    items = (
        CheckedLine(
            text=f"{words.size(whole)} in all: list servers hold more than {words.size(HELD_BY_MAILMAN)}"
        ),
        CheckedLine(
            text=f"{words.size(page)} of HTML: Gmail clips what is behind {words.size(CLIPPED_BY_GMAIL)}"
        ),
    )
    if whole > HELD_BY_MAILMAN or page > CLIPPED_BY_GMAIL:
        return Check(
            level=Grade.WARNING,
            name="Size",
            says=f"{words.size(whole)} is too large for a list server's usual limit",
            items=items,
        )
    return Check(level=Grade.GOOD, name="Size", says=f"{words.size(whole)}, within every limit", items=items)


def subject_length(examined: Examined) -> Check:
    """The subject's length, and whether something stands beside it in the inbox."""
    text, beside = examined.message.subject, examined.preheader
    items = (
        [CheckedLine(text=f'a phone shows about: "{text[:PHONE].rstrip()}…"')] if len(text) > PHONE else []
    )
    level, says = Grade.GOOD, f"{len(text)} characters"
    if len(text) > DESKTOP:
        level, says = Grade.NOTE, f"{len(text)} characters: most clients cut it near {DESKTOP}"
    if not beside and examined.message.html:
        level = Grade.WARNING
        items.append(CheckedLine(text="no preheader: inboxes show the page's first words beside the subject"))
    return Check(level=level, name="Subject", says=says, items=tuple(items))
