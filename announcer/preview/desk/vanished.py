"""A talk whose file is gone and that lists were told of: what the file would say, as far as they know."""

from __future__ import annotations

from announcer.domain.department import Department
from announcer.domain.plain import Plain
from announcer.domain.planning.history import History
from announcer.domain.snapshot import UNNAMED, Snapshot
from announcer.domain.talk import Audience
from announcer.preview.state import DepartmentState
from announcer.preview.upcoming import is_gone
from announcer.records.writing import clock, length


def told_values(state: DepartmentState, department: Department, talk_id: str) -> dict[str, Plain] | None:
    """The fields of a talk's file by what was told; None where no list was told of it, or its file is there.

    A talk that public lists were told less of is confidential again.
    """
    history = History(state.entries)
    public, internal = (
        history.newest(talk_id, audience) for audience in (Audience.PUBLIC, Audience.INTERNAL)
    )
    told = internal or public
    if told is None or not is_gone(state, talk_id):
        return None
    is_confidential = public is not None and (
        UNNAMED in public.speakers or (public.title, public.speakers) != (told.title, told.speakers)
    )
    values: dict[str, Plain] = {
        **_when(told, department),
        "id": talk_id,
        "title": told.title,
        "speakers": [{"name": name} for name in told.speakers if name != UNNAMED],
        "location": _location(told, department),
        "online": _online(told),
        "confidential": "yes" if is_confidential else "",
    }
    return {key: value for key, value in values.items() if value}


def _when(told: Snapshot, department: Department) -> dict[str, Plain]:
    series = department.series.get(told.series) or next(iter(department.series.values()))
    begins = (told.start + told.offset).time()
    lasts = told.end - told.start
    return {
        "series": series.key,
        "date": told.date.isoformat(),
        "time": "" if begins == series.time else clock(begins),
        "duration": "" if lasts == series.duration else length(lasts),
        "timezone": "" if told.zone == department.timezone else told.zone,
    }


def _location(told: Snapshot, department: Department) -> str:
    series = department.series.get(told.series)
    return "" if series and series.place and series.place.label == told.place else told.place


def _online(told: Snapshot) -> dict[str, Plain]:
    said = {"url" if "://" in told.online else "meeting_id": told.online, "passcode": told.passcode}
    return {key: value for key, value in said.items() if value}
