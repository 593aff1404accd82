"""The records of a moment -> all files of the site; what is the same as before is not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from announcer import __version__
from announcer.domain.problem import Problem
from announcer.message.templates.rendering import Templates
from announcer.publish import Edition, Records, addresses, digest_of
from announcer.publish.listing import Listed, Listing, listing
from announcer.publish.lists import Lists, Shown
from announcer.publish.pages import LeakError, Press, files_digest
from announcer.publish.site_views import shared, words_of_site

_WHOLE = "whole"
"""What is kept of the files that are about all talks."""

Pieces = Mapping[str, Mapping[str, object]]


def edition(
    records: Records, *, root: Path, templates: Sequence[Path], kept: Pieces, present: Mapping[str, str]
) -> Edition:
    """The files of a moment.

    `root` is the department's folder and `templates` the folders of templates, the first that has a file
    wins; `kept` is what an earlier edition gave in `pieces`, and `present` the digests of our files that
    are in the folder as we wrote them. Raises TemplateFaultError for a template that fails.
    """
    listed = listing(records)
    maker = _Maker(records, root, templates, listed, kept, present)
    return maker.edition()


class _Maker:
    """One edition, being made."""

    def __init__(
        self,
        records: Records,
        root: Path,
        templates: Sequence[Path],
        listing: Listing,
        kept: Pieces,
        present: Mapping[str, str],
    ) -> None:
        self._records = records
        self._root = root
        self._listing = listing
        self._kept = kept
        self._present = present
        self._rendering = Templates(templates, [words_of_site(records.department)])
        self._shared = shared(records, listing)
        self._of_all = _hash(
            __version__, _settings(records), *map(_texts, templates), repr(self._shared["site"])
        )
        self._press = Press(records, root=root, templates=self._rendering, shared=self._shared)
        self._files: dict[str, bytes | None] = {}
        self._pieces: dict[str, Mapping[str, object]] = {}
        self._problems: list[Problem] = []

    def edition(self) -> Edition:
        shown = [talk for talk in map(self._talk, self._listing.talks) if talk]
        self._whole(shown)
        if any(talk.listed.is_kept for talk in shown):
            # A page that stays as it was shows the pictures that it showed.
            pictures = (name for name in self._present if name.startswith("photos/"))
            self._files = {**dict.fromkeys(pictures), **self._files}
        for name in self._gone():
            values = {**self._shared, "root": "../"}
            self._files[name] = self._rendering.render("site/gone.html", values).encode()
        return Edition(
            files=self._files,
            problems=tuple(self._problems),
            pieces=self._pieces,
            left_out=self._listing.left_out,
            has_calendars=self._records.entries is not None,
        )

    def _talk(self, listed: Listed) -> Shown | None:
        """One talk, made or as it was made before; None for one that must not be shown."""
        is_over = listed.talk.date < self._records.now.date()
        key = files_digest(listed, self._records, self._root, of_all=self._of_all, is_over=is_over)
        pieces = self._kept.get(key, {})
        files = self._still(pieces)
        if files is None:
            try:
                made, pieces = self._press.made(listed, is_over=is_over)
            except LeakError as leak:
                self._problems += leak.problems
                return None
            files = made
            pieces = {**pieces, "files": _digests(made)}
        if listed.is_kept:
            files = {name: None for name in files if name in self._present}
        if self._is_taken(listed, files):
            return None
        self._files |= files
        self._pieces[key] = pieces
        return Shown(listed=listed, pieces=pieces, is_over=is_over)

    def _is_taken(self, listed: Listed, files: Mapping[str, object]) -> bool:
        """Whether a file of another talk has one of these names; two talks may share a photo."""
        taken = [name for name in files if name in self._files and not name.startswith("photos/")]
        if taken:
            self._problems.append(
                Problem(
                    path=listed.talk.path,
                    line=1,
                    column=1,
                    code="same-address",
                    message=f"another talk has a file called {taken[0]}, so this one is not published",
                    hint="give one of them another `id:` or file name",
                )
            )
        return bool(taken)

    def _whole(self, shown: Sequence[Shown]) -> None:
        """The files about all talks."""
        lists = Lists(self._records, self._press, self._rendering, self._shared, shown)
        key = _hash(*self._pieces, self._records.now.date().isoformat(), *lists.on_screen)
        pieces = self._kept.get(_WHOLE, {})
        files = self._still(pieces) if pieces.get("key") == key else None
        if files is None:
            made = lists.files()
            files = made
            pieces = {"key": "" if lists.problems else key, "files": _digests(made)}
            self._problems += lists.problems
        self._files |= files
        self._pieces[_WHOLE] = pieces

    def _still(self, pieces: Mapping[str, object]) -> Mapping[str, bytes | None] | None:
        """The files of some pieces, all of them to stay; None where one is not there as it was made then."""
        files = pieces.get("files")
        if not isinstance(files, dict) or any(self._present.get(path) != files[path] for path in files):
            return None
        return dict.fromkeys(files)

    def _gone(self) -> list[str]:
        """The pages of talks that the records do not have any more: their addresses stay."""
        pages = []
        for name in sorted(self._present):
            stem = name.removeprefix("talks/").removesuffix(".html")
            is_page = name == addresses.page(stem) and not stem.endswith("-poster")
            if is_page and name not in self._files and stem not in self._listing.known:
                pages.append(name)
        return pages


def _settings(records: Records) -> str:
    """What announcer.yaml says, whenever it was saved."""
    return repr(replace(records.department, modified=datetime(2000, 1, 1, tzinfo=UTC)))


def _texts(folder: Path) -> str:
    """All templates of a folder."""
    files = sorted(path for path in folder.rglob("*.*") if path.suffix in (".html", ".css", ".txt"))
    return _hash(*(f"{path.relative_to(folder)}\0{digest_of(path.read_bytes())}" for path in files))


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: digest_of(data) for name, data in files.items()}


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
