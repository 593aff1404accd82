"""Fetching an address that a person named: over https, or http where that was typed; with bounds."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from announcer import __version__
from announcer.domain.source import masked
from announcer.importers.contract import LIMIT, SourceFaultError

PATIENCE = 30.0
"""Seconds for all of it."""
REDIRECTS = 5
AGENT = f"announcer/{__version__} (talks for mailing lists; fetches what a person named)"
_ACCEPT = (
    "text/calendar, application/json, application/atom+xml, application/rss+xml, text/html;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """What came."""

    data: bytes
    address: str
    """Where it came from in the end."""
    media_type: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False
    """Whether the server says that it is as it was (RFC 9110 15.4.5); `data` is empty then."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few, never from https to http and never away from the web."""

    max_redirections = REDIRECTS
    max_repeats = REDIRECTS

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url).scheme, urlsplit(urljoin(req.full_url, newurl)).scheme
        if after not in ("http", "https") or (before == "https" and after == "http"):
            raise _fault(req.full_url, "unsafe-redirect", f"it leads on to an address of {after}:", _LOOK)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_LOOK = "open its address in a browser and see what comes; nothing was changed"


def fetch(address: str, *, proxies: Mapping[str, str], known: tuple[str, str] = ("", "")) -> Fetched:
    """What an address holds. `known` are the ETag and Last-Modified of what is here already.

    Raises SourceFaultError, which never has the secret part of an address.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise _fault(address, "bad-address", "only https:// and http:// addresses can be fetched", _LOOK)
    headers = {"User-Agent": AGENT, "Accept": _ACCEPT}
    headers |= {"If-None-Match": known[0]} if known[0] else {}
    headers |= {"If-Modified-Since": known[1]} if known[1] else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(dict(proxies)), _Redirects())
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - its scheme was looked at
    end = time.monotonic() + PATIENCE
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            data = _read(answer, address, end)
            return Fetched(
                data=data,
                address=answer.url,
                media_type=answer.headers.get_content_type(),
                etag=answer.headers.get("ETag") or "",
                modified=answer.headers.get("Last-Modified") or "",
            )
    except urllib.error.HTTPError as error:
        if error.code == 304:
            return Fetched(data=b"", address=address, unchanged=True)
        raise _refused(address, error.code) from error
    except urllib.error.URLError as error:
        raise _fault(
            address, "unreachable", f"it cannot be reached: {_reason(error.reason)}", _LOOK
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _fault(address, "unreachable", f"it cannot be read: {_reason(error)}", _LOOK) from error


def _read(answer: Any, address: str, end: float) -> bytes:
    """All of it, within the bounds. A body that is shorter than it says raises IncompleteRead."""
    parts, size = [], 0
    expected = answer.headers.get("Content-Length")
    while part := answer.read1(64 * 1024):
        parts.append(part)
        size += len(part)
        if size > LIMIT:
            raise _fault(
                address, "too-large", f"it has more than {LIMIT // 1024 // 1024} MB", "name a smaller one"
            )
        if time.monotonic() > end:
            raise _fault(
                address, "too-slow", f"it did not come within {PATIENCE:g} seconds", "try again later"
            )
    if expected and expected.isdecimal() and size < int(expected):
        raise _fault(address, "cut-off", "it broke off before its end", "try again; nothing was changed")
    return b"".join(parts)


def _refused(address: str, status: int) -> SourceFaultError:
    if status in (401, 403):
        hint = "use the calendar's public or secret address, or download the file and import that"
        return _fault(address, "refused", f"the server refuses it (HTTP {status})", hint)
    if status in (404, 410):
        return _fault(address, "not-there", f"there is nothing (HTTP {status})", "look the address up again")
    return _fault(address, "refused", f"the server answers with HTTP {status}", "try again later")


def _reason(error: object) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _fault(address: str, code: str, message: str, hint: str) -> SourceFaultError:
    return SourceFaultError(code=code, place=masked(address), message=message, hint=hint)
