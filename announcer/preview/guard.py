"""Who may ask: this machine's browser, for these very addresses; and what its pages may do."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the pages: their own files and nothing else."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses what another site's page, or a name that was made to point here, asks for (DNS rebinding)."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        """`hosts` are the names and ports under which the preview answers."""
        self._app = app
        self._hosts = frozenset(hosts)
        self._origins = frozenset(f"http://{host}" for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 403 to what may not ask, and adds to every answer what its page may do."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        reason = self._refusal(Headers(scope=scope))
        if reason:
            await PlainTextResponse(reason, status_code=403)(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        await self._app(scope, receive, guarded)

    def _refusal(self, headers: Headers) -> str | None:
        if headers.get("host", "").lower() not in self._hosts:
            return "The preview answers on this machine's own address alone."
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in self._origins:
            return "The preview answers its own pages alone."
        foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if foreign and not opened:
            return "The preview answers its own pages alone."
        return None
