"""What a message says before its talk: that it reminds, corrects, cancels, and what has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from announcer.domain.mailing import AudienceGroup
from announcer.domain.snapshot import UNNAMED, Fact, Snapshot, differences
from announcer.domain.talk import Kind, Status, Talk
from announcer.languages import dates
from announcer.languages.words import N_, Words
from announcer.message.views import ChangeView, StateView
from announcer.text.characters import cleaned
from announcer.text.prose import one_line
from announcer.text.reading import name_text

_NAMES = {
    Fact.STATUS: N_("Status"),
    Fact.DATE: N_("Date"),
    Fact.TIME: N_("Time"),
    Fact.PLACE: N_("Room"),
    Fact.ONLINE: N_("Online link"),
    Fact.SPEAKER: N_("Speaker"),
}
_PASSCODE = N_("Passcode")
_CHANGES = {
    "Date": N_("Date change"),
    "Time": N_("Time change"),
    "Room": N_("Room change"),
    "Online link": N_("Online link change"),
    "Speaker": N_("Speaker change"),
    "Passcode": N_("Passcode change"),
}
"""What it is called where one fact alone is another."""
_LOWER = {
    "Date": N_("date"),
    "Time": N_("time"),
    "Room": N_("room"),
    "Online link": N_("online link"),
    "Speaker": N_("speaker"),
    "Passcode": N_("passcode"),
}
"""Where several facts are others."""
_ADDED = {
    "Room": N_("room announced"),
    "Online link": N_("online link added"),
    "Speaker": N_("speaker announced"),
    "Passcode": N_("passcode added"),
}
"""What to call it where nothing had been told before: nothing changed then, something was added."""
_TO_COME = N_("to be announced")
_GONE = {Fact.PLACE: _TO_COME, Fact.ONLINE: N_("no longer offered"), Fact.SPEAKER: _TO_COME}
_OFF = {Status.CANCELLED: ("cancelled", N_("Cancelled")), Status.POSTPONED: ("postponed", N_("Postponed"))}
ON_AGAIN = N_("On again")
_NEW_DATE = N_("New date")
_SEVERAL = N_("Changed")
"""Of several facts in a subject, which shows what is true: the message says which."""


def state(
    group: AudienceGroup, talk: Talk, series: str, differing: tuple[ChangeView, ...], words: Words
) -> StateView | None:
    """What the message's first line says; None for a plain announcement."""
    detail = _detail(group, talk, words)
    snapshot = group.snapshots[0] if group.snapshots else None
    if talk.kind is Kind.NONE:
        return StateView(
            kind="none",
            label=words.gettext("No %(series)s") % {"series": series},
            detail=dates.long_date(talk.date, words.locale),
        )
    is_off = snapshot is not None and snapshot.off
    row = group.occasion.row
    if is_off or row.takes_back:
        kind, label = _OFF[snapshot.status if snapshot and is_off else Status.CANCELLED]
        return StateView(kind=kind, label=words.gettext(label), detail=None)
    changed = called(differing, words)
    if changed and any(change.fact == Fact.STATUS for change in differing):
        return StateView(kind="again", label=changed, detail=detail)
    if changed:
        soon = detail if row.says_when else None
        return StateView(
            kind="changed", label=changed, brief=called(differing, words, brief=True), detail=soon
        )
    if row.state:
        kind, label = row.state
        wording = words.gettext(label)
        if talk.status is Status.TENTATIVE:
            wording = words.gettext("%(label)s, tentative") % {"label": wording}
        return StateView(kind=kind, label=wording, detail=detail)
    if talk.status is Status.TENTATIVE:
        return StateView(
            kind="tentative", label=words.gettext("Tentative"), detail=words.gettext("Not yet confirmed")
        )
    return None


def called(differing: tuple[ChangeView, ...], words: Words, *, brief: bool = False) -> str | None:
    """What a talk's changes are called together: `Room change`, `Time change, speaker announced`; of
    several, in brief, `Changed`; None for none."""
    status = next((change.now for change in differing if change.fact == Fact.STATUS), None)
    if status == words.gettext(_TAKES_PLACE):
        has_moved = any(change.fact == Fact.DATE for change in differing)
        return words.gettext(_NEW_DATE if has_moved else ON_AGAIN)
    if status:
        return status
    if brief and len(differing) > 1:
        return words.gettext(_SEVERAL)
    other = [change.what for change in differing if not change.is_new]
    added = [words.gettext(_ADDED[change.what]) for change in differing if change.is_new]
    if len(other) == 1:
        added.insert(0, words.gettext(_CHANGES[other[0]]))
    elif other:
        facts = words.listed(words.pgettext("what has changed", _LOWER[name]) for name in other)
        added.insert(0, words.gettext("%(facts)s change") % {"facts": facts})
    heading = words.pgettext("between two changes", ", ").join(added)
    return heading[:1].upper() + heading[1:] or None


def _detail(group: AudienceGroup, talk: Talk, words: Words) -> str:
    """`Today at 4:00 pm`, `Wednesday at 4:00 pm`."""
    ahead = (talk.date - group.today).days
    time = clock(group, 0, talk, words.locale)
    if ahead == 0:
        return words.gettext("Today at %(time)s") % {"time": time}
    if ahead == 1:
        return words.gettext("Tomorrow at %(time)s") % {"time": time}
    write = dates.weekday if 0 <= ahead < 7 else dates.short_date
    return words.gettext("%(day)s at %(time)s") % {"day": write(talk.date, words.locale), "time": time}


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


def relative(day: date, today: date, words: Words) -> str | None:
    """`today` or `tomorrow`; None for other days."""
    name = {0: N_("today"), 1: N_("tomorrow")}.get((day - today).days)
    return words.gettext(name) if name else None


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


def changes(group: AudienceGroup, index: int, words: Words) -> tuple[ChangeView, ...]:
    """Each fact of one of the group's talks that differs, as it was told and as it is now."""
    facts = _facts(group, index)
    announced = group.announced[index] if facts else None
    if announced is None:
        return ()
    talk = cleaned(group.talks[index])
    announced, true = (
        _spoken(cleaned(snapshot), talk, words.language) for snapshot in (announced, group.snapshots[index])
    )
    return tuple(_change(fact, announced, true, words) for fact in facts)


def _spoken(snapshot: Snapshot, talk: Talk, language: str) -> Snapshot:
    """The snapshot with the talk's place as that is called in a language: facts hold the first alone."""
    spoken = talk.in_language(language)
    if talk.place is None or spoken.place is None or talk.place.label != snapshot.place:
        return snapshot
    return replace(snapshot, place=spoken.place.label)


def _change(fact: Fact, announced: Snapshot, true: Snapshot, words: Words) -> ChangeView:
    if fact is Fact.ONLINE:
        return _online(announced, true, words)
    was, now = _value(fact, announced, words), _value(fact, true, words)
    if not now and fact in _GONE:
        now = words.gettext(_GONE[fact])
    return _view(fact, _NAMES[fact], was, now, words, is_new=not was)


def _view(fact: Fact, what: str, was: str, now: str, words: Words, *, is_new: bool) -> ChangeView:
    return ChangeView(fact=fact.value, what=what, name=words.gettext(what), was=was, now=now, is_new=is_new)


def _online(announced: Snapshot, true: Snapshot, words: Words) -> ChangeView:
    """A link is long and stands below, where it can be pressed; a passcode is said at once."""
    if announced.online and announced.online == true.online:
        was, now = one_line(announced.passcode), one_line(true.passcode) or words.gettext("no longer needed")
        return _view(Fact.ONLINE, _PASSCODE, was, now, words, is_new=not was)
    now = _GONE[Fact.ONLINE]
    if true.online:
        now = N_("new, see below") if announced.online else N_("see below")
    wording = words.gettext(now)
    return _view(Fact.ONLINE, _NAMES[Fact.ONLINE], "", wording, words, is_new=not announced.online)


def _facts(group: AudienceGroup, index: int) -> tuple[Fact, ...]:
    """What differs; where there is no talk, its day alone can."""
    announced = group.announced[index] if group.announced and group.snapshots else None
    if announced is None:
        return ()
    facts = group.changes if group.days is None else differences(announced, group.snapshots[index])
    if group.talks[index].kind is Kind.NONE:
        return tuple(fact for fact in facts if fact is Fact.DATE)
    return facts


_TAKES_PLACE = N_("Takes place")


def _value(fact: Fact, snapshot: Snapshot, words: Words) -> str:
    """The fact in words; empty where nothing was told of it."""
    if fact is Fact.STATUS:
        on = snapshot.status not in _OFF
        return words.gettext(_TAKES_PLACE if on else _OFF[snapshot.status][1])
    if fact is Fact.DATE:
        return dates.long_date(snapshot.date, words.locale)
    if fact is Fact.TIME:
        start, end = _clock(snapshot.start, snapshot.offset), _clock(snapshot.end, snapshot.offset)
        zone = dates.zone_name(snapshot.start, snapshot.zone, words.locale)
        return f"{dates.times(start, end, words.locale)} {zone}"
    if fact is Fact.PLACE:
        return name_text(snapshot.place)
    names = [name_text(name) for name in snapshot.speakers if name != UNNAMED]
    return words.listed(names) if names else ""


def _clock(moment: datetime, offset: timedelta) -> datetime:
    """The moment on the clocks that were told, even where the zone's rules changed since."""
    return moment.astimezone(timezone(offset) if offset else UTC)
