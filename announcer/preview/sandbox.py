"""The email's HTML as a page of its own for a sandboxed frame: no script, nothing fetched."""

from __future__ import annotations

import base64
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""Content-Security-Policy of the frame. It may be of the page's origin, so that the page can measure its
height, because it may not run scripts."""

_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)", re.IGNORECASE)
_ALWAYS, _NEVER = "(min-width: 0px)", "(max-width: 0px)"
_INVERTED = (
    "html{background:#fff!important;filter:invert(1) hue-rotate(180deg)}"
    "img{filter:invert(1) hue-rotate(180deg)}"
)


_RAW = re.compile(r"(?<![\w:])\\[A-Za-z]+\*?(?:\{[^{}<>]{0,200}\})*")
_MARK = '<mark title="sent as it stands" style="background:#fde68a;color:#7c2d12">{}</mark>'


def marked(page: str) -> str:
    """A page whose TeX that nobody understood, between its tags, is marked."""
    return re.sub(r">[^<]*\\[^<]*", lambda words: _RAW.sub(lambda raw: _MARK.format(raw[0]), words[0]), page)


def framed(page: str, data: bytes, mode: str) -> str:
    """The page to show: `light`, with the author's `dark` styles, or light and `inverted`.

    Media queries about the color scheme are answered by the mode, whatever this machine prefers, and the
    pictures inside the message stand in the page. What stays raw TeX is marked; nothing else differs from
    what is sent.
    """
    pictures = _pictures(data)
    shown = re.sub(r"cid:([^\"'\s)>]+)", lambda match: pictures.get(match[1], "data:,"), page)
    scheme = "dark" if mode == "dark" else "light"
    shown = _SCHEME.sub(lambda match: _ALWAYS if match[1].lower() == scheme else _NEVER, shown)
    style = (
        f"<style>:root{{color-scheme:{scheme}!important}}{_INVERTED if mode == 'inverted' else ''}</style>"
    )
    head, end, rest = shown.partition("</head>")
    return f"{head}{style}{end}{marked(rest)}" if end else style + marked(shown)


def _pictures(data: bytes) -> dict[str, str]:
    """The pictures inside a message, by Content-ID, as data: URLs."""
    pictures = {}
    for part in message_from_bytes(data, policy=default).walk():
        name = str(part.get("Content-ID", "")).strip().strip("<>")
        if name and isinstance(part, EmailMessage) and part.get_content_maintype() == "image":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)  # noqa: S101 - a picture has no parts
            pictures[name] = f"data:{part.get_content_type()};base64,{base64.b64encode(content).decode()}"
    return pictures
