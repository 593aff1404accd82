"""The desk's page, and what it is told as a person types."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff

from announcer.domain.mailing import State
from announcer.domain.problem import Problem
from announcer.preview.desk.days import next_days
from announcer.preview.desk.decisions import Standing, standings, waits_for
from announcer.preview.desk.email_views import EmailView, EmailViews
from announcer.preview.desk.sheet import Sheet
from announcer.preview.desk.views import first_blocks, more_parts
from announcer.preview.desk.workplace import Workplace
from announcer.preview.page import Pages
from announcer.preview.state import DepartmentState, StateKeeper
from announcer.preview.upcoming import title_of

_NOTICES = {
    "save": "Saved.",
    "confirm": "Confirmed and saved.",
    "cancel": "Saved as cancelled.",
    "postpone": "Saved as postponed.",
    "draft": "Saved as a draft: it reaches nobody.",
    "tentative": "Saved as tentative.",
    "same": "Saved: it is the talk that the lists were told of.",
}


class DeskPages:
    """Writes the desk's pages."""

    def __init__(self, keeper: StateKeeper, workplace: Workplace, pages: Pages, emails: EmailViews) -> None:
        self._keeper = keeper
        self._workplace = workplace
        self._pages = pages
        self._emails = emails

    def page(
        self,
        state: DepartmentState,
        sheet: Sheet,
        *,
        notice: str,
        trouble: str,
        mine: str | None,
        remarks: Sequence[str],
        pasted: str,
    ) -> str:
        """The whole page. `mine` is what a person wrote while the file became another."""
        email = self._email(state, sheet, "")
        mailings = standings(self._workplace, state, sheet.id) if sheet.paper.path else ()
        values = {
            **self._pages.frame_of(state, whole=True),
            **self._form(state, sheet),
            "selection": None,
            "notice": _noticed(notice, mailings),
            "trouble": trouble,
            "remarks": remarks,
            "pasted": pasted,
            "mine": mine,
            "difference": _difference(sheet.paper.text, mine) if mine is not None else [],
            "email": email if isinstance(email, EmailView) else None,
            "no_email": email if isinstance(email, str) else "",
            "standings": mailings,
            "told": any(entry.key.subject == sheet.id for entry in state.entries),
        }
        return self._pages.write("desk.html", values)

    def answer(
        self,
        state: DepartmentState,
        sheet: Sheet,
        *,
        anew: bool,
        trouble: str,
        changed: bool,
    ) -> dict[str, object]:
        """What the page is told after a key was struck, but for the email; `anew` with the form, too."""
        answer: dict[str, object] = {
            "text": sheet.paper.text,
            "path": sheet.path,
            "name": sheet.id,
            "heading": self._heading(sheet),
            "problems": {
                box: [_problem(problem) for problem in problems]
                for box, problems in sheet.by_box.items()
                if problems
            },
            "errors": len(sheet.errors),
            "says": self._says(state, sheet),
            "trouble": trouble,
            "changed": changed,
        }
        if anew and sheet.values is not None:  # half a line of YAML empties no form
            answer["form"] = self._pages.write("desk_form.html", self._form(state, sheet))
        return answer

    def mail(self, state: DepartmentState, sheet: Sheet, list_name: str) -> dict[str, object]:
        """The email of what is written, or why there is none."""
        email = self._email(state, sheet, list_name)
        if isinstance(email, str):
            return {"none": email}
        return {
            "frame": email.digest if email.message.html else "",
            "subject": email.message.subject,
            "plain": email.message.text,
            "lists": email.lists,
            "list": email.list,
        }

    def _form(self, state: DepartmentState, sheet: Sheet) -> dict[str, object]:
        return {
            "sheet": sheet,
            "heading": self._heading(sheet),
            "first": first_blocks(self._workplace, state, sheet),
            "more": more_parts(self._workplace, state, sheet),
            "days": next_days(state, sheet.series, self._workplace.holiday),
            "loose": sheet.by_box.get("", ()),
            "is_new": not sheet.paper.path,
            "says": self._says(state, sheet),
            "may_write": self._workplace.may_write,
        }

    def _says(self, state: DepartmentState, sheet: Sheet) -> str:
        """The state of it all, in a line."""
        if sheet.errors:
            return f"{len(sheet.errors)} to mend"
        waits = waits_for(state, sheet.talk) if sheet.talk else ""
        warned = f"{len(sheet.problems)} to look at" if sheet.problems else ""
        sentence = "; ".join(part for part in (warned, waits) if part)
        return f"{sentence[:1].upper()}{sentence[1:]}" if sentence else "Nothing to mend"

    def _heading(self, sheet: Sheet) -> str:
        if sheet.talk is not None:
            return title_of(sheet.talk)
        return sheet.filled.boxes.get("title") or "Title to be announced"

    def _email(self, state: DepartmentState, sheet: Sheet, list_name: str) -> EmailView | str:
        if sheet.talk is None:
            return "The email appears once the problems are mended."
        return self._emails.of(state, sheet.talk, list_name)


def _noticed(done: str, mailings: Sequence[Standing]) -> str:
    """What was done, and what mail comes of it."""
    words = _NOTICES.get(done, "")
    if done not in _NOTICES or done == "draft":
        return words
    going = [mailing for mailing in mailings if mailing.state in (State.UPCOMING, State.DUE)]
    if going and going[0].state == State.DUE:
        return f"{words} The {going[0].occasion} is due: the next run sends it."
    if going:
        return f"{words} Next goes the {going[0].occasion}: {going[0].when}."
    return words if any(mailing.is_told for mailing in mailings) else f"{words} No mail of it is coming."


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "severity": problem.severity.value,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "hint": problem.hint,
    }


def _difference(there: str, mine: str) -> list[tuple[str, str]]:
    """Lines of both, each with `-` for the file's and `+` for the person's."""
    lines = unified_diff(there.splitlines(), mine.splitlines(), lineterm="", n=2)
    return [(line[:1], line[1:]) for line in list(lines)[2:] if not line.startswith("@@")]
