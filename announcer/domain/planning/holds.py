"""What an occasion needs of a talk before it goes, and what else holds a talk's mail."""

from __future__ import annotations

from announcer.domain.department import Department, Series
from announcer.domain.occasion import Occasion
from announcer.domain.reason import Code, Reason
from announcer.domain.talk import FIELDS, Kind, Status, Talk

_PRESENT: dict[str, tuple[str, ...]] = {
    **{key: (field.name,) for field in FIELDS if field.requirable for key in field.keys},
    "place": ("place", "online"),
}
"""A word for what may be required, and the attributes of a talk of which one must be there."""
REQUIRABLE = tuple(_PRESENT)
"""What a series' `requires` may name: fields, and `place` for a room or a link."""


def hold(department: Department, talk: Talk, occasion: Occasion) -> Reason | None:
    """Why a scheduled mail about this talk may not go; None where nothing holds it."""
    series = department.series.get(talk.series)
    if talk.status is Status.DRAFT:
        return Reason.of(Code.DRAFT)
    return _incomplete(talk, series, occasion) or paused(department, series)


def paused(department: Department, series: Series | None = None) -> Reason | None:
    """Why nothing is sent at all, or nothing of a series."""
    if department.paused:
        return Reason.of(Code.PAUSED, why=department.paused)
    if series and series.paused:
        return Reason.of(Code.SERIES_PAUSED, series=series.name, why=series.paused)
    return None


def announceable(talk: Talk, series: Series | None, occasion: Occasion) -> bool:
    """Whether a talk may be told of on this occasion."""
    return talk.status in (Status.CONFIRMED, Status.TENTATIVE) and not _incomplete(talk, series, occasion)


def _incomplete(talk: Talk, series: Series | None, occasion: Occasion) -> Reason | None:
    required = occasion.row.requires
    if talk.kind is Kind.NONE:
        return Reason.of(Code.NO_NOTICE) if required and not talk.notice else None
    if series and occasion in series.requires:
        required = series.requires[occasion]
    missing = tuple(name for name in required if _is_missing(talk, name))
    return Reason.of(Code.INCOMPLETE, fields=missing) if missing else None


def _is_missing(talk: Talk, name: str) -> bool:
    return all(getattr(talk, attribute) in (None, ()) for attribute in _PRESENT[name])
