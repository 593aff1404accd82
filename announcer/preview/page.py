"""A sheet -> what the templates of the pages get, and the pages themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from announcer.domain.department import Department
from announcer.domain.errors import FaultError
from announcer.domain.problem import Problem
from announcer.message import TemplateFaultError
from announcer.preview import mime_parts as anatomy
from announcer.preview import words
from announcer.preview.checks import check, spam
from announcer.preview.checks.finding import Check, Examined
from announcer.preview.found import NothingFoundError
from announcer.preview.links import Links
from announcer.preview.message_view import Sheet, Sheets, differences, problems_of
from announcer.preview.page_data import asking, command, standing
from announcer.preview.selection import MODES, VIEWS, WIDTHS, Choice
from announcer.preview.state import Desk, Picture
from announcer.preview.upcoming import Coming, coming, search

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent / "pages"
ASSETS = Path(__file__).parent / "assets"
FILE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""Content-Security-Policy of pages in files."""
_FOUND = 40
"""Talks that a search lists at the left."""


class Pages:
    """Writes the pages of one desk."""

    def __init__(self, desk: Desk, links: Links, *, live: bool, public: bool = False) -> None:
        """`live` pages follow the folder; others are files that somebody takes along, and `public` ones
        have in them what a public list may know, and nothing else."""
        self.desk = desk
        self.sheets = Sheets(desk)
        self.listed: Coming | None = None
        """What stands in the list at the left; what is coming where None."""
        self._links = links
        self._live = live
        self._public = public

    @cached_property
    def _templates(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals |= {
            "links": self._links,
            "live": self._live,
            "size": words.size,
            "coded": words.coded,
        }
        return environment

    def mail(self, picture: Picture, choice: Choice, look: Mapping[str, str], *, whole: bool = True) -> str:
        """The page of one message. Without `whole` it is the message alone, which is made sooner."""
        department = picture.department
        values = self._frame_of(picture, whole)
        try:
            sheet = self.sheets.sheet(picture, choice)
        except NothingFoundError as nothing:
            problems = [_problem(one) for one in problems_of(picture, choice)] if self._live else []
            return self._nothing(values | {"problems": problems}, choice, nothing)
        except TemplateFaultError as fault:
            why = NothingFoundError(message="the email cannot be made")
            return self._nothing(values | {"problems": [_problem(fault.problem)]}, choice, why)
        assert department is not None  # noqa: S101 - there is no sheet without one
        findings = self._checks(picture, sheet) if whole else None
        values |= {"findings": findings, **self._of_sheet(picture, department, sheet, look)}
        return self._write("mail.html", values)

    def talks(self, picture: Picture, text: str) -> str:
        """The page of all talks."""
        values = self._frame_of(picture, whole=True)
        return self._write(
            "talks.html", values | {"rows": search(picture, text), "text": text, "choice": None}
        )

    def welcome(self, picture: Picture) -> str:
        """The page while there is no mailing to show."""
        return self._write("welcome.html", self._frame_of(picture, whole=True) | {"choice": None})

    def found(self, picture: Picture, text: str) -> str:
        """The talks that a search finds, for the list at the left."""
        rows = search(picture, text, _FOUND)
        return self._write("found.html", {"rows": rows, "text": text, "choice": None})

    def spam(self, picture: Picture, choice: Choice) -> str:
        """SpamAssassin's opinion of one message. Raises NothingFoundError and TemplateFaultError."""
        sheet = self.sheets.sheet(picture, choice)
        return self._write("spam.html", {"check": spam.spam(sheet.message.data)})

    def _nothing(self, values: dict[str, object], choice: Choice, why: NothingFoundError) -> str:
        return self._write("nothing.html", values | {"choice": choice, "nothing": why})

    def _write(self, name: str, values: Mapping[str, object]) -> str:
        return self._templates.get_template(name).render(values)

    def _frame_of(self, picture: Picture, whole: bool) -> dict[str, object]:
        department = picture.department
        return {
            "number": picture.number,
            "organization": department.organization if department else "announcer",
            "transport": self.desk.source.transport(department) if department else "",
            "coming": (self.listed or coming(picture)) if whole else None,
            "problems_now": [_problem(one) for one in picture.problems] if self._live else [],
            "error_count": len(picture.errors) if self._live else 0,
            "fault": _fault(picture.fault) if self._live else None,
            "page_policy": FILE_POLICY,
            "text": "",
        }

    def _of_sheet(
        self, picture: Picture, department: Department, sheet: Sheet, look: Mapping[str, str]
    ) -> dict[str, object]:
        group = sheet.group
        view = look.get("view", "email")
        values: dict[str, object] = {
            "choice": sheet.choice,
            "sheet": sheet,
            "message": sheet.message,
            "group": group,
            "view": view if view in VIEWS else "email",
            "width": look["width"] if look.get("width") in WIDTHS else "full",
            "mode": look["mode"] if look.get("mode") in MODES else "light",
            "stale": [_problem(one) for one in sheet.problems],
            "spam_installed": spam.is_installed(),
            "sender": department.sender,
            **standing(picture, sheet, public=self._public),
            **asking(picture, department, sheet),
            "command": command(sheet),
        }
        return values | self._of_view(department, picture, sheet, str(values["view"]))

    def _of_view(
        self, department: Department, picture: Picture, sheet: Sheet, view: str
    ) -> dict[str, object]:
        data = sheet.message.data
        if view == "text":
            return {"lines": sheet.message.text.rstrip("\n").split("\n")}
        if view == "headers":
            return {
                "fields": anatomy.fields(data),
                "envelope_from": department.envelope_from,
                "redirected": department.delivery.redirect_all_to,
                "others": [
                    {
                        "group": other,
                        "names": ", ".join(each.name for each in other.lists),
                        "differences": differences(
                            sheet.message.text, self.desk.message(picture, other).text
                        ),
                    }
                    for other in sheet.mailing.groups
                    if other is not sheet.group and not self._public and not sheet.problems
                ],
            }
        if view == "calendar":
            calendar = sheet.message.calendar
            zone_name = sheet.group.talks[0].zone if sheet.group.talks else department.timezone
            return {
                "events": anatomy.events(calendar, zone_name) if calendar else [],
                "calendar_source": calendar.decode() if calendar else "",
            }
        if view == "source":
            return {
                "parts_found": anatomy.parts(data),
                "raw": data.decode("ascii", "replace").replace("\r\n", "\n"),
            }
        return {}

    def _checks(self, picture: Picture, sheet: Sheet) -> list[Check]:
        if sheet.problems:
            return []
        context = self.desk.composer(picture).context(sheet.group)
        return check(
            Examined(group=sheet.group, message=sheet.message, preheader=sheet.preheader, context=context)
        )


def _problem(problem: Problem) -> dict[str, object]:
    """A problem with its line cut at the column, so that the fault can be marked."""
    start = max(0, problem.column - 1)
    return {
        "place": f"{problem.path}:{problem.line}:{problem.column}",
        "path": problem.path,
        "line": problem.line,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "before": problem.excerpt[:start],
        "marked": problem.excerpt[start:],
    }


def _fault(fault: FaultError | None) -> dict[str, str] | None:
    if fault is None:
        return None
    return {"place": fault.place, "message": fault.message, "hint": fault.hint}
