"""Addresses: of the web, of mailboxes, of a ledger, and paths within the department's folder."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from announcer.domain.department import Address
from announcer.records.fields.errors import FaultyValueError
from announcer.records.fields.texts import short
from announcer.records.yaml.nodes import Value

_MAILBOX = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)


def read_url(value: Value) -> str:
    """An address of the web."""
    return _url(short(value, 2000), ("http", "https"))


def read_link(value: Value) -> str:
    """An address of the web or of a mailbox."""
    return _url(short(value, 2000), ("http", "https", "mailto"))


def _url(text: str, schemes: tuple[str, ...]) -> str:
    like = "write it whole, like https://physics.example.edu/talk"
    try:
        parts = urlsplit(text)
    except ValueError:
        raise FaultyValueError("bad-url", f'"{text}" is not a web address', like) from None
    blank = re.search(r"[\s<>\"]", text)
    if blank and re.search(r"https?://\S+", text):
        raise FaultyValueError(
            "bad-url",
            "there are other words around this web address",
            "write the address alone, and what else there is to know in fields of its own "
            "(online: has url, meeting_id, passcode and note)",
        )
    if parts.scheme in schemes and (parts.netloc or parts.scheme == "mailto") and not blank:
        return text
    if "mailto" in schemes and _MAILBOX.fullmatch(text):
        raise FaultyValueError("bad-url", f'"{text}" is an email address', f"write mailto:{text}")
    if re.fullmatch(r"[\w-]+\.(?:png|jpe?g|gif|svg|pdf|html?)", text, re.IGNORECASE):
        like = f"write where everybody can fetch it, like https://physics.example.edu/{text}"
    elif not parts.scheme and re.match(r"[\w-]+(\.[\w-]+)+(/|$)", text) and not blank:
        like = f"write https://{text}"
    raise FaultyValueError(
        "bad-url", f'"{text}" is not a web address beginning with https:// or http://', like
    )


def read_address(value: Value) -> Address:
    """A mailbox, with or without a name (RFC 5322 3.4): `Physics Colloquium <colloquium@example.edu>`."""
    text = " ".join(short(value).split())
    match = re.fullmatch(r"(?:(?P<name>[^<>]*?)\s*<(?P<inner>[^<>]*)>|(?P<bare>[^<>\s]+))", text)
    address = (match["inner"] or match["bare"] or "").strip() if match else ""
    if (right := _in_ascii(address)) is not None:
        raise FaultyValueError(
            "bad-address",
            f'"{address}" has letters in its domain that not every mail server takes',
            f"write {text.replace(address, right)}",
        )
    if match is None or not _MAILBOX.fullmatch(address) or len(address) > 254:
        beside = re.fullmatch(r"(?P<name>[^<>@,;]+?),?\s+\(?(?P<address>[^\s()<>]+@[^\s()<>]+)\)?", text)
        if beside and _MAILBOX.fullmatch(beside["address"]):
            name = _display_name(beside["name"])
            raise FaultyValueError(
                "bad-address",
                f'"{text}" has no brackets around the address',
                f"write {name} <{beside['address']}>",
            )
        plural = "," in text or ";" in text
        raise FaultyValueError(
            "bad-address",
            f'"{text}" is not {"one" if plural else "an"} email address',
            "write one address, like colloquium@physics.example.edu or Physics Colloquium "
            "<colloquium@physics.example.edu>",
        )
    return Address(address=address, name=_display_name(match["name"] or ""))


def _display_name(text: str) -> str:
    """A name without the quotes that are around all of it."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" and text[0] not in text[1:-1]:
        text = text[1:-1]
    return text.strip()


def _in_ascii(address: str) -> str | None:
    """The same mailbox with its domain as servers know it (RFC 3492); None where that is what it has."""
    local, at, domain = address.rpartition("@")
    if not at or domain.isascii():
        return None
    try:
        made = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return None
    return made if _MAILBOX.fullmatch(made) else None


def read_mailbox(value: Value) -> str:
    """An email address alone."""
    return read_address(value).address


def read_host(value: Value) -> str:
    """The name or the address of a server, or the path of its Unix socket."""
    text = short(value)
    if text.startswith("/"):
        return text
    more = re.fullmatch(r"(?:\w+://)?([\w.-]+?)(?::(\d+))?/?", text)
    if more and more[1] != text:
        port = f" and port: {more[2]}" if more[2] else ""
        raise FaultyValueError("bad-host", f'"{text}" is more than a name', f"write {more[1]}{port}")
    if re.search(r"[\s/@]", text) or not all(text.removesuffix(".").split(".")) or not _can_be_asked(text):
        raise FaultyValueError(
            "bad-host",
            f'"{text}" is no name that a server can have',
            "write its name alone, like smtp.example.edu",
        )
    return text


def _can_be_asked(name: str) -> bool:
    """Whether a name can be looked up at all (RFC 1035 2.3.4: 63 characters between two dots)."""
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return True


def read_path(value: Value) -> str:
    """A path within the department's folder, with forward slashes."""
    text = short(value)
    plain = text.replace("\\", "/")
    parts = plain.split("/")
    if re.match(r"[A-Za-z]{2,}://", plain):
        raise FaultyValueError(
            "outside-folder",
            f'"{text}" is a web address, and no file of this folder',
            f"save it in the folder of announcer.yaml, and write where: photos/{_file_name(parts[-1])}",
        )
    if not plain or plain.startswith(("/", "~")) or ".." in parts or re.match(r"[A-Za-z]:", plain):
        raise FaultyValueError(
            "outside-folder",
            f'"{text}" is not within this folder',
            "use a file in the folder of announcer.yaml, and write its path from there: photos/noether.jpg",
        )
    return "/".join(part for part in parts if part not in ("", "."))


def _file_name(last: str) -> str:
    """The last part of a web address as a file's name."""
    name = re.sub(r"[?#].*", "", last)
    return name if re.fullmatch(r"[\w-]+\.\w+", name) else "noether.jpg"


def read_ledger(value: Value) -> str:
    """`sqlite`, or a postgresql:// URL without a password."""
    text = short(value)
    if text == "sqlite":
        return text
    try:
        parts = urlsplit(text)
        password = parts.password
    except ValueError:
        parts, password = urlsplit(""), None
    if password is not None or "password" in text.lower():
        raise FaultyValueError(
            "secret-in-file",
            "the ledger's URL has a password in it, and this file is no place for one",
            "leave it out, change it, and set ANNOUNCER_LEDGER_PASSWORD where announcer runs",
        )
    if parts.scheme == "postgresql" and parts.path.strip("/"):
        return text
    raise FaultyValueError(
        "bad-ledger",
        "this is not a ledger",
        "write sqlite, or postgresql://user@host/database without a password",
    )
