"""The preview's addresses, pages and parts of them. They only read; the desk beside them writes."""

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

from announcer.message import TemplateFaultError
from announcer.preview.desk.routes import Desk
from announcer.preview.desk.workplace import Workplace
from announcer.preview.downloads import FILES, download, file_name
from announcer.preview.finding import NothingFoundError
from announcer.preview.guard import Guard
from announcer.preview.links import LiveLinks
from announcer.preview.live import Live
from announcer.preview.message_view import MessageView
from announcer.preview.page import ASSETS, Pages
from announcer.preview.sandbox import POLICY, framed
from announcer.preview.selection import MODES, UnreadableSelectionError, read
from announcer.preview.site import POLICY as SITE_POLICY
from announcer.preview.site import TYPES, PublishedSite
from announcer.preview.state import DepartmentState, StateKeeper
from announcer.preview.upcoming import rows_of, upcoming
from announcer.service.selection import Selection


class Preview:
    """Answers for one department."""

    def __init__(
        self, keeper: StateKeeper, pages: Pages, links: LiveLinks, is_over: Callable[[], bool]
    ) -> None:
        self._keeper = keeper
        self._pages = pages
        self._links = links
        self._site = PublishedSite(keeper)
        self._is_over = is_over
        self._live: Live | None = None

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Follows the folder while the preview runs."""
        self._live = Live(self._keeper)
        tasks = [asyncio.create_task(self._live.follow()), asyncio.create_task(self._live.tick())]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def start(self, _request: Request) -> Response:
        """The next mailing."""
        state = self._keeper.state
        rows = rows_of(upcoming(state))
        if not rows:
            return HTMLResponse(self._pages.welcome(state))
        return RedirectResponse(self._links.view(rows[0].selection, "email"), status_code=307)

    def mail(self, request: Request) -> Response:
        """The page of one message."""
        state, selection = self._asked(request)
        whole = request.headers.get("x-part") != "sheet"
        return HTMLResponse(self._pages.mail(state, selection, request.query_params, whole=whole))

    def ask(self, request: Request) -> Response:
        """From the form above a message to the address of what it asks for."""
        query = request.query_params
        selection = self._selection(query.get("subject", ""), query.get("occasion", ""), query)
        return RedirectResponse(self._links.view(selection, query.get("view") or "email"), status_code=303)

    def frame(self, request: Request) -> Response:
        """The email alone."""
        shown = self._shown(request)
        mode = request.query_params.get("mode", "light")
        if shown.message.html is None or mode not in MODES:
            raise HTTPException(404, "This message has no such page.")
        page = framed(shown.message.html, shown.message.data, mode)
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})

    def file(self, request: Request) -> Response:
        """One of the files to take along."""
        name = request.path_params["name"]
        shown = self._shown(request)
        data = download(shown.message, name)
        if data is None:
            raise HTTPException(404, "This message has no such part.")
        return Response(
            data,
            media_type=FILES[name][1],
            headers={"Content-Disposition": f'attachment; filename="{file_name(shown.selection, name)}"'},
        )

    def talks(self, request: Request) -> Response:
        """All talks, or those that a search finds."""
        return HTMLResponse(self._pages.talks(self._keeper.state, request.query_params.get("q", "").strip()))

    def site(self, _request: Request) -> Response:
        """The site, in a frame."""
        return HTMLResponse(self._pages.site(self._keeper.state))

    def site_file(self, request: Request) -> Response:
        """One file of the site."""
        name = request.path_params["name"]
        try:
            data = self._site.file(self._keeper.state, name)
        except TemplateFaultError as fault:
            return PlainTextResponse(f"{fault.problem.path}:{fault.problem.line}: {fault.problem.message}")
        if data is None:
            raise HTTPException(404, "There is no such file now.")
        kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        return Response(data, headers={"Content-Type": kind, "Content-Security-Policy": SITE_POLICY})

    def find(self, request: Request) -> Response:
        """What a search finds, for the list at the left."""
        return HTMLResponse(self._pages.search(self._keeper.state, request.query_params.get("q", "").strip()))

    def spam(self, request: Request) -> Response:
        """What SpamAssassin thinks."""
        state, selection = self._asked(request)
        try:
            return HTMLResponse(self._pages.spam(state, selection))
        except (NothingFoundError, TemplateFaultError) as error:
            raise HTTPException(404, "There is no such message now.") from error

    async def events(self, _request: Request) -> Response:
        """Tells a page when to look again."""
        assert self._live is not None  # noqa: S101 - requests come while the preview runs
        return StreamingResponse(self._live.events(self._is_over), media_type="text/event-stream")

    def _asked(self, request: Request) -> tuple[DepartmentState, Selection]:
        given = request.path_params
        return self._keeper.state, self._selection(given["subject"], given["occasion"], request.query_params)

    def _selection(self, subject: str, occasion: str, query: Mapping[str, str]) -> Selection:
        department = self._keeper.state.department
        try:
            return read(subject, occasion, query, department.timezone if department else "UTC")
        except UnreadableSelectionError as error:
            raise HTTPException(404, str(error)) from error

    def _shown(self, request: Request) -> MessageView:
        state, selection = self._asked(request)
        try:
            return self._pages.message_views.of(state, selection)
        except (NothingFoundError, TemplateFaultError) as error:
            raise HTTPException(404, "There is no such message now.") from error


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    return PlainTextResponse(error.detail, status_code=error.status_code)


def application(
    keeper: StateKeeper,
    workplace: Workplace,
    *,
    hosts: list[str],
    root: str,
    token: str,
    is_over: Callable[[], bool],
) -> Starlette:
    """The preview of a department, answering under `hosts` and `root` to who has the `token`."""
    links = LiveLinks(root)
    pages = Pages(keeper, links, live=True)
    preview = Preview(keeper, pages, links, is_over)
    pages_and_parts = [
        Route("/", preview.start),
        Route("/mail/{subject}/{occasion}", preview.mail),
        Route("/ask/", preview.ask),
        Route("/frame/{subject}/{occasion}", preview.frame),
        Route("/file/{subject}/{occasion}/{name}", preview.file),
        Route("/talks", preview.talks),
        Route("/site", preview.site),
        Route("/site/{name:path}", preview.site_file),
        Route("/find", preview.find),
        Route("/spam/{subject}/{occasion}", preview.spam),
        Route("/events", preview.events),
        *Desk(keeper, workplace, pages, links).routes(),
        Mount("/assets", StaticFiles(directory=ASSETS)),
    ]
    return Starlette(
        routes=[Mount(root, routes=pages_and_parts)],
        middleware=[Middleware(Guard, hosts=hosts, root=root, token=token)],
        exception_handlers={HTTPException: _refused},
        lifespan=preview.lifespan,
    )
