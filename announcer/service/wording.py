"""What is said to a person: moments, and reasons in plain words."""

from __future__ import annotations

from datetime import date, datetime

from announcer.domain.clock import clock_time
from announcer.domain.department import Delivery
from announcer.domain.planning.missing import Missing
from announcer.domain.reason import Code, Reason, Value

_WORDS = {
    Code.DRAFT: "it is a draft: set `status: confirmed` when it may be announced",
    Code.INCOMPLETE: "it has no {fields} yet",
    Code.NO_NOTICE: "it has no notice that says why there is no talk yet",
    Code.PAUSED: "paused: {why}",
    Code.SERIES_PAUSED: "{series} is paused: {why}",
    Code.UNREADABLE: "its file has a problem: {problem}",
    Code.FILE_GONE: "its file is gone: put it back; with `status: cancelled` in it the talk is cancelled",
    Code.RENAMED: "it looks like {talk} under a new file name: add `id: {talk}` to {path}",
    Code.WAITS: "corrections wait for a person",
    Code.TOO_NEAR: "the talk begins before a correction goes by itself",
    Code.NEW_DATE_PAST: "its new date is past already: look at `date` in its file",
    Code.TOO_MANY: "{number} talks changed at once, which looks like an edit of announcer.yaml: "
    "look at them first",
    Code.POSTPONED: "the talk is postponed: once its new date is firm, write `status: confirmed`",
    Code.CANCELLED: "the talk is cancelled",
    Code.NO_TALK: "there is no talk to remind of",
    Code.BEFORE_BEGIN: "it was due before {begin}, the day that `begin` in announcer.yaml names",
    Code.BEFORE_LEDGER: "the ledger was made after this was due, and cannot know whether it went",
    Code.OVER_BEFORE_LEDGER: "it was over before this ledger was made",
    Code.EMPTY: "there is nothing to tell",
    Code.ADDED_LATER: "added after it went",
    Code.LIST_GONE: "the list is no longer one of the talk's",
    Code.RESCHEDULED: "the schedule was edited after it went",
    Code.CHANGED_SINCE: "the talk or its schedule has changed since",
    Code.TAKEN_BACK: "it was taken back before it went",
    Code.EDITED_TOO_LATE: "the files were edited only after the talk was to begin",
    Code.LEFT_TO_CANCELLATION: "the cancellation tells it",
    Code.LEFT_TO_CORRECTION: "the correction tells it",
    Code.TOLD_BY_CORRECTION: "the correction told it",
    Code.CORRECTION_SKIPPED: "the correction that told it was skipped",
    Code.WENT_INSTEAD: "the {occasion} went instead",
    Code.GOES_INSTEAD: "the {occasion} goes instead",
    Code.LATER_GOES_INSTEAD: "the later {occasion} goes instead",
    Code.HELD_TOO_LONG: "it was held until it was too late: {cause}",
    Code.NOBODY_SENT: "nobody sent it in time: {cause}",
    Code.FAILED: "its message could not be made: {problem}",
    Code.NOTHING_RAN: "nothing ran while it could be sent",
    Code.SKIPPED: "skipped: somebody did not want it",
    Code.NOT_ASKED: "it was not asked for",
    Code.UNKNOWN: "the connection was lost after the message was handed over: it may or may not have "
    "arrived; look in the list's archive",
    Code.UNDER_WAY: "another run is sending it",
    Code.REFUSED: "{reply}",
    Code.PUT_OFF: "{reply}",
    Code.RETRYING: "trying again after: {reply}",
    Code.PUT_OFF_TOO_LONG: "the server kept putting it off: {reply}",
    Code.STOPPED: "stopped before it went",
    Code.ELSEWHERE: "another run has it, or had it",
    Code.KEPT_CHANGING: "it kept changing while it was being sent: the next run decides anew",
    Code.FILES_CHANGED: "its files changed while it was being sent: the next run decides anew",
    Code.NOTHING_ASKS: "nothing asks for it any more",
    Code.FIRST_REQUEST: "the first request of {series} waits for a person",
    Code.ASKED: "the {who} was asked on {day}",
    Code.COMPLETE: "nothing is missing any more",
    Code.ANNOUNCED: "the talk was announced",
    Code.REQUEST_OFF: "nobody is asked about this talk: its file says `request: no`, or it is a draft or "
    "confidential and does not say `request: yes`",
    Code.BEFORE_SWITCHED_ON: "it was due before somebody switched this on in announcer.yaml",
    Code.NO_DAY_LEFT: "no day is left for it before the talk",
    Code.NOTHING_TO_SEE: "no link of the talk says recording, video or slides",
    Code.NOT_ANY_MORE: "not any more: {cause}",
}
_DROP = ", or drop this mail: `announcer skip {key}`"
_SEND = ": `announcer send {talk} correction --yes` sends it, `announcer skip {key}` drops it"
_COMMANDS = {
    Code.ADDED_LATER: ": `announcer send` with `--list` reaches it",
    Code.UNKNOWN: ", then say so with `announcer resolve`",
    Code.BEFORE_LEDGER: ": `announcer ledger --new` says that it did not, and sends it (of {number} in all); "
    "`announcer ledger --adopt` says that it did",
    Code.FIRST_REQUEST: ": read it with `announcer show {talk} request`; "
    "`announcer send {talk} request --yes` sends it, and the later ones go by themselves",
    Code.WAITS: _SEND,
    Code.TOO_NEAR: _SEND,
    Code.UNREADABLE: _DROP,
    Code.FILE_GONE: _DROP,
    Code.RENAMED: _DROP,
}
"""What a person can type, where the reason says of which mailing."""


def reason_text(reason: Reason, *, commands: bool = True) -> str:
    """A reason in words; without `commands` where those stand beside it as lines of their own."""
    facts = {name: _fact(value, commands) for name, value in reason.facts}
    more = _COMMANDS.get(reason.code, "") if commands else ""
    if "{key}" in more and "key" not in facts:
        more = ""
    more = ("; {asked}" if "asked" in facts else "") + more
    return (_WORDS[reason.code] + more).format_map(facts)


def _fact(value: Value, commands: bool) -> str:
    if isinstance(value, Reason):
        return reason_text(value, commands=commands)
    if isinstance(value, date):
        return f"{value:%a %b} {value.day}"
    return " and no ".join(value) if isinstance(value, tuple) else str(value)


def reason_json(reason: Reason | None) -> dict[str, str] | None:
    """A reason for scripts: its code does not change, its text may."""
    return {"code": reason.code.value, "text": reason_text(reason)} if reason else None


def why(reason: Reason | None) -> str:
    """`: it has no title yet`, nothing where there is none."""
    return f": {reason_text(reason)}" if reason else ""


def missing_text(missing: Missing) -> str:
    """`no title and no abstract yet; the speaker was asked on Wed Nov 25`."""
    needs = " and no ".join(missing.needs)
    if not missing.asked:
        return f"no {needs} yet; nobody was asked so far"
    last = missing.asked[-1]
    return f"no {needs} yet; {reason_text(Reason.of(Code.ASKED, who=last.who, day=last.day))}"


def counted(number: int, noun: str) -> str:
    """`1 talk`, `3 talks`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def moment(when: datetime, now: datetime | None = None) -> str:
    """`Mon Nov 30, 9:00 am CST`, with the year where it is not this one."""
    year = f" {when.year}" if now is None or when.year != now.year else ""
    return f"{when:%a %b} {when.day}{year}, {clock_time(when)} {when:%Z}"


def destination(delivery: Delivery) -> str:
    """`a rehearsal: everything goes to me@example.edu instead of the lists`: where mail goes, as a clause."""
    if delivery.redirect_all_to and not delivery.transport.row.is_rehearsal:
        return f"a rehearsal: everything goes to {delivery.redirect_all_to} instead of the lists"
    return delivery.transport.row.where.format(path=delivery.path, host=delivery.host)
