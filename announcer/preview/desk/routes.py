"""The desk's addresses: what is looked at by GET, and what is written by POST and no other way."""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from announcer.domain.errors import FaultError
from announcer.domain.plain import Plain
from announcer.preview.desk import photo
from announcer.preview.desk.decisions import standings
from announcer.preview.desk.desk_pages import DeskPages
from announcer.preview.desk.email_views import EmailViews
from announcer.preview.desk.sheet import Paper, Sheet, new_text, with_values
from announcer.preview.desk.shelf import ONLY_TEXT, Shelf
from announcer.preview.desk.submission import Submission, body_of, submitted
from announcer.preview.desk.vanished import announced_fields
from announcer.preview.desk.workplace import Workplace
from announcer.preview.links import LiveLinks
from announcer.preview.page import Pages
from announcer.preview.sandbox import POLICY, framed
from announcer.preview.selection import MODES
from announcer.preview.state import DepartmentState, StateKeeper
from announcer.records.editing import NotEditableError
from announcer.records.talk_files import (
    ChangedMeanwhileError,
    TalkFileError,
    save,
    save_new,
)

_STATUS = {
    "confirm": "confirmed",
    "cancel": "cancelled",
    "postpone": "postponed",
    "draft": "draft",
    "tentative": "tentative",
}
_PUT_BACK = (
    "its file is gone: this is what the lists were told of it. Its abstract stands in the mail that went",
    "nothing is saved yet; cancel it after it is saved, if it is off",
)

_UNLABELLED = (
    "nothing in the answer is labelled: put Title: and Abstract: before what they are, and paste it again"
)


class Desk:
    """Answers what has to do with writing a talk."""

    def __init__(self, keeper: StateKeeper, workplace: Workplace, pages: Pages, links: LiveLinks) -> None:
        self._keeper = keeper
        self._workplace = workplace
        self._links = links
        self._shelf = Shelf(keeper, workplace)
        self._emails = EmailViews(keeper)
        self._pages = DeskPages(keeper, workplace, pages, self._emails)

    def routes(self) -> list[Route]:
        """Where it answers."""
        return [
            Route("/desk/new", self.new),
            Route("/desk/talk/{id}", self.talk),
            Route("/desk/frame/{digest}", self.frame),
            Route("/desk/read", self.read, methods=["POST"]),
            Route("/desk/save", self.save, methods=["POST"]),
            Route("/desk/paste", self.paste, methods=["POST"]),
            Route("/desk/answer", self.answer, methods=["POST"]),
            Route("/desk/photo", self.photo, methods=["POST"]),
        ]

    def new(self, request: Request) -> Response:
        """A form for a new talk: of the series and day of the address, or the next free one."""
        state, department = self._shelf.now()
        query = request.query_params
        series = department.series.get(query.get("series", "")) or next(iter(department.series.values()))
        day = query.get("date", "") or self._shelf.next_day(state, series)
        text = new_text(department, {"series": series.key, "date": day})
        return self._page(state, self._shelf.read(Paper(path="", digest="", text=text)))

    def talk(self, request: Request) -> Response:
        """The form and the text of a talk that is there, or of one whose file is to be put back."""
        state, department = self._shelf.now()
        name = request.path_params["id"]
        if values := announced_fields(state, department, name):
            sheet = self._shelf.read(Paper(path="", digest="", text=new_text(department, values)))
            return self._page(state, sheet, remarks=list(_PUT_BACK))
        file = self._shelf.open(self._shelf.path_of(state, name))
        sheet = self._shelf.read(Paper(path=file.path, digest=file.digest, text=file.text))
        return self._page(state, sheet, notice=request.query_params.get("said", ""))

    def frame(self, request: Request) -> Response:
        """An email that is being written, alone."""
        email = self._emails.kept(request.path_params["digest"])
        mode = request.query_params.get("mode", "light")
        if email is None or email.message.html is None or mode not in MODES:
            raise HTTPException(404, "There is no such email now.")
        page = framed(email.message.html, email.message.data, mode)
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})

    async def read(self, request: Request) -> Response:
        """What is written at this moment: its problems, its text, its email. Nothing is saved."""
        return await run_in_threadpool(self._answered, await submitted(request))

    async def save(self, request: Request) -> Response:
        """Writes the file."""
        self._require_writing()
        return await run_in_threadpool(self._saved, await submitted(request))

    async def paste(self, request: Request) -> Response:
        """Fills a new form with what a pasted text says. Nothing is saved."""
        return await run_in_threadpool(self._pasted, await submitted(request))

    async def answer(self, request: Request) -> Response:
        """Fills the form of a talk with what somebody answered about it. Nothing is saved."""
        return await run_in_threadpool(self._replied, await submitted(request))

    async def photo(self, request: Request) -> Response:
        """Keeps a picture, and says where."""
        self._require_writing()
        data = await body_of(request, photo.LIMIT)
        query = request.query_params
        try:
            path = await run_in_threadpool(
                photo.keep_photo,
                self._workplace.root,
                data,
                wanted=query.get("wanted", ""),
                name=query.get("name", ""),
            )
        except TalkFileError as error:
            return JSONResponse({"error": f"{error.message}: {error.hint}"}, status_code=422)
        return JSONResponse({"path": path})

    def _answered(self, form: Submission) -> Response:
        state, department = self._shelf.now()
        paper, trouble = self._shelf.paper(department, form)
        sheet = self._shelf.read(paper)
        if form.get("part") == "mail":
            return JSONResponse(self._pages.mail(state, sheet, form.get("list")))
        if form.get("again") == "day":  # the day was the other series' next
            text = with_values(
                department, paper, sheet.values or {}, {"date": self._shelf.next_day(state, sheet.series)}
            )
            sheet = self._shelf.read(replace(paper, text=text))
        return JSONResponse(
            self._pages.answer(
                state,
                sheet,
                anew=form.get("from") == "text" or form.get("again") != "",
                trouble=trouble,
                changed=self._shelf.is_changed(paper),
            )
        )

    def _saved(self, form: Submission) -> Response:
        state, department = self._shelf.now()
        paper, trouble = self._shelf.paper(department, form)
        do = form.get("do")
        sheet = self._shelf.read(paper)
        if do == "look" or trouble:
            return self._page(state, sheet, trouble=trouble, status=422 if trouble else 200)
        changes: dict[str, Plain | None] = {}
        if do == "same":
            mine = standings(self._workplace, state, sheet.id)
            changes["id"] = next((mailing.same_as for mailing in mine if mailing.same_as), None)
        elif do in _STATUS:
            sentence = " ".join(form.get("sentence").split())
            changes["status"] = _STATUS[do]
            if sentence:
                changes["notice"] = sentence
            elif do == "confirm" and sheet.status in ("cancelled", "postponed"):
                changes["notice"] = None  # it said why the talk was off
        if changes:
            try:
                text = with_values(department, paper, sheet.values or {}, changes)
            except NotEditableError:
                return self._page(state, sheet, trouble=ONLY_TEXT, status=422)
            sheet = self._shelf.read(replace(paper, text=text))
            if sheet.errors and do == "confirm":
                mend = "mend what is wrong first: nothing was saved"
                return self._page(state, self._shelf.read(paper), trouble=mend, status=422)
        return self._written(sheet, do)

    def _written(self, sheet: Sheet, do: str) -> Response:
        state, root, paper = self._keeper.state, self._workplace.root, sheet.paper
        try:
            if paper.path:
                save(root, paper.path, paper.text, digest=paper.digest)
            else:
                save_new(root, sheet.path, paper.text)
        except ChangedMeanwhileError as error:
            if not paper.path:
                return self._page(state, sheet, trouble=f"{error.message}: {error.hint}", status=409)
            file = self._shelf.open(paper.path)
            there = self._shelf.read(Paper(path=file.path, digest=file.digest, text=file.text))
            return self._page(state, there, mine=paper.text, status=409)
        except TalkFileError as error:
            return self._page(state, sheet, trouble=f"{error.message}: {error.hint}", status=422)
        now = self._keeper.refresh(talks_only=True)
        name = next((name for name, path in self._shelf.paths(now).items() if path == sheet.path), sheet.id)
        notice = do if do in _STATUS or do == "same" else "save"
        return RedirectResponse(f"{self._links.root}/desk/talk/{name}?said={notice}", status_code=303)

    def _pasted(self, form: Submission) -> Response:
        state, department = self._shelf.now()
        try:
            talks = self._workplace.paste(form.get("paste"))
        except FaultError as error:
            text = new_text(department, {"series": next(iter(department.series))})
            sheet = self._shelf.read(Paper(path="", digest="", text=text))
            trouble = f"{error.message}: {error.hint}"
            return self._page(state, sheet, trouble=trouble, status=422, pasted=form.get("paste"))
        first, others = talks[0], len(talks) - 1
        text = new_text(department, {"series": first.series, **first.values})
        remarks = list(first.remarks)
        if others:
            more = "is 1 more talk" if others == 1 else f"are {others} more talks"
            remarks.append(f"there {more} in it: `announcer import` takes them all")
        return self._page(state, self._shelf.read(Paper(path="", digest="", text=text)), remarks=remarks)

    def _replied(self, form: Submission) -> Response:
        state, department = self._shelf.now()
        name, letter = form.get("talk"), form.get("paste")
        file = self._shelf.open(self._shelf.path_of(state, name))
        paper = Paper(path=file.path, digest=file.digest, text=file.text)
        there = self._shelf.read(paper)
        try:
            reply = self._workplace.answer(name, letter)
            text = with_values(department, paper, there.values or {}, reply.values)
        except FaultError as error:
            return self._page(
                state, there, trouble=f"{error.message}: {error.hint}", status=422, pasted=letter
            )
        except NotEditableError:
            return self._page(state, there, trouble=ONLY_TEXT, status=422, pasted=letter)
        if reply.is_unlabelled:
            return self._page(state, there, trouble=_UNLABELLED, status=422, pasted=letter)
        taken = " and ".join(reply.values)
        first = f"{taken}: as answered; nothing is saved yet" if taken else "it says nothing new"
        return self._page(state, self._shelf.read(replace(paper, text=text)), remarks=[first, *reply.remarks])

    def _require_writing(self) -> None:
        if not self._workplace.may_write:
            raise HTTPException(403, "This preview was started with --read-only: it writes nothing.")

    def _page(
        self,
        state: DepartmentState,
        sheet: Sheet,
        *,
        notice: str = "",
        trouble: str = "",
        mine: str | None = None,
        remarks: list[str] | None = None,
        pasted: str = "",
        status: int = 200,
    ) -> Response:
        page = self._pages.page(
            state, sheet, notice=notice, trouble=trouble, mine=mine, remarks=remarks or [], pasted=pasted
        )
        return HTMLResponse(page, status_code=status)
