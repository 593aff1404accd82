"""A shown -> what the templates of the pages get, and the pages themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from announcer.domain.department import Department
from announcer.domain.errors import FaultError
from announcer.domain.problem import Problem
from announcer.message import TemplateFaultError
from announcer.preview import mime_parts, words
from announcer.preview.checks import check, spam
from announcer.preview.checks.finding import Check, Examined
from announcer.preview.finding import NothingFoundError
from announcer.preview.links import Links
from announcer.preview.message_view import MessageView, MessageViews, audience_differences, problems_of
from announcer.preview.page_data import asking, command, header_rows
from announcer.preview.selection import MODES, VIEWS, WIDTHS, path, query
from announcer.preview.state import DepartmentState, StateKeeper
from announcer.preview.upcoming import Upcoming, is_gone, search, upcoming
from announcer.service.selection import Selection

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
    """Writes the pages of one department."""

    def __init__(self, keeper: StateKeeper, links: Links, *, live: bool, public: bool = False) -> None:
        """`live` pages follow the folder; others are files that somebody takes along, and `public` ones
        have in them what a public list may know, and nothing else."""
        self.keeper = keeper
        self.message_views = MessageViews(keeper, anew=public)
        self.listed: Upcoming | None = None
        """What stands in the list at the left; what is coming where None."""
        self._planned: tuple[tuple[int, datetime], Upcoming] | None = None
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

    def mail(
        self, state: DepartmentState, selection: Selection, look: Mapping[str, str], *, whole: bool = True
    ) -> str:
        """The page of one message. Without `whole` it is the message alone, which is made sooner."""
        department = state.department
        values = self.frame_of(state, whole)
        try:
            shown = self.message_views.of(state, selection)
        except NothingFoundError as nothing:
            problems = [_problem(problem) for problem in problems_of(state, selection)] if self._live else []
            gone = self._live and is_gone(state, selection.subject)
            return self._nothing(values | {"problems": problems, "gone": gone}, selection, nothing)
        except TemplateFaultError as fault:
            why = NothingFoundError("template", selection.subject, "the email cannot be made", "")
            values |= {"problems": [_problem(fault.problem)], "gone": False}
            return self._nothing(values, selection, why)
        assert department is not None  # noqa: S101 - there is no shown without one
        findings = self._checks(state, shown) if whole else None
        values |= {"findings": findings, **self._of_message(state, department, shown, look)}
        return self.write("mail.html", values)

    def talks(self, state: DepartmentState, text: str) -> str:
        """The page of all talks."""
        values = self.frame_of(state, whole=True)
        return self.write(
            "talks.html", values | {"rows": search(state, text), "text": text, "selection": None}
        )

    def site(self, state: DepartmentState) -> str:
        """The page that shows the site."""
        return self.write("site.html", self.frame_of(state, whole=True) | {"selection": None})

    def welcome(self, state: DepartmentState) -> str:
        """The page while there is no mailing to show."""
        return self.write("welcome.html", self.frame_of(state, whole=True) | {"selection": None})

    def search(self, state: DepartmentState, text: str) -> str:
        """The talks that a search finds, for the list at the left."""
        rows = search(state, text, _FOUND)
        return self.write("found.html", {"rows": rows, "text": text, "selection": None})

    def spam(self, state: DepartmentState, selection: Selection) -> str:
        """SpamAssassin's opinion of one message. Raises NothingFoundError and TemplateFaultError."""
        shown = self.message_views.of(state, selection)
        return self.write("spam.html", {"check": spam.spam(shown.message.data)})

    def _nothing(self, values: dict[str, object], selection: Selection, why: NothingFoundError) -> str:
        return self.write("nothing.html", values | {"selection": selection, "nothing": why})

    def write(self, name: str, values: Mapping[str, object]) -> str:
        """One page, or a part of one."""
        return self._templates.get_template(name).render(values)

    def frame_of(self, state: DepartmentState, whole: bool) -> dict[str, object]:
        """What stands around every page."""
        department = state.department
        return {
            "number": state.number,
            "organization": department.organization if department else "announcer",
            "transport": self.keeper.source.transport(department) if department else "",
            "upcoming": (self.listed or self._coming(state)) if whole else None,
            "problems_now": [_problem(problem) for problem in state.problems] if self._live else [],
            "error_count": len(state.errors) if self._live else 0,
            "fault": _fault(state.fault) if self._live else None,
            "page_policy": FILE_POLICY,
            "text": "",
        }

    def _coming(self, state: DepartmentState) -> Upcoming:
        """The list at the left, planned once for each state of the folder and each minute."""
        moment = (state.number, state.now.replace(second=0, microsecond=0))
        if self._planned is None or self._planned[0] != moment:
            self._planned = (moment, upcoming(state))
        return self._planned[1]

    def _of_message(
        self, state: DepartmentState, department: Department, shown: MessageView, look: Mapping[str, str]
    ) -> dict[str, object]:
        group = shown.group
        view = look.get("view", "email")
        values: dict[str, object] = {
            "selection": shown.selection,
            "shown": shown,
            "message": shown.message,
            "group": group,
            "view": view if view in VIEWS else "email",
            "width": look["width"] if look.get("width") in WIDTHS else "full",
            "mode": look["mode"] if look.get("mode") in MODES else "light",
            "stale": [_problem(problem) for problem in shown.problems],
            "spam_installed": spam.is_installed(),
            "spam_url": f"{self._links.root}/spam/{path(shown.selection)}{query(shown.selection)}",
            "sender": department.speaking_for(shown.group.series).sender,
            **header_rows(state, shown, public=self._public),
            **asking(state, department, shown),
            "command": command(shown),
            "is_a_talk": shown.selection.occasion.row.is_about_one,
        }
        return values | self._of_view(department, state, shown, str(values["view"]))

    def _of_view(
        self, department: Department, state: DepartmentState, shown: MessageView, view: str
    ) -> dict[str, object]:
        data = shown.message.data
        if view == "text":
            return {"lines": shown.message.text.rstrip("\n").split("\n")}
        if view == "headers":
            return {
                "fields": mime_parts.fields(data),
                "envelope_from": department.envelope_from,
                "redirected": department.delivery.redirect_all_to,
                "others": [
                    {
                        "group": other,
                        "names": ", ".join(mailing_list.name for mailing_list in other.lists),
                        "differences": audience_differences(
                            shown.message.text, self.keeper.message(state, other).text
                        ),
                    }
                    for other in shown.mailing.groups
                    if other is not shown.group and not self._public and not shown.problems
                ],
            }
        if view == "calendar":
            calendar = shown.message.calendar
            zone_name = shown.group.talks[0].zone if shown.group.talks else department.timezone
            return {
                "events": mime_parts.events(calendar, zone_name) if calendar else [],
                "calendar_source": calendar.decode() if calendar else "",
            }
        if view == "source":
            return {
                "parts_found": mime_parts.parts(data),
                "raw": data.decode("ascii", "replace").replace("\r\n", "\n"),
            }
        return {}

    def _checks(self, state: DepartmentState, shown: MessageView) -> list[Check]:
        if shown.problems or shown.sent:
            return []
        context = self.keeper.composer(state).context(shown.group)
        return check(
            Examined(group=shown.group, message=shown.message, preheader=shown.preheader, context=context)
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
