"""A mail of each kind, in one language or in two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import Occasion
from announcer.domain.talk import Link
from announcer.languages.words import ENGLISH, LANGUAGES
from announcer.message import Message
from tests.message.samples import SENT, composer, full, group, seed, snapshot_of
from tests.message.stories import STORIES
from tests.message.test_hostile import of_occasion

OTHERS = [language for language in LANGUAGES if language != ENGLISH]


def _with(talk_links: tuple[Link, ...]) -> Callable[[], AudienceGroup]:
    return lambda: group(seed(links=talk_links), Occasion.AFTERWARDS, before=snapshot_of(seed()))


EVERY = {
    **STORIES,
    "request": lambda: of_occasion(full(), Occasion.REQUEST),
    "afterwards": _with((Link(label="Recording", url="https://example.edu/r"),)),
}


FULLEST = ("announcement, full", "reminder, changed", "cancellation", "digest, changed", "request")


def composed(made: AudienceGroup, root: Path, **settings: object) -> Message:
    return composer(root, **settings).compose(made, date=SENT)


def bilingual(made: AudienceGroup) -> AudienceGroup:
    lists = tuple(replace(mailing_list, locale=("de_CH", "en_US")) for mailing_list in made.lists)
    return replace(made, lists=lists)
