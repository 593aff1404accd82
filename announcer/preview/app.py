"""The preview's addresses, each a page or a part of one. All of them only read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from announcer.message import Message, TemplateFaultError
from announcer.preview import mime_parts as anatomy
from announcer.preview.found import NothingFoundError
from announcer.preview.guard import Guard
from announcer.preview.links import FILES, LiveLinks
from announcer.preview.live import Live
from announcer.preview.message_view import Sheet
from announcer.preview.page import ASSETS, Pages
from announcer.preview.sandbox import POLICY, framed
from announcer.preview.selection import MODES, Choice, UnreadableChoiceError
from announcer.preview.state import Desk, Picture
from announcer.preview.upcoming import coming, rows_of


class Preview:
    """Answers for one desk."""

    def __init__(self, desk: Desk, is_over: Callable[[], bool]) -> None:
        self._desk = desk
        self._pages = Pages(desk, LiveLinks(), live=True)
        self._links = LiveLinks()
        self._is_over = is_over
        self._live: Live | None = None

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Follows the folder while the preview runs."""
        self._live = Live(self._desk)
        tasks = [asyncio.create_task(self._live.follow()), asyncio.create_task(self._live.tick())]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def start(self, _request: Request) -> Response:
        """The next mailing."""
        picture = self._desk.picture
        rows = rows_of(coming(picture))
        if not rows:
            return HTMLResponse(self._pages.welcome(picture))
        return RedirectResponse(self._links.view(rows[0].choice, "email"), status_code=307)

    def mail(self, request: Request) -> Response:
        """The page of one message."""
        picture, choice = self._asked(request)
        whole = request.headers.get("x-part") != "sheet"
        return HTMLResponse(self._pages.mail(picture, choice, request.query_params, whole=whole))

    def ask(self, request: Request) -> Response:
        """From the form above a message to the address of what it asks for."""
        query = request.query_params
        choice = self._choice(query.get("subject", ""), query.get("occasion", ""), query)
        return RedirectResponse(self._links.view(choice, query.get("view") or "email"), status_code=303)

    def frame(self, request: Request) -> Response:
        """The email alone."""
        sheet = self._sheet(request)
        mode = request.query_params.get("mode", "light")
        if sheet.message.html is None or mode not in MODES:
            raise HTTPException(404, "This message has no such page.")
        page = framed(sheet.message.html, sheet.message.data, mode)
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})

    def file(self, request: Request) -> Response:
        """One of the files to take along."""
        name = request.path_params["name"]
        sheet = self._sheet(request)
        data = file_of(sheet.message, name)
        if data is None:
            raise HTTPException(404, "This message has no such part.")
        return Response(
            data,
            media_type=FILES[name][1],
            headers={"Content-Disposition": f'attachment; filename="{file_name(sheet.choice, name)}"'},
        )

    def talks(self, request: Request) -> Response:
        """All talks, or those that a search finds."""
        return HTMLResponse(self._pages.talks(self._desk.picture, request.query_params.get("q", "").strip()))

    def find(self, request: Request) -> Response:
        """What a search finds, for the list at the left."""
        return HTMLResponse(self._pages.found(self._desk.picture, request.query_params.get("q", "").strip()))

    def spam(self, request: Request) -> Response:
        """What SpamAssassin thinks."""
        picture, choice = self._asked(request)
        try:
            return HTMLResponse(self._pages.spam(picture, choice))
        except (NothingFoundError, TemplateFaultError) as error:
            raise HTTPException(404, "There is no such message now.") from error

    async def events(self, _request: Request) -> Response:
        """Tells a page when to look again."""
        assert self._live is not None  # noqa: S101 - requests come while the preview runs
        return StreamingResponse(self._live.events(self._is_over), media_type="text/event-stream")

    def _asked(self, request: Request) -> tuple[Picture, Choice]:
        given = request.path_params
        return self._desk.picture, self._choice(given["subject"], given["occasion"], request.query_params)

    def _choice(self, subject: str, occasion: str, query: Mapping[str, str]) -> Choice:
        department = self._desk.picture.department
        try:
            return Choice.read(subject, occasion, query, department.timezone if department else "UTC")
        except UnreadableChoiceError as error:
            raise HTTPException(404, str(error)) from error

    def _sheet(self, request: Request) -> Sheet:
        picture, choice = self._asked(request)
        try:
            return self._pages.sheets.sheet(picture, choice)
        except (NothingFoundError, TemplateFaultError) as error:
            raise HTTPException(404, "There is no such message now.") from error


def file_of(message: Message, name: str) -> bytes | None:
    """The bytes of one of FILES; None where the message has no such part or the name is another."""
    return {
        "message.eml": message.data,
        "draft.eml": anatomy.unsent(message.data),
        "message.html": message.html.encode() if message.html is not None else None,
        "message.txt": message.text.encode(),
        "talk.ics": message.calendar,
    }.get(name)


def file_name(choice: Choice, name: str) -> str:
    """What a browser calls a downloaded file: `2026-bordelon-reminder.eml`."""
    subject = "".join(
        char if char.isascii() and (char.isalnum() or char in "-_.") else "-" for char in choice.subject
    )
    draft = "-draft" if name == "draft.eml" else ""
    return f"{subject}-{choice.occasion.value}{draft}.{FILES[name][0]}"


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    return PlainTextResponse(error.detail, status_code=error.status_code)


def application(desk: Desk, *, hosts: list[str], is_over: Callable[[], bool]) -> Starlette:
    """The preview of a desk, answering under `hosts` until `is_over`."""
    preview = Preview(desk, is_over)
    return Starlette(
        routes=[
            Route("/", preview.start),
            Route("/mail/{subject}/{occasion}", preview.mail),
            Route("/ask/", preview.ask),
            Route("/frame/{subject}/{occasion}", preview.frame),
            Route("/file/{subject}/{occasion}/{name}", preview.file),
            Route("/talks", preview.talks),
            Route("/find", preview.find),
            Route("/spam/{subject}/{occasion}", preview.spam),
            Route("/events", preview.events),
            Mount("/assets", StaticFiles(directory=ASSETS)),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={HTTPException: _refused},
        lifespan=preview.lifespan,
    )
