"""A talk whose file is gone and that lists were told of: what the file would say, as far as they know."""

from __future__ import annotations

from announcer.domain.clock import clock_time
from announcer.domain.department import Department
from announcer.domain.plain import Plain
from announcer.domain.planning.history import History
from announcer.domain.snapshot import UNNAMED, Snapshot
from announcer.domain.talk import Audience
from announcer.preview.state import DepartmentState
from announcer.preview.upcoming import is_gone
from announcer.records.writing import length


def announced_fields(state: DepartmentState, department: Department, talk_id: str) -> dict[str, Plain] | None:
    """The fields of a talk's file by what was told; None where no list was told of it, or its file is there.

    A talk that public lists were told less of is confidential again.
    """
    history = History(state.entries)
    public, internal = (
        history.newest(talk_id, audience) for audience in (Audience.PUBLIC, Audience.INTERNAL)
    )
    announced = internal or public
    if announced is None or not is_gone(state, talk_id):
        return None
    is_confidential = public is not None and (
        UNNAMED in public.speakers or (public.title, public.speakers) != (announced.title, announced.speakers)
    )
    values: dict[str, Plain] = {
        **_when(announced, department),
        "id": talk_id,
        "title": announced.title,
        "speakers": [{"name": name} for name in announced.speakers if name != UNNAMED],
        "location": _location(announced, department),
        "online": _online(announced),
        "confidential": "yes" if is_confidential else "",
    }
    return {key: value for key, value in values.items() if value}


def _when(snapshot: Snapshot, department: Department) -> dict[str, Plain]:
    series = department.series.get(snapshot.series) or next(iter(department.series.values()))
    begins = (snapshot.start + snapshot.offset).time()
    lasts = snapshot.end - snapshot.start
    return {
        "series": series.key,
        "date": snapshot.date.isoformat(),
        "time": "" if begins == series.time else clock_time(begins),
        "duration": "" if lasts == series.duration else length(lasts),
        "timezone": "" if snapshot.zone == department.timezone else snapshot.zone,
    }


def _location(snapshot: Snapshot, department: Department) -> str:
    series = department.series.get(snapshot.series)
    return "" if series and series.place and series.place.label == snapshot.place else snapshot.place


def _online(snapshot: Snapshot) -> dict[str, Plain]:
    fields = {
        "url" if "://" in snapshot.online else "meeting_id": snapshot.online,
        "passcode": snapshot.passcode,
    }
    return {key: value for key, value in fields.items() if value}
