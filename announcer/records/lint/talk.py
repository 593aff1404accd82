"""Lints on one talk's facts: its weekday, its hour, holidays, what is private, and a pasted abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from announcer.domain.clock import WEEKDAYS, clock_time
from announcer.domain.fields import fields_of
from announcer.domain.private import password_in
from announcer.domain.problem import Problem, Severity
from announcer.domain.redaction import redact, secrets, texts, texts_in
from announcer.domain.talk import Audience, Kind, Status, Talk
from announcer.languages.vocabularies import VOCABULARIES, expression
from announcer.records.fields.dates import in_prose, parse_hour, written
from announcer.records.fields.paragraphs import joined
from announcer.records.lint.holidays import holiday
from announcer.records.lint.mojibake import mojibake
from announcer.records.lint.sent import sent_texts, spot_in, text_problems
from announcer.records.lint.speakers import SPEAKER_RULES
from announcer.records.lint.text import MEETING, NO_MACROS, Macros
from announcer.records.lint.translations import missing_translation
from announcer.records.linting import LintRemark, LintRule, rule
from announcer.records.yaml.nodes import Mapping, Scalar, find
from announcer.records.yaml.source import FileText

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord
    from announcer.records.models.resolve import ParsedTalk

TalkRemarks = Iterator[LintRemark[str | tuple[int, int]]]
"""At a field, or at a line and column from 0."""
TalkRule = LintRule[["ParsedTalk", Talk, "DepartmentRecord"], str | tuple[int, int]]
_POSTPONED = frozenset(word for vocabulary in VOCABULARIES.values() for word in vocabulary.postponed)
_OFF_WORDS = expression(lambda vocabulary: (*vocabulary.cancelled, *vocabulary.postponed))
_NOWHERE = frozenset(("none", "no", "n/a", "na", "-", "--", "–", "—", "null", "nowhere", "no room"))
_OFF = re.compile(
    rf"\W*(?:(?P<word>{_OFF_WORDS})\W*(?:$|[:!–—-]\s)|[(\[*]\s*(?P<bracketed>{_OFF_WORDS})\s*[)\]*])",
    re.IGNORECASE,
)
"""At the beginning, and marked off: `Cancelled orders of magnitude` is a title."""
_LINKS = ("url", "links")
_LINK_FIELDS = tuple(field for field in fields_of(Talk) if field.key in _LINKS)
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)


def lint(file: ParsedTalk, talk: Talk, config: DepartmentRecord) -> list[Problem]:
    """What is odd about a talk that could be read."""
    problems = lint_texts(file.source, file.tree, talk.date, macros=config.macros)
    problems += _remarked(TALK_RULES, file, talk, config)
    if all(problem.severity is Severity.WARNING for problem in problems):
        problems += _remarked((weak_secret,), file, talk, config)
    return problems


def _remarked(
    rules: Iterable[TalkRule], file: ParsedTalk, talk: Talk, config: DepartmentRecord
) -> Iterator[Problem]:
    for check in rules:
        for remark in check(file, talk, config):
            line, column = remark.at if isinstance(remark.at, tuple) else _place(file, remark.at)
            yield file.source.remarked(check, remark, line=line, column=column)


def _place(file: ParsedTalk, key: str) -> tuple[int, int]:
    node = find(file.tree, (key,))
    return node.line, node.column


def lint_texts(
    source: FileText,
    tree: Mapping,
    day: date | None,
    reported: Iterable[Problem] = (),
    macros: Macros = NO_MACROS,
) -> list[Problem]:
    """What is odd about the texts of a talk, be it readable or not, beyond the lines already spoken of.
    `macros` are the department's own commands of TeX."""
    problems = [
        source.remarked(mojibake, remark, line=remark.at[0], column=remark.at[1])
        for remark in mojibake(source)
    ]
    problems += text_problems(source, sent_texts(tree), day, macros)
    lines = {problem.line for problem in reported}
    return [problem for problem in problems if problem.line not in lines]


@rule("other-weekday", "a talk is on another day than its series")
def other_weekday(_file: ParsedTalk, talk: Talk, config: DepartmentRecord) -> TalkRemarks:
    """Some talks are on another day, and a wrong digit in a date looks just like it."""
    day = config.series[talk.series].day
    if day is not None and talk.date.weekday() != day:
        yield LintRemark(
            "date",
            f"{written(talk.date)} is not a {WEEKDAYS[day]}, the day of this series",
            "correct the date, or leave it if this talk is on another day",
        )


@rule("odd-hour", "a talk begins when people sleep")
def odd_hour(_file: ParsedTalk, talk: Talk, _config: DepartmentRecord) -> TalkRemarks:
    """Before seven in the morning, or from ten at night on."""
    start = talk.local_start
    if talk.kind is Kind.TALK and not 7 <= start.hour < 22:
        yield LintRemark(
            "time",
            f"it begins at {clock_time(start.time())}, when people sleep",
            f"did you mean {clock_time(start.time().replace(hour=(start.hour + 12) % 24))}?",
        )


@rule("no-reason", "nothing says why there is no talk", Severity.ERROR)
def no_reason(_file: ParsedTalk, talk: Talk, _config: DepartmentRecord) -> TalkRemarks:
    """A date without a talk, and without a notice."""
    if talk.kind is Kind.NONE and not talk.notice:
        yield LintRemark(
            "kind",
            "nothing says why there is no talk, and no mail goes without that",
            f"add a line like notice: No colloquium on {in_prose(talk.date)}, because of the holiday",
        )


@rule("off-in-title", "a title says that its talk is off, and the talk does not", Severity.ERROR)
def off_in_title(_file: ParsedTalk, talk: Talk, _config: DepartmentRecord) -> TalkRemarks:
    """It would be announced and reminded of as a talk that takes place."""
    match = _OFF.match(talk.title or "")
    if match and talk.status not in (Status.CANCELLED, Status.POSTPONED):
        word = match["word"] or match["bracketed"]
        status = Status.POSTPONED if word.casefold() in _POSTPONED else Status.CANCELLED
        yield LintRemark(
            "title",
            f'"{word}" in a title does not call a talk off: it would be announced',
            f"write status: {status.value} on a line of its own, and leave the title as it was",
        )


@rule("no-place", "the location says that there is none", Severity.ERROR)
def no_place(_file: ParsedTalk, talk: Talk, _config: DepartmentRecord) -> TalkRemarks:
    """Readers would be sent to a room of that name."""
    label = talk.place.label.strip() if talk.place else ""
    if label.casefold() in _NOWHERE:
        yield LintRemark(
            "location",
            f'"{label}" is no place, and would be shown as one',
            "of an online talk write location: online, and its link as online: {url: https://...}; "
            "where it is not known yet, location: TBA",
        )


@rule("hard-wrapped", "an abstract was pasted with the line breaks of its page")
def hard_wrapped(file: ParsedTalk, _talk: Talk, _config: DepartmentRecord) -> TalkRemarks:
    """Its lines were joined, for which nobody asked."""
    text = file.own.get("abstract")
    node = find(file.tree, ("abstract",))
    if not text or not isinstance(node, Scalar):
        return
    done = joined(text)[1]
    if done:
        yield LintRemark(
            "abstract",
            f"the abstract was pasted with the line breaks of its page ({done}); its lines were joined",
            "look at it with announcer show, and put an empty line between paragraphs only",
        )


def _way_into(text: str) -> str | None:
    match = MEETING.search(text) if "://" in text or "pass" in text.casefold() else None
    return match[0] if match else None


@rule(
    "private-in-public",
    "a value that only internal lists may get also stands in a public field",
    Severity.ERROR,
    silenceable=False,
)
def private_in_public(file: ParsedTalk, talk: Talk, _config: DepartmentRecord) -> TalkRemarks:
    """The mail would be refused; and what guards privacy is silenced by nobody."""
    kept = sorted(secrets(talk), key=lambda private: (len(private.value), private))  # the longest is told of
    shown = redact(talk, Audience.PUBLIC)
    whole = "\n".join(texts(shown))
    # Nearly always nothing stands in all of it together, and need not be looked for in each field.
    kept = [private for private in kept if private.stands_in(whole)]
    linked = (text for field in _LINK_FIELDS for text in texts_in(field, getattr(shown, field.name)))
    if not kept and not password_in(whole) and not any(map(_way_into, linked)):
        return
    for field in fields_of(Talk):
        text = "\n".join(texts_in(field, getattr(shown, field.name)))
        key = next((key for key in field.keys if key in file.tree.entries), field.key)
        if field.key == "title" and talk.confidential:
            key = "confidential"
        # What comes from the series is known to everybody, and `weak-secret` tells of it.
        leaks = {
            private.field: private for private in kept if key in file.tree.entries and private.stands_in(text)
        }
        for secret in leaks.values():
            on_purpose = ", or give it to everybody on purpose (audience: public)"
            is_online = secret.field.startswith("online.")
            yield LintRemark(
                spot_in(file.source, file.tree, key, secret.value),
                f"the value of {secret.field}, which only internal lists may get, also stands in {key}",
                f"delete it from {key}{on_purpose if is_online else ''}",
            )
        way = password_in(text) or (_way_into(text) if key in _LINKS else None)
        if way and key != "online":
            yield LintRemark(
                spot_in(file.source, file.tree, key, way),
                f"a way into the meeting stands in a link in {key}, which public lists get too",
                "move the link to online: as its url, which only internal lists get",
            )
    named = (
        None if talk.confidential else next((private for private in kept if private.stands_in(talk.id)), None)
    )
    if named and named.field.startswith("online."):
        yield LintRemark(
            "online",
            f"the value of {named.field} is a part of the talk's id, which everybody may read",
            "let the meeting have another passcode",
        )


@rule("weak-secret", "a private value also stands in announcer.yaml, so that no mail is searched for it")
def weak_secret(file: ParsedTalk, talk: Talk, _config: DepartmentRecord) -> TalkRemarks:
    """Secrets that are words which every public message may have: nobody can look for them. What is in a
    public field anyway is worse."""
    kept, department = sorted(secrets(talk)), file.department
    if not kept:
        return
    lists = (f"{mailing_list.name} {mailing_list.address}" for mailing_list in department.lists.values())
    known = "\n".join((*department.open_texts(talk.series), *lists))
    for secret in kept:
        if secret.stands_in(known):
            yield LintRemark(
                secret.field.partition(".")[0],
                f"the value of {secret.field} also stands in announcer.yaml, so no mail is searched for it",
                "let the meeting have another passcode",
            )


@rule("refreshments-late", "the series' refreshments are at an hour when this talk has begun")
def refreshments_late(file: ParsedTalk, talk: Talk, config: DepartmentRecord) -> TalkRemarks:
    """The series' refreshments at an hour that this talk, moved to another, has begun by then."""
    if (
        file.written.time is None
        or "refreshments" in file.own
        or talk.kind is not Kind.TALK
        or not talk.refreshments
    ):
        return
    usual = config.series[talk.series]
    named = _CLOCK.search(f"{talk.refreshments.time or ''} {talk.refreshments.what}")
    at = parse_hour(named[0]) if named else None
    start, end = talk.local_start, talk.local_end
    if at is None or usual.time is None or at >= usual.time or start.date() != end.date():
        return
    if start.time() <= at < end.time():
        yield LintRemark(
            "time",
            f"the series' refreshments are at {clock_time(at)}, when this talk has begun",
            "give this talk a line refreshments: with its own time, or refreshments: none",
        )


@rule("holiday", "a talk is on a public holiday")
def on_holiday(_file: ParsedTalk, talk: Talk, config: DepartmentRecord) -> TalkRemarks:
    """Where announcer.yaml names the country whose holidays count."""
    name = holiday(config.holidays, talk.date) if config.holidays and talk.kind is Kind.TALK else None
    if name and talk.status in (Status.CONFIRMED, Status.TENTATIVE, Status.DRAFT):
        yield LintRemark(
            "date",
            f"{written(talk.date)} is a public holiday: {name}",
            "correct the date, or leave it if the talk takes place all the same",
        )


TALK_RULES = (
    other_weekday,
    odd_hour,
    no_reason,
    *SPEAKER_RULES,
    off_in_title,
    no_place,
    hard_wrapped,
    private_in_public,
    refreshments_late,
    on_holiday,
    missing_translation,
)
"""The rules on one talk, in the order in which they speak; `weak_secret` does where they find no error."""
