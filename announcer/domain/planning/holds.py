"""What an occasion needs of a talk before it goes, and what else holds a talk's mail."""

from __future__ import annotations

from announcer.domain.department import Department, Series
from announcer.domain.occasion import Occasion
from announcer.domain.talk import FIELDS, Kind, Status, Talk

_PRESENT: dict[str, tuple[str, ...]] = {
    **{key: (field.name,) for field in FIELDS if field.requirable for key in field.keys},
    "place": ("place", "online"),
}
"""A word for what may be required, and the attributes of a talk of which one must be there."""
REQUIRABLE = tuple(_PRESENT)
"""What a series' `requires` may name: fields, and `place` for a room or a link."""


def hold(department: Department, talk: Talk, occasion: Occasion) -> str | None:
    """Why a scheduled mail about this talk may not go, in words; None where nothing holds it."""
    series = department.series.get(talk.series)
    if talk.status is Status.DRAFT:
        return "it is a draft: set `status: confirmed` when it may be announced"
    missing = _missing(talk, series, occasion)
    if missing:
        return f"it has no {' and no '.join(missing)} yet"
    if department.paused:
        return f"paused: {department.paused}"
    if series and series.paused:
        return f"{series.name} is paused: {series.paused}"
    return None


def announceable(talk: Talk, series: Series | None, occasion: Occasion) -> bool:
    """Whether a talk may be told of on this occasion."""
    return talk.status in (Status.CONFIRMED, Status.TENTATIVE) and not _missing(talk, series, occasion)


def _missing(talk: Talk, series: Series | None, occasion: Occasion) -> list[str]:
    required = occasion.row.requires
    if talk.kind is Kind.NONE:
        return ["notice that says why there is no talk"] if required and not talk.notice else []
    if series and occasion in series.requires:
        required = series.requires[occasion]
    return [name for name in required if all(getattr(talk, one) in (None, ()) for one in _PRESENT[name])]
