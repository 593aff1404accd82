"""Who may ask: the browser of who started it, for these very addresses; and what its pages may do."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the pages: their own files and nothing else."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`, with which a browser sends its own forms with `Origin: null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}


OPENS = "token"
"""The word of an address that opens the preview: `/?token=...`."""


_ON = (
    '<!doctype html><title>announcer preview</title><link rel="icon" href="data:,">'
    '<meta http-equiv="refresh" content="0;url={inside}">'
)


class Guard:
    """Refuses what another user of the machine, another site's page, or a name that was made to point here
    (DNS rebinding) asks for."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], root: str, token: str) -> None:
        """`hosts` are the names and ports under which the preview answers, `root` is the path of its pages;
        who has the `token` may ask."""
        self._app = app
        self._hosts = frozenset(hosts)
        self._origins = frozenset(f"http://{host}" for host in hosts)
        self._root = root
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 403 to what may not ask, and adds to every answer what its page may do."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer: Response | None = None
        if reason := self._refusal(headers, scope["method"]):
            answer = PlainTextResponse(reason, status_code=403)
        elif not self._is_known(headers):
            answer = self._welcome(scope)
        if answer is not None:
            answer.headers.update({"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
            await answer(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        await self._app(scope, receive, guarded)

    def _cookie(self, host: str) -> str:
        """Browsers keep one set of cookies for all ports of a machine: each preview has its own."""
        return f"announcer-{host.rpartition(':')[2]}"

    def _is_known(self, headers: Headers) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._cookie(headers["host"]))
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self._token.encode())

    def _welcome(self, scope: Scope) -> Response:
        """Takes the token of the address into a cookie, and out of what the browser remembers."""
        parameters = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(parameters).get(OPENS, "")
        is_ours = scope["path"].startswith(f"{self._root}/")
        if (
            scope["method"] != "GET"
            or not is_ours
            or not hmac.compare_digest(given.encode(), self._token.encode())
        ):
            return PlainTextResponse(
                "Open the address that `announcer preview` printed: it lets you in.", status_code=403
            )
        kept = urlencode([(name, value) for name, value in parameters if name != OPENS])
        inside = f"/{scope['path'].lstrip('/')}" + (f"?{kept}" if kept else "")
        headers = Headers(scope=scope)
        answer: Response = RedirectResponse(inside, status_code=303)
        if headers.get("sec-fetch-site") == "cross-site":
            # A page or a file led here: browsers give a strict cookie to what a page of ours leads to alone.
            answer = HTMLResponse(_ON.format(inside=escape(inside)))
        host = headers["host"]
        answer.set_cookie(
            self._cookie(host), self._token, path=f"{self._root}/", httponly=True, samesite="strict"
        )
        return answer

    def _refusal(self, headers: Headers, method: str) -> str | None:
        if headers.get("host", "").lower() not in self._hosts:
            return "The preview answers on this machine's own address alone."
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in self._origins:
            return "The preview answers its own pages alone."
        foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if foreign and not opened:
            return "The preview answers its own pages alone."
        if method not in ("GET", "HEAD") and origin is None:
            return "The preview answers its own pages alone."
        return None
