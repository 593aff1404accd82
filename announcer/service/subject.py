"""What a mailing is called: its Subject, as it was sent or would be; its talk, its matter, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from announcer.domain.mailing import AudienceGroup, Mailing
from announcer.service.project import Project

if TYPE_CHECKING:
    from announcer.message.views import ChangeView


def subject(project: Project, mailing: Mailing) -> str | None:
    """The subject that was sent, or else would be; None where its talk or its template cannot be read."""
    if mailing.subject or not mailing.groups:
        return mailing.subject
    return composed_subject(project, mailing.groups[0])


def composed_subject(project: Project, group: AudienceGroup) -> str | None:
    """The subject that a group's lists would get; None where it cannot be composed."""
    from announcer.message import TemplateFaultError

    try:
        return project.composer.subject(group)
    except TemplateFaultError:
        return None


def headline(project: Project, mailing: Mailing, says: str) -> str:
    """What it says, behind the talk's series and day; behind a digest's name."""
    group = mailing.groups[0] if mailing.groups else None
    if group is None or not group.talks or not mailing.key.row.is_about_one:
        return f"{mailing.key.subject}: {says}"
    from announcer.languages.dates import short_date
    from announcer.languages.words import english

    snapshot = group.announced[0] if group.announced else None
    day = snapshot.date if snapshot and mailing.key.row.is_revision else group.talks[0].date
    series = project.department.series.get(group.talks[0].series)
    name = series.name if series else mailing.key.subject
    return f"{name} {short_date(day, english(project.department.locale).locale)}: {says}"


def matter(project: Project, mailing: Mailing) -> str:
    """`a room change`, `the announcement`."""
    from announcer.languages.words import english
    from announcer.message.changes import called, changes

    words = english(project.department.locale)
    named = (called(changes(group, 0, words), words) for group in mailing.groups if group.changes)
    change = next((name for name in named if name), None)
    if change is None or not mailing.occasion.row.is_inferred:
        return f"the {mailing.occasion.value}"
    return f"{'an' if change[0] in 'AEIOU' else 'a'} {change[:1].lower()}{change[1:]}"


def subject_line(project: Project, mailing: Mailing) -> tuple[str, ...]:
    """The Subject of its mail, as a line; nothing where it cannot be composed."""
    line = subject(project, mailing)
    return (f"Subject: {line}",) if line else ()


def changed(project: Project, mailing: Mailing, names: Sequence[str]) -> list[str]:
    """`Room: Crow 201 -> Crow 301`, each once."""
    groups = [
        group
        for group in mailing.groups
        if group.changes and {mailing_list.name for mailing_list in group.lists} & {*names}
    ]
    if not groups:
        return []
    from announcer.languages.words import english
    from announcer.message.changes import changes

    views = [view for group in groups for view in changes(group, 0, english(project.department.locale))]
    return list(dict.fromkeys(map(_change_words, views)))


def _change_words(change: ChangeView) -> str:
    was = change.was or ("none" if change.is_new else "")
    return f"{change.name}: {was} -> {change.now}" if was else f"{change.name}: {change.now}"
