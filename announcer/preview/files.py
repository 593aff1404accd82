"""The pages as plain files in a folder, to show to somebody or to publish."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from announcer.domain.mailing import AudienceGroup
from announcer.domain.talk import Audience
from announcer.message import TemplateFaultError
from announcer.preview.downloads import FILES, download
from announcer.preview.finding import NothingFoundError
from announcer.preview.message_view import MessageView
from announcer.preview.page import ASSETS, Pages
from announcer.preview.sandbox import framed
from announcer.preview.selection import MODES, VIEWS
from announcer.preview.source import PreviewSource
from announcer.preview.state import DepartmentState, StateKeeper
from announcer.preview.upcoming import Upcoming, UpcomingRow, names_of_speakers, rows_of, title_of, upcoming
from announcer.service.selection import Selection

_FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'"


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenPages:
    """What became of it."""

    messages: int
    left_out: int
    """Messages for internal lists."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Folder:
    """The folder that is written, for everybody or for its owner alone."""

    path: Path
    is_private: bool

    def put(self, name: str, data: str | bytes) -> None:
        """Writes a file; a private one is 0600, in folders that are 0700."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        content = data.encode() if isinstance(data, str) else data
        if not self.is_private:
            file.write_bytes(content)
            return
        for folder in (file.parent, *file.parent.parents):
            if folder.is_relative_to(self.path):
                folder.chmod(0o700)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as private:
            os.fchmod(handle, 0o600)
            private.write(content)


class FileLinks:
    """Addresses relative to the folder of the page that is being written."""

    root = ""

    def __init__(self) -> None:
        self.prefix = ""
        """From that folder to the top: `../../../`."""
        self.folders: dict[Selection, str] = {}

    def view(self, selection: Selection, view: str) -> str:
        """`../../../2026-bordelon/reminder/colloquium/text.html`."""
        return f"{self.prefix}{self.folders[selection]}/{view}.html"

    def frame(self, selection: Selection, mode: str, digest: str) -> str:
        """The email alone; a written page does not change, so its digest is not needed."""
        return f"{self.prefix}{self.folders[selection]}/frame-{mode}.html" if digest else ""

    def file(self, selection: Selection, name: str) -> str:
        """A file beside the page."""
        return f"{self.prefix}{self.folders[selection]}/{name}"

    def asset(self, name: str) -> str:
        """`../../../assets/preview.css`."""
        return f"{self.prefix}assets/{name}"


def write(source: PreviewSource, folder: Path, *, internal: bool) -> WrittenPages:
    """Writes what public lists get of the coming mailings; with `internal` also what internal ones do, for
    this account alone.

    Overwrites pages of the same name and deletes nothing. Mailings that cannot be made are left out.
    """
    out = _Folder(path=folder, is_private=internal)
    keeper, links = StateKeeper(source), FileLinks()
    pages = Pages(keeper, links, live=False, public=not internal)
    state = keeper.state
    message_views, left_out = _message_views(pages, state, internal=internal)
    for selection, shown in message_views.items():
        links.folders[selection] = _folder(shown)
    days = _listed(upcoming(state), message_views)
    pages.listed = days
    for name in ("preview.css", "views.css", "preview.js"):
        out.put(f"assets/{name}", (ASSETS / name).read_bytes())
    for selection in message_views:
        _write_message(pages, state, selection, message_views[selection], out, links)
    links.prefix = ""
    out.put("index.html", pages.welcome(state))
    return WrittenPages(messages=len(message_views), left_out=left_out)


def _message_views(
    pages: Pages, state: DepartmentState, *, internal: bool
) -> tuple[dict[Selection, MessageView], int]:
    """The messages to write, one for each group of lists, and how many are not for everybody's eyes."""
    views: dict[Selection, MessageView] = {}
    left_out = 0
    for row in rows_of(upcoming(state)):
        try:
            first = pages.message_views.of(state, row.selection)
            for group in first.mailing.groups:
                if group.audience is Audience.INTERNAL and not internal:
                    left_out += 1
                    continue
                selection = replace(row.selection, list=group.lists[0].name)
                views[selection] = pages.message_views.of(state, selection)
        except (NothingFoundError, TemplateFaultError):
            continue
    return views, left_out


def _folder(shown: MessageView) -> str:
    """Where a message's pages are: never with the name of a confidential talk."""
    key, group = shown.mailing.key, shown.group
    subject = group.talks[0].id if group.days is None else key.subject
    parts = (subject, "-".join(part for part in (key.occasion, key.period, key.slot) if part))
    return "/".join(re.sub(r"[^\w.-]+", "-", part) for part in (*parts, group.lists[0].name))


def _listed(whole: Upcoming, message_views: dict[Selection, MessageView]) -> Upcoming:
    """The list at the left, of what is written alone and as its readers may know it."""
    days = []
    for day in whole.days:
        rows = tuple(
            _row(row, selection, shown.group)
            for row in day.rows
            for selection, shown in message_views.items()
            if replace(selection, list="") == row.selection
        )
        if rows:
            days.append(replace(day, rows=rows))
    return replace(whole, days=tuple(days), all_ahead=True)


def _row(row: UpcomingRow, selection: Selection, group: AudienceGroup) -> UpcomingRow:
    lists = ", ".join(mailing_list.name for mailing_list in group.lists)
    if group.days is None:
        talk = group.talks[0]
        return replace(
            row,
            selection=selection,
            title=title_of(talk),
            who=f"{names_of_speakers(talk)} (to {lists})",
            reason=None,
        )
    return replace(row, selection=selection, who=f"{row.who} (to {lists})", reason=None)


def _write_message(
    pages: Pages,
    state: DepartmentState,
    selection: Selection,
    shown: MessageView,
    out: _Folder,
    links: FileLinks,
) -> None:
    folder = links.folders[selection]
    links.prefix = "../../../"
    for view in VIEWS:
        out.put(f"{folder}/{view}.html", pages.mail(state, selection, {"view": view}))
    message = shown.message
    for mode in MODES if message.html is not None else ():
        page = framed(message.html or "", message.data, mode)
        policy = f'<meta http-equiv="Content-Security-Policy" content="{_FRAME_POLICY}">'
        out.put(f"{folder}/frame-{mode}.html", page.replace("<head>", f"<head>{policy}", 1))
    for name in FILES:
        data = download(message, name)
        if data is not None:
            out.put(f"{folder}/{name}", data)
