"""A group -> its message: the one function behind preview, test and delivery."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from announcer.domain.department import Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.problem import Problem, Severity
from announcer.domain.talk import Speaker
from announcer.message import Message, TemplateFaultError, failed, leak_check, mime, path_of
from announcer.message.calendar import calendar
from announcer.message.inlining import inlined
from announcer.message.layout import laid_out
from announcer.message.photos import COARSER, FINEST, Fineness
from announcer.message.subject import subject_of
from announcer.message.template_remains import forgotten, refuse_remains
from announcer.message.template_values import TemplateValues, read
from announcer.message.templates.rendering import Templates
from announcer.message.views import TalkView
from announcer.text.prose import Prose

BUDGET = 38 * 1024
"""Bytes: Mailman holds posts of more than 40 KB, encoded parts counted."""


class Composer:
    """Makes a department's messages."""

    def __init__(self, department: Department, *, root: Path, templates: Sequence[Path]) -> None:
        """`root` is the department's folder, where photos are; `templates` are folders of templates, of
        which the first that has a file wins."""
        self._department = department
        self._root = root
        self._folders = templates
        self._templates = Templates(templates)

    def compose(self, group: AudienceGroup, *, date: datetime) -> Message:
        """The message of a group, its Date as given and nothing else from a clock.

        Raises TemplateFaultError for a template that fails, for a finished message with a private value
        or a template's remains in it, and for whatever else this one message fails at.
        """
        with _within(group):
            return self._best(group, date)

    def _best(self, group: AudienceGroup, date: datetime) -> Message:
        message, has_photos = self._composed(group, date)
        for fineness in COARSER if has_photos else ():
            if len(message.data) > BUDGET:
                message, _ = self._composed(group, date, fineness)
        if len(message.data) > BUDGET and has_photos:
            message, _ = self._composed(_without_photos(group), date)
            message = _warned(
                message, group, "photo-too-large", _NO_PHOTO, "send a shorter abstract with a photo"
            )
        if len(message.data) > BUDGET:
            size = f"the message has {len(message.data) // 1024} KB; list servers hold what has more than 40"
            message = _warned(message, group, "message-large", size, "shorten the abstract")
        return message

    def subject(self, group: AudienceGroup) -> str:
        """The subject alone. Raises TemplateFaultError."""
        with _within(group):
            return self._subject(group, self._brief(group))

    def context(self, group: AudienceGroup) -> dict[str, object]:
        """What the templates of a group get, as plain data: prose as its text."""
        with _within(group):
            values = self._reading(group).values
        return {name: _data(value) for name, value in (values | {"subject": self.subject(group)}).items()}

    def _brief(self, group: AudienceGroup) -> TemplateValues:
        """The variables without what is long: a subject needs none of it."""
        talks = tuple(
            replace(
                talk,
                abstract=None,
                speakers=tuple(replace(speaker, bio=None, photo=None) for speaker in talk.speakers),
            )
            for talk in group.talks
        )
        group = replace(group, talks=talks)
        return self._reading(group, pictures=False)

    def _reading(
        self, group: AudienceGroup, *, pictures: bool = True, fineness: Fineness = FINEST
    ) -> TemplateValues:
        department = self._department.speaking_for(group.series)
        return read(group, department, root=self._root, pictures=pictures, fineness=fineness)

    def _subject(self, group: AudienceGroup, reading: TemplateValues) -> str:
        """The facts once, in the mail's first language; the state in each."""
        name = f"{group.occasion.value}/subject.txt"
        speaking = reading.languages[:1]
        subject = subject_of(
            lambda values: self._templates.render(name, values, speaking), reading.of_subject
        )
        if not subject.strip():
            raise TemplateFaultError(_empty_subject(group))
        return subject

    def _composed(
        self, group: AudienceGroup, date: datetime, fineness: Fineness = FINEST
    ) -> tuple[Message, bool]:
        """The message, and whether it has photos."""
        department = self._department.speaking_for(group.series)
        reading = self._reading(group, fineness=fineness)
        values, languages = reading.values, reading.languages
        subject = self._subject(group, reading)
        values["subject"] = subject
        folder = group.occasion.value
        text = laid_out(self._templates.render(f"{folder}/body.txt", values, languages))
        page = None
        if not all(item.text_only for item in group.lists):
            page = inlined(self._templates.render(f"{folder}/body.html", values, languages))
        talks = _talks(values)
        pictures = dict.fromkeys(
            picture for talk in talks for picture in talk.pictures if page and f"cid:{picture.cid}" in page
        )
        entry = calendar(group, _talks(reading.first), department, languages[0])
        identity = mime.message_id(group, self._department.domain)
        parts = mime.Parts(text=text, html=page, pictures=tuple(pictures), calendar=entry)
        tags = [words.tag for words in languages]
        data = mime.build(
            group,
            department,
            subject=subject,
            date=date,
            identity=identity,
            parts=parts,
            languages=tags,
        )
        message = Message(
            data=data,
            message_id=identity,
            subject=subject,
            text=text,
            html=page,
            calendar=entry.data if entry else None,
            warnings=(*reading.warnings, *forgotten(group, talks, text, page)),
        )
        message = self._without_leaks(group, message)
        refuse_remains(group, self._department, message)
        return message, any(picture.subtype == "jpeg" for picture in pictures)

    def _without_leaks(self, group: AudienceGroup, message: Message) -> Message:
        """The message, warned of secrets that it has anyway. Raises TemplateFaultError for a leak."""
        leaks = leak_check.leaked(message.data, group.private)
        if not leaks:
            return message
        fine = leak_check.excused(
            leaks, group, bare=cache(partial(self._bare_words, group)), templates=self._templates.own
        )
        for leak, places in leaks.items():
            if leak not in fine:
                path = leak.path or path_of(group)
                raise TemplateFaultError(leak_check.leak_problem(path, places, leak.field))
        warnings = (leak_check.weak_problem(leak) for leak in fine)
        return replace(message, warnings=(*message.warnings, *warnings))

    def _bare_words(self, group: AudienceGroup) -> str:
        """What such a message says without any word of its talks."""
        plain = Composer(self._department, root=self._root, templates=self._folders[-1:])
        message, _ = plain._composed(leak_check.without_words(group), group.moment)
        return leak_check.readable_text(message.data)


_NO_PHOTO = "the message would be too large with its photo, and goes without it"


@contextmanager
def _within(group: AudienceGroup) -> Iterator[None]:
    """One bad talk stops one talk: whatever is raised is a problem of this message alone."""
    try:
        yield
    except TemplateFaultError:
        raise
    except Exception as error:
        raise TemplateFaultError(failed(path_of(group), error)) from error


def for_test(message: Message, to: str) -> Message:
    """A copy for one person: To and Message-ID differ, and nothing else.

    The Message-ID must differ from the real message's, lest a mail system hide that one.
    """
    head, blank, body = message.data.partition(b"\r\n\r\n")
    digest = hashlib.sha256(b"announcer/test/" + message.data + to.encode()).hexdigest()[:24]
    domain = message.message_id.rpartition("@")[2]
    identity = f"<test-{digest}@{domain}"
    for name, value in ((b"To", to), (b"Message-ID", identity)):
        field = re.compile(rb"^" + name + rb": [^\r\n]*(?:\r\n[ \t][^\r\n]*)*", re.MULTILINE | re.IGNORECASE)
        line = name + b": " + value.encode("ascii")
        head = field.sub(lambda _, line=line: line, head, count=1)  # type: ignore[misc]
    return replace(message, data=head + blank + body, message_id=identity)


def _empty_subject(group: AudienceGroup) -> Problem:
    return Problem(
        path=f"templates/{group.occasion.value}/subject.txt",
        line=1,
        column=1,
        code="subject-empty",
        message="the subject is empty",
        hint="let it say at least {{ talk.when.day }}; see the talk's own `subject`, too",
    )


def _talks(values: dict[str, object]) -> tuple[TalkView, ...]:
    """The talks that the templates get, in the group's order."""
    talks = values["talks"]
    assert isinstance(talks, tuple)  # noqa: S101 - TemplateContext.values() makes it one
    return talks


def _warned(message: Message, group: AudienceGroup, code: str, sentence: str, hint: str) -> Message:
    problem = Problem(
        path=path_of(group),
        line=1,
        column=1,
        severity=Severity.WARNING,
        code=code,
        message=sentence,
        hint=hint,
    )
    return replace(message, warnings=(*message.warnings, problem))


def _without_photos(group: AudienceGroup) -> AudienceGroup:
    def bare(speaker: Speaker) -> Speaker:
        return replace(speaker, photo=None)

    talks = tuple(replace(talk, speakers=tuple(map(bare, talk.speakers))) for talk in group.talks)
    return replace(group, talks=talks)


def _data(value: object) -> object:
    """A view as plain data that JSON can write."""
    if isinstance(value, Prose):
        return value.text
    if isinstance(value, tuple):
        return [_data(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _data(getattr(value, field.name))
            for field in fields(value)
            if field.name != "pictures"
        }
    return value
