"""The Subject of a mailing, as it was sent or would be."""

from __future__ import annotations

from announcer.domain.mailing import Mailing
from announcer.service.project import Project


def subject(project: Project, mailing: Mailing) -> str | None:
    """The subject that was sent, or else would be; None where its talk or its template cannot be read."""
    from announcer.message import TemplateFaultError

    if mailing.subject or not mailing.groups:
        return mailing.subject
    try:
        return project.composer.subject(mailing.groups[0])
    except TemplateFaultError:
        return None
