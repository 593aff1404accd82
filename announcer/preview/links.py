"""Where the pages are: under addresses of the live preview, or as files beside each other."""

from __future__ import annotations

from typing import Protocol

from announcer.preview.selection import Choice

FILES = {
    "message.eml": ("eml", "message/rfc822"),
    "draft.eml": ("eml", "message/rfc822"),
    "message.html": ("html", "text/html; charset=utf-8"),
    "message.txt": ("txt", "text/plain; charset=utf-8"),
    "talk.ics": ("ics", "text/calendar; charset=utf-8"),
}
"""What can be taken along, with its media type."""


class Links(Protocol):
    """Addresses of pages, as the page that is being written says them."""

    def view(self, choice: Choice, view: str) -> str:
        """One view of one message."""

    def frame(self, choice: Choice, mode: str, digest: str) -> str:
        """The email alone, for a frame; `digest` changes when it does."""

    def file(self, choice: Choice, name: str) -> str:
        """One of FILES."""

    def asset(self, name: str) -> str:
        """A style sheet or script."""


class LiveLinks:
    """The addresses of the live preview."""

    def view(self, choice: Choice, view: str) -> str:
        """`/mail/2026-bordelon/reminder?view=text`."""
        return f"/mail/{choice.path}{choice.query(view='' if view == 'email' else view)}"

    def frame(self, choice: Choice, mode: str, digest: str) -> str:
        """`/frame/2026-bordelon/reminder?mode=dark&v=...`."""
        return f"/frame/{choice.path}{choice.query(mode=mode, v=digest)}"

    def file(self, choice: Choice, name: str) -> str:
        """`/file/2026-bordelon/reminder/message.eml`."""
        return f"/file/{choice.path}/{name}{choice.query()}"

    def asset(self, name: str) -> str:
        """`/assets/preview.css`."""
        return f"/assets/{name}"
