"""Which private values a public message has anyway: words of the program, of templates, of other talks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from announcer.domain.mailing import AudienceGroup
from announcer.domain.private import Private
from announcer.domain.redaction import texts
from announcer.domain.talk import Talk


def excused(
    found: Iterable[Private], group: AudienceGroup, *, bare: Callable[[], str], templates: Callable[[], str]
) -> list[Private]:
    """Those of the values found in a message that stand in it without the talk that they are of.

    `bare` gives the words of the same message without any talk's own words, as the built-in templates make
    it; `templates` the department's own templates. What looks like a passcode and not like a word is no
    excuse where it is a template that has it.
    """
    return [each for each in found if _is_excused(each, group, bare, templates)]


def _is_excused(
    private: Private, group: AudienceGroup, bare: Callable[[], str], templates: Callable[[], str]
) -> bool:
    others = (talk for talk in group.talks if talk.path != private.path)
    if any(private.stands_in(text) for talk in others for text in texts(talk)):
        return True
    if private.stands_in(bare()):
        return True
    is_word = private.value.replace("-", "").replace(" ", "").isalpha()
    return is_word and private.stands_in(templates())


def without_words(group: AudienceGroup) -> AudienceGroup:
    """The group with talks that say when they are, and nothing else."""
    return replace(
        group,
        talks=tuple(_bare(talk) for talk in group.talks),
        snapshots=tuple(
            replace(each, place="", places=(), online="", passcode="", speakers=(), title="")
            for each in group.snapshots
        ),
        announced=tuple(None for _ in group.announced),
        changes=(),
        private=frozenset(),
    )


def _bare(talk: Talk) -> Talk:
    return Talk(
        id=talk.id,
        series=talk.series,
        path=talk.path,
        modified=talk.modified,
        start=talk.start,
        end=talk.end,
        zone=talk.zone,
        kind=talk.kind,
        status=talk.status,
    )
