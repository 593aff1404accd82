"""Where the pages are: under addresses of the live preview, or as files beside each other."""

from __future__ import annotations

from typing import Protocol

from announcer.preview.selection import path, query
from announcer.service.selection import Selection


class Links(Protocol):
    """Addresses of pages, as the page that is being written says them."""

    root: str
    """What addresses of the live preview begin with; empty for files."""

    def view(self, selection: Selection, view: str) -> str:
        """One view of one message."""

    def frame(self, selection: Selection, mode: str, digest: str) -> str:
        """The email alone, for a frame; `digest` changes when it does."""

    def file(self, selection: Selection, name: str) -> str:
        """One of FILES."""

    def asset(self, name: str) -> str:
        """A style shown or script."""


class LiveLinks:
    """The addresses of the live preview."""

    def __init__(self, root: str) -> None:
        self.root = root

    def view(self, selection: Selection, view: str) -> str:
        """`/ROOT/mail/2026-bordelon/reminder?view=text`."""
        return f"{self.root}/mail/{path(selection)}{query(selection, view='' if view == 'email' else view)}"

    def frame(self, selection: Selection, mode: str, digest: str) -> str:
        """`/ROOT/frame/2026-bordelon/reminder?mode=dark&v=...`."""
        return f"{self.root}/frame/{path(selection)}{query(selection, mode=mode, v=digest)}"

    def file(self, selection: Selection, name: str) -> str:
        """`/ROOT/file/2026-bordelon/reminder/message.eml`."""
        return f"{self.root}/file/{path(selection)}/{name}{query(selection)}"

    def asset(self, name: str) -> str:
        """`/ROOT/assets/preview.css`."""
        return f"{self.root}/assets/{name}"
