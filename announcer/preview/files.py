"""The pages as plain files in a folder, to show to somebody or to publish."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from announcer.domain.mailing import AudienceGroup
from announcer.domain.talk import Audience
from announcer.message import TemplateFaultError
from announcer.preview.app import file_of
from announcer.preview.found import NothingFoundError
from announcer.preview.links import FILES
from announcer.preview.message_view import Sheet
from announcer.preview.page import ASSETS, Pages
from announcer.preview.sandbox import framed
from announcer.preview.selection import MODES, VIEWS, Choice
from announcer.preview.state import Desk, Picture, Source
from announcer.preview.upcoming import Coming, Row, coming, names, rows_of, title_of

_FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'"


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What became of it."""

    messages: int
    left_out: int
    """Messages for internal lists."""


class FileLinks:
    """Addresses relative to the folder of the page that is being written."""

    def __init__(self) -> None:
        self.prefix = ""
        """From that folder to the top: `../../../`."""
        self.folders: dict[Choice, str] = {}

    def view(self, choice: Choice, view: str) -> str:
        """`../../../2026-bordelon/reminder/colloquium/text.html`."""
        return f"{self.prefix}{self.folders[choice]}/{view}.html"

    def frame(self, choice: Choice, mode: str, digest: str) -> str:
        """The email alone; a written page does not change, so its digest is not needed."""
        return f"{self.prefix}{self.folders[choice]}/frame-{mode}.html" if digest else ""

    def file(self, choice: Choice, name: str) -> str:
        """A file beside the page."""
        return f"{self.prefix}{self.folders[choice]}/{name}"

    def asset(self, name: str) -> str:
        """`../../../assets/preview.css`."""
        return f"{self.prefix}assets/{name}"


def write(source: Source, folder: Path, *, internal: bool) -> Written:
    """Writes what public lists get of the coming mailings; with `internal` also what internal ones do.

    Overwrites pages of the same name and deletes nothing. Mailings that cannot be made are left out.
    """
    desk, links = Desk(source), FileLinks()
    pages = Pages(desk, links, live=False, public=not internal)
    picture = desk.picture
    sheets, left_out = _sheets(pages, picture, internal=internal)
    for choice, sheet in sheets.items():
        links.folders[choice] = _folder(sheet)
    days = _listed(coming(picture), sheets)
    pages.listed = days
    for name in ("preview.css", "views.css", "preview.js"):
        (folder / "assets").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ASSETS / name, folder / "assets" / name)
    for choice in sheets:
        _write_message(pages, picture, choice, sheets[choice], folder / links.folders[choice], links)
    links.prefix = ""
    (folder / "index.html").write_text(pages.welcome(picture), encoding="utf-8")
    return Written(messages=len(sheets), left_out=left_out)


def _sheets(pages: Pages, picture: Picture, *, internal: bool) -> tuple[dict[Choice, Sheet], int]:
    """The messages to write, one for each group of lists, and how many are not for everybody's eyes."""
    found: dict[Choice, Sheet] = {}
    left_out = 0
    for row in rows_of(coming(picture)):
        try:
            first = pages.sheets.sheet(picture, row.choice)
            for group in first.mailing.groups:
                if group.audience is Audience.INTERNAL and not internal:
                    left_out += 1
                    continue
                choice = replace(row.choice, list=group.lists[0].name)
                found[choice] = pages.sheets.sheet(picture, choice)
        except (NothingFoundError, TemplateFaultError):
            continue
    return found, left_out


def _folder(sheet: Sheet) -> str:
    """Where a message's pages are: never with the name of a confidential talk."""
    key, group = sheet.mailing.key, sheet.group
    subject = group.talks[0].id if group.days is None else key.subject
    parts = (subject, "-".join(part for part in (key.occasion, key.period, key.slot) if part))
    return "/".join(re.sub(r"[^\w.-]+", "-", part) for part in (*parts, group.lists[0].name))


def _listed(whole: Coming, sheets: dict[Choice, Sheet]) -> Coming:
    """The list at the left, of what is written alone and as its readers may know it."""
    days = []
    for day in whole.days:
        rows = tuple(
            _row(row, choice, sheet.group)
            for row in day.rows
            for choice, sheet in sheets.items()
            if replace(choice, list="") == row.choice
        )
        if rows:
            days.append(replace(day, rows=rows))
    return replace(whole, days=tuple(days), all_ahead=True)


def _row(row: Row, choice: Choice, group: AudienceGroup) -> Row:
    lists = ", ".join(each.name for each in group.lists)
    if group.days is None:
        talk = group.talks[0]
        return replace(
            row, choice=choice, title=title_of(talk), who=f"{names(talk)} (to {lists})", reason=None
        )
    return replace(row, choice=choice, who=f"{row.who} (to {lists})", reason=None)


def _write_message(
    pages: Pages, picture: Picture, choice: Choice, sheet: Sheet, folder: Path, links: FileLinks
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    links.prefix = "../../../"
    for view in VIEWS:
        page = pages.mail(picture, choice, {"view": view})
        (folder / f"{view}.html").write_text(page, encoding="utf-8")
    message = sheet.message
    for mode in MODES if message.html is not None else ():
        page = framed(message.html or "", message.data, mode)
        policy = f'<meta http-equiv="Content-Security-Policy" content="{_FRAME_POLICY}">'
        (folder / f"frame-{mode}.html").write_text(
            page.replace("<head>", f"<head>{policy}", 1), encoding="utf-8"
        )
    for name in FILES:
        data = file_of(message, name)
        if data is not None:
            (folder / name).write_bytes(data)
