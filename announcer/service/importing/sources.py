"""What SOURCE names: an entry of announcer.yaml, an address, a file, or what is pasted; and its bytes."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from announcer.domain.source import Source, is_secret, masked
from announcer.importers.contract import LIMIT, Given, SourceFaultError
from announcer.importers.fetching import Fetched, fetch
from announcer.importers.memory import write_whole
from announcer.records.fields.texts import identifier_like
from announcer.service.project import Project, unknown

PASTED = "pasted"
_CACHE = Path(".announcer/cache/imports")


@dataclass(frozen=True, kw_only=True)
class OpenedSource:
    """A source, and what it holds at the moment."""

    source: Source
    named: bool
    """Whether announcer.yaml names it."""
    given: Given
    place: str
    """What people call it: its file, or its address without what is secret."""


def open_source(project: Project, word: str, pasted: Callable[[], bytes]) -> OpenedSource:
    """What SOURCE names, read or fetched. `pasted` gives what `-` stands for.

    Raises SourceFaultError, CredentialsError where a command for an address fails, UsageFaultError.
    """
    sources = project.department.sources
    if word == "-":
        data = pasted()
        return OpenedSource(
            source=Source(name=PASTED), named=False, given=Given(data=data), place="the pasted text"
        )
    if word in sources:
        return _opened(project, sources[word], named=True)
    if urlsplit(word).scheme in ("http", "https"):
        entry = next((source for source in sources.values() if source.url == word), None)
        return _opened(project, entry or Source(name=_name_of(word), url=word), named=entry is not None)
    path = Path(word).expanduser()
    if path.is_file():
        named = next(
            (source for source in sources.values() if source.file and _is(project.root / source.file, path)),
            None,
        )
        made = Source(name=identifier_like(path.stem) or "table", file=str(path.absolute()))
        return _opened(project, named or made, named=named is not None)
    fault = unknown("source", word, [*sources, *(file.name for file in Path.cwd().glob("*.[cxoit]*"))])
    if not sources and "did you mean" not in fault.hint:
        fault = replace(
            fault, hint="give a file by its path from here, an address with https://, or - for pasted text"
        )
    raise replace(fault, message="there is no source, no file and no web address of that name")


def _opened(project: Project, source: Source, *, named: bool) -> OpenedSource:
    if source.file:
        path = project.root / Path(source.file).expanduser()
        return OpenedSource(source=source, named=named, given=_of_file(path), place=path.name)
    address, secret = _address(project, source)
    place = masked(address, all_of_it=secret)
    return OpenedSource(
        source=source, named=named, given=fetched(project, source.name, address, place), place=place
    )


def _of_file(path: Path) -> Given:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or 'it is none'}"
        raise SourceFaultError("unreadable-source", str(path), message, "see that it is there") from error
    if len(data) > LIMIT:
        message = f"the file has more than {LIMIT // 1024 // 1024} MB"
        raise SourceFaultError(
            "too-large", str(path), message, "save what is needed of it as a file of its own"
        )
    return Given(data=data, name=path.name)


def _address(project: Project, source: Source) -> tuple[str, bool]:
    """A source's address, and whether it is a secret."""
    if source.url:
        return source.url, is_secret(source.url)
    place = f"sources: {source.name}"
    if source.url_command:
        from announcer.transport.secrets import from_command

        return asyncio.run(from_command(source.url_command, place=place, environ=project.environ)), True
    path = project.root / Path(source.url_file or "").expanduser()
    try:
        lines = path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        message = "the file that holds its address cannot be read"
        raise SourceFaultError("unreadable-source", place, message, f"see that {path} is there") from error
    if not lines:
        raise SourceFaultError(
            "empty-source", place, f"{path} is empty", "put the calendar's address into it"
        )
    return lines[0], True


def fetched(project: Project, name: str, address: str, place: str) -> Given:
    """What an address holds; where the server says that it is as it was, what was kept of it."""
    folder = project.root / _CACHE
    body, head = folder / f"{name}.body", folder / f"{name}.json"
    mark = hashlib.sha256(address.encode()).hexdigest()
    known = _kept(head, body, mark)
    proxies = {
        scheme: proxy
        for scheme in ("http", "https")
        if (proxy := project.environ.get(f"{scheme}_proxy") or project.environ.get(f"{scheme.upper()}_PROXY"))
    }
    try:
        got = fetch(address, proxies=proxies, known=known)
    except SourceFaultError as error:
        raise replace(error, place=place) from error
    if got.unchanged:
        return Given(data=body.read_bytes(), name=place, address=address)
    _keep(head, body, mark, got)
    return Given(data=got.data, name=place, media_type=got.media_type, address=got.address)


def _kept(head: Path, body: Path, mark: str) -> tuple[str, str]:
    """The ETag and Last-Modified of what is kept of this address."""
    try:
        data = json.loads(head.read_bytes())
        if data["address"] == mark and data["sha256"] == hashlib.sha256(body.read_bytes()).hexdigest():
            return str(data["etag"]), str(data["modified"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""
    return "", ""


def _keep(head: Path, body: Path, mark: str, got: Fetched) -> None:
    if not (got.etag or got.modified):
        return
    body.parent.mkdir(parents=True, exist_ok=True)
    body.parent.chmod(0o700)
    write_whole(body, got.data, mode=0o600)
    record = {
        "address": mark,
        "etag": got.etag,
        "modified": got.modified,
        "sha256": hashlib.sha256(got.data).hexdigest(),
    }
    write_whole(head, json.dumps(record).encode(), mode=0o600)


def _name_of(address: str) -> str:
    """A lasting name for an address that announcer.yaml does not name."""
    host = identifier_like(urlsplit(address).hostname or "web") or "web"
    return f"{host}-{hashlib.sha256(address.encode()).hexdigest()[:6]}"


def _is(path: Path, other: Path) -> bool:
    return path.exists() and path.samefile(other)
