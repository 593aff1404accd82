"""The talks' files as the desk finds them, and what is being written of them."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from announcer.domain.department import Department, Series
from announcer.preview.desk.days import next_days
from announcer.preview.desk.sheet import Paper, Sheet, read_sheet, with_boxes
from announcer.preview.desk.submission import Submission
from announcer.preview.desk.workplace import Workplace
from announcer.preview.state import DepartmentState, StateKeeper
from announcer.records.editing import NotEditableError, values_of
from announcer.records.talk_files import TalkFile, TalkFileError, open_talk

ONLY_TEXT = "this field is written so that only the text can be changed: do it there"

UNREADABLE = "the file's text cannot be read: mend it there first, then the form takes more"


class Shelf:
    """Finds, opens and reads them."""

    def __init__(self, keeper: StateKeeper, workplace: Workplace) -> None:
        self._keeper = keeper
        self._workplace = workplace

    def paper(self, department: Department, form: Submission) -> tuple[Paper, str]:
        """What was sent, and why its boxes could not be put into the text. Raises HTTPException."""
        path = form.get("path")
        if path and path not in self.paths(self._keeper.state).values():
            raise HTTPException(404, "There is no such talk.")
        paper = Paper(path=path, digest=form.get("digest"), text=form.text)
        if form.get("from") == "text":
            return paper, ""
        try:
            return with_boxes(department, paper, form.boxes), ""
        except NotEditableError:
            return paper, UNREADABLE if values_of(
                paper.text.encode("utf-8", "replace")
            ) is None else ONLY_TEXT

    def read(self, paper: Paper) -> Sheet:
        """What a text says."""
        state, department = self.now()
        return read_sheet(self._workplace, state, department, paper)

    def now(self) -> tuple[DepartmentState, Department]:
        """The department at this moment. Raises HTTPException where announcer.yaml never was sound."""
        state = self._keeper.state
        if state.department is None:
            raise HTTPException(409, "Mend announcer.yaml first: `announcer check` says what is wrong.")
        return state, state.department

    def next_day(self, state: DepartmentState, series: Series) -> str:
        """The next day on which nothing stands in a talk's way; empty where none is known."""
        days = next_days(state, series, self._workplace.holiday)
        return next((choice.day.isoformat() for choice in days if choice.is_free), "")

    def paths(self, state: DepartmentState) -> dict[str, str]:
        """The file of each talk, by its id."""
        paths = {talk.id: talk.path for talk in state.talks.values()}
        return paths | {broken.id: broken.path for broken in state.broken}

    def path_of(self, state: DepartmentState, name: str) -> str:
        """The file of one. Raises HTTPException."""
        path = self.paths(state).get(name)
        if path is None:
            raise HTTPException(404, "There is no such talk now: its file may have been renamed or deleted.")
        return path

    def open(self, path: str) -> TalkFile:
        """A talk's file as it is now. Raises HTTPException."""
        try:
            return open_talk(self._workplace.root, path)
        except TalkFileError as error:
            raise HTTPException(409, f"{path}: {error.message}: {error.hint}") from error

    def is_changed(self, paper: Paper) -> bool:
        """Whether the file says something else than when it was opened."""
        if not paper.path:
            return False
        try:
            return open_talk(self._workplace.root, paper.path).digest != paper.digest
        except TalkFileError:  # gone, or no text any more: saving says which
            return True
