"""What a message says before its talk: that it reminds, corrects, cancels, and what has changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from announcer.domain.mailing import AudienceGroup
from announcer.domain.snapshot import UNNAMED, Fact, Snapshot, differences
from announcer.domain.talk import Kind, Status, Talk
from announcer.message import dates
from announcer.message.views import ChangeView, StateView
from announcer.text.characters import cleaned
from announcer.text.prose import listed, one_line
from announcer.text.reading import named

_NAMES = {
    Fact.STATUS: "Status",
    Fact.DATE: "Date",
    Fact.TIME: "Time",
    Fact.PLACE: "Room",
    Fact.ONLINE: "Online link",
    Fact.SPEAKER: "Speaker",
}
_PASSCODE = "Passcode"
_ADDED = {
    Fact.PLACE: "room announced",
    Fact.ONLINE: "online link added",
    Fact.SPEAKER: "speaker announced",
}
"""What to call it where nothing had been told before: nothing changed then, something was added."""
_GONE = {Fact.PLACE: "to be announced", Fact.ONLINE: "no longer offered", Fact.SPEAKER: "to be announced"}
_OFF = {Status.CANCELLED: ("cancelled", "Cancelled"), Status.POSTPONED: ("postponed", "Postponed")}
ON_AGAIN = "On again"
_NEW_DATE = "New date"
_SEVERAL = "Changed"
"""Of several facts in a subject, which shows what is true: the message says which."""


def state(
    group: AudienceGroup, talk: Talk, series: str, differing: tuple[ChangeView, ...], locale: str
) -> StateView | None:
    """What the message's first line says; None for a plain announcement."""
    detail = _detail(group, talk, locale)
    snapshot = group.snapshots[0] if group.snapshots else None
    if talk.kind is Kind.NONE:
        return StateView(kind="none", label=f"No {series}", detail=dates.long_date(talk.date, locale))
    is_off = snapshot is not None and snapshot.off
    row = group.occasion.row
    if is_off or row.takes_back:
        kind, label = _OFF[snapshot.status if snapshot and is_off else Status.CANCELLED]
        return StateView(kind=kind, label=label, detail=None)
    changed = called(differing)
    if changed and any(change.fact == Fact.STATUS for change in differing):
        return StateView(kind="again", label=changed, detail=detail)
    if changed:
        soon = detail if row.says_when else None
        return StateView(kind="changed", label=changed, brief=called(differing, brief=True), detail=soon)
    if row.state:
        kind, label = row.state
        unsure = ", tentative" if talk.status is Status.TENTATIVE else ""
        return StateView(kind=kind, label=f"{label}{unsure}", detail=detail)
    if talk.status is Status.TENTATIVE:
        return StateView(kind="tentative", label="Tentative", detail="Not yet confirmed")
    return None


def called(differing: tuple[ChangeView, ...], *, brief: bool = False) -> str | None:
    """What a talk's changes are called together: `Room change`, `Time change, speaker announced`; of
    several, in brief, `Changed`; None for none."""
    status = next((change.now for change in differing if change.fact == Fact.STATUS), None)
    if status == _TAKES_PLACE:
        return _NEW_DATE if any(change.fact == Fact.DATE for change in differing) else ON_AGAIN
    if status:
        return status
    if brief and len(differing) > 1:
        return _SEVERAL
    other = [change.name.lower() for change in differing if not change.is_new]
    added = [
        _ADDED[Fact(change.fact)] if change.name != _PASSCODE else "passcode added"
        for change in differing
        if change.is_new
    ]
    said = ", ".join(([f"{listed(other)} change"] if other else []) + added)
    return said[:1].upper() + said[1:] or None


def _detail(group: AudienceGroup, talk: Talk, locale: str) -> str:
    """`Today at 4:00 pm`, `Wednesday at 4:00 pm`."""
    near = relative(talk.date, group.today)
    ahead = (talk.date - group.today).days
    day = near.capitalize() if near else dates.weekday(talk.date, locale)
    if not near and not 0 <= ahead < 7:
        day = dates.short_date(talk.date, locale)
    return f"{day} at {clock(group, 0, talk, locale)}"


def told_day(group: AudienceGroup, index: int) -> date:
    """The day of a digest under which one of its talks stands: of one that has left them, the old one."""
    announced, day = group.announced[index], group.talks[index].date
    return announced.date if announced and _has_left(group, index) else day


def moved(group: AudienceGroup, index: int, locale: str) -> str | None:
    """Where a talk has moved to that a digest's readers were told to be in its days."""
    return dates.day_of_year(group.talks[index].date, locale) if _has_left(group, index) else None


def _has_left(group: AudienceGroup, index: int) -> bool:
    if group.days is None or not group.announced or group.announced[index] is None:
        return False
    first, last = group.days
    return not first <= group.talks[index].date <= last


def relative(day: date, today: date) -> str | None:
    """`today` or `tomorrow`; None for other days."""
    return {0: "today", 1: "tomorrow"}.get((day - today).days)


def clock(group: AudienceGroup, index: int, talk: Talk, locale: str) -> str:
    """The time as a subject names it: when it begins, with the end or the zone where a list that was told
    another time would else read what it knows."""
    begins = dates.time_of_day(talk.local_start, locale)
    announced = group.announced[index] if group.announced else None
    if announced is None or Fact.TIME not in _facts(group, index):
        return begins
    true = group.snapshots[index]
    if _clock(announced.start, announced.offset).time() != _clock(true.start, true.offset).time():
        return begins
    if announced.end - announced.start != true.end - true.start:
        begins = dates.times(talk.local_start, talk.local_end, locale)
    if announced.offset != true.offset:
        begins += f" {dates.zone_name(true.start, true.zone, locale)}"
    return begins


def changes(group: AudienceGroup, index: int, locale: str) -> tuple[ChangeView, ...]:
    """Each fact of one of the group's talks that differs, as it was told and as it is now."""
    found = _facts(group, index)
    announced = group.announced[index] if found else None
    if announced is None:
        return ()
    announced, true = cleaned(announced), cleaned(group.snapshots[index])
    return tuple(_change(fact, announced, true, locale) for fact in found)


def _change(fact: Fact, announced: Snapshot, true: Snapshot, locale: str) -> ChangeView:
    if fact is Fact.ONLINE:
        return _online(announced, true)
    was, now = _value(fact, announced, locale), _value(fact, true, locale)
    return ChangeView(
        fact=fact.value, name=_NAMES[fact], was=was, now=now or _GONE.get(fact, ""), is_new=not was
    )


def _online(announced: Snapshot, true: Snapshot) -> ChangeView:
    """A link is long and stands below, where it can be pressed; a passcode is said at once."""
    if announced.online and announced.online == true.online:
        was, now = one_line(announced.passcode), one_line(true.passcode) or "no longer needed"
        return ChangeView(fact=Fact.ONLINE.value, name=_PASSCODE, was=was, now=now, is_new=not was)
    now = _GONE[Fact.ONLINE]
    if true.online:
        now = "new, see below" if announced.online else "see below"
    return ChangeView(
        fact=Fact.ONLINE.value, name=_NAMES[Fact.ONLINE], was="", now=now, is_new=not announced.online
    )


def _facts(group: AudienceGroup, index: int) -> tuple[Fact, ...]:
    """What differs; where there is no talk, its day alone can."""
    announced = group.announced[index] if group.announced and group.snapshots else None
    if announced is None:
        return ()
    found = group.changes if group.days is None else differences(announced, group.snapshots[index])
    if group.talks[index].kind is Kind.NONE:
        return tuple(fact for fact in found if fact is Fact.DATE)
    return found


_TAKES_PLACE = "Takes place"


def _value(fact: Fact, snapshot: Snapshot, locale: str) -> str:
    """The fact in words; empty where nothing was told of it."""
    if fact is Fact.STATUS:
        on = snapshot.status not in _OFF
        return _TAKES_PLACE if on else _OFF[snapshot.status][1]
    if fact is Fact.DATE:
        return dates.long_date(snapshot.date, locale)
    if fact is Fact.TIME:
        start, end = _clock(snapshot.start, snapshot.offset), _clock(snapshot.end, snapshot.offset)
        zone = dates.zone_name(snapshot.start, snapshot.zone, locale)
        return f"{dates.times(start, end, locale)} {zone}"
    if fact is Fact.PLACE:
        return named(snapshot.place)
    names = [named(name) for name in snapshot.speakers if name != UNNAMED]
    return listed(names) if names else ""


def _clock(moment: datetime, offset: timedelta) -> datetime:
    """The moment on the clocks that were told, even where the zone's rules changed since."""
    return moment.astimezone(timezone(offset) if offset else UTC)
