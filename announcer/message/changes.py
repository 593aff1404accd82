"""What a message says before its talk: that it reminds, corrects, cancels, and what has changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from announcer.domain.mailing import Group
from announcer.domain.rule import Occasion
from announcer.domain.snapshot import Fact, Snapshot
from announcer.domain.talk import Kind, Status, Talk
from announcer.message import dates
from announcer.message.prose import cleaned, listed, one_line
from announcer.message.views import ChangeView, StateView

_NAMES = {
    Fact.STATUS: "Status",
    Fact.DATE: "Date",
    Fact.TIME: "Time",
    Fact.PLACE: "Room",
    Fact.ONLINE: "Online link",
    Fact.SPEAKER: "Speaker",
}
_OFF = {Status.CANCELLED: ("cancelled", "Cancelled"), Status.POSTPONED: ("postponed", "Postponed")}


def state(group: Group, talk: Talk, series: str, locale: str) -> StateView | None:
    """What the message's first line says; None for a plain announcement."""
    detail = _detail(group, talk, locale)
    telling = group.telling[0] if group.telling else None
    if talk.kind is Kind.NONE:
        return StateView(kind="none", label=f"No {series}", detail=dates.long_date(talk.date, locale))
    is_off = telling is not None and telling.off
    if is_off or group.occasion is Occasion.CANCELLATION:
        kind, label = _OFF[telling.status if telling and is_off else Status.CANCELLED]
        return StateView(kind=kind, label=label, detail=None)
    if Fact.STATUS in group.changes:
        return StateView(kind="again", label="On again", detail=detail)
    if group.changes:
        soon = detail if group.occasion is Occasion.REMINDER else None
        return StateView(kind="changed", label=_label(group.changes), detail=soon)
    if group.occasion is Occasion.CORRECTION:
        return StateView(kind="changed", label="Changed", detail=detail)
    if group.occasion is Occasion.REMINDER:
        return StateView(kind="reminder", label="Reminder", detail=detail)
    if talk.status is Status.TENTATIVE:
        return StateView(kind="tentative", label="Tentative", detail="Not yet confirmed")
    return None


def _label(facts: tuple[Fact, ...]) -> str:
    names = [_NAMES[fact].lower() for fact in facts]
    return f"{listed(names)} change".capitalize()


def _detail(group: Group, talk: Talk, locale: str) -> str:
    """`Today at 4:00 pm`, `Wednesday at 4:00 pm`."""
    near = relative(talk.date, group.today)
    ahead = (talk.date - group.today).days
    day = near.capitalize() if near else dates.weekday(talk.date, locale)
    if not near and not 0 <= ahead < 7:
        day = dates.short_date(talk.date, locale)
    return f"{day} at {dates.time_of_day(talk.local_start, locale)}"


def relative(day: date, today: date) -> str | None:
    """`today` or `tomorrow`; None for other days."""
    return {0: "today", 1: "tomorrow"}.get((day - today).days)


def changes(group: Group, locale: str) -> tuple[ChangeView, ...]:
    """Each fact that differs, as it was told and as it is now."""
    told = group.told[0] if group.told else None
    if told is None or not group.telling:
        return ()
    told, true = cleaned(told), cleaned(group.telling[0])
    made = []
    for fact in group.changes:
        was, now = _value(fact, told, locale), _value(fact, true, locale)
        made.append(ChangeView(fact=fact.value, name=_NAMES[fact], was=was or "none", now=now or "none"))
    return tuple(made)


def _value(fact: Fact, snapshot: Snapshot, locale: str) -> str:
    if fact is Fact.STATUS:
        on = snapshot.status not in _OFF
        return "Takes place" if on else _OFF[snapshot.status][1]
    if fact is Fact.DATE:
        return dates.long_date(snapshot.date, locale)
    if fact is Fact.TIME:
        start, end = _clock(snapshot.start, snapshot.offset), _clock(snapshot.end, snapshot.offset)
        zone = dates.zone_name(snapshot.start, snapshot.zone, locale)
        return f"{dates.times(start, end, locale)} {zone}"
    if fact is Fact.PLACE:
        return one_line(snapshot.place)
    if fact is Fact.ONLINE:
        return one_line(snapshot.online)
    return listed(snapshot.speakers) if snapshot.speakers else ""


def _clock(moment: datetime, offset: timedelta) -> datetime:
    """The moment on the clocks that were told, even where the zone's rules changed since."""
    return moment.astimezone(timezone(offset) if offset else UTC)
