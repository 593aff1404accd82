"""Every occasion in its usual and its fullest form: what the tests of looks and rules go through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from announcer.domain.department import Style
from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import Occasion
from announcer.domain.talk import Audience, Kind, Photo, Place, Status, Talk
from announcer.languages.words import english
from announcer.message import Message
from announcer.message.compose import Composer
from announcer.message.context import TemplateContext
from announcer.message.templates.rendering import Templates
from tests.message.samples import SENT, TEMPLATES, department, digest, full, group, seed, snapshot_of

MOVED = Place(room="Crow 305", building="Crow Hall")


def pictured() -> Talk:
    """The full talk with a photo."""
    talk = full()
    first = replace(talk.speakers[0], photo=Photo(path="photos/ada.png", alt="Ada Example, smiling"))
    return replace(talk, speakers=(first, talk.speakers[1]))


STYLED = department(
    style=Style(
        accent="#7b2d26",
        logo="https://physics.example.edu/logo.png",
        logo_alt="Example University",
        footer="Talks are open to everybody; write to talks@physics.example.edu.",
    )
)


def page_and_message(made: AudienceGroup, root: Path) -> tuple[str, Message]:
    """A group's page as its templates make it, and its message; photos are under `root`."""
    from PIL import Image

    photo = root / "photos" / "ada.png"
    if not photo.exists():
        photo.parent.mkdir(parents=True)
        Image.linear_gradient("L").resize((300, 400)).convert("RGB").save(photo)
    composer = Composer(STYLED, root=root, templates=[TEMPLATES])
    values = TemplateContext(department=STYLED, root=root, group=made, words=english("en_US")).values() | {
        "subject": composer.subject(made)
    }
    page = Templates([TEMPLATES]).render(f"{made.occasion.value}/body.html", values)
    return page, composer.compose(made, date=SENT)


STORIES: dict[str, Callable[[], AudienceGroup]] = {
    "announcement": group,
    "announcement, full": lambda: group(pictured()),
    "announcement, public": lambda: group(full(), audience=Audience.PUBLIC),
    "announcement, tentative": lambda: group(seed(status=Status.TENTATIVE)),
    "announcement, none": lambda: group(
        seed(kind=Kind.NONE, title=None, speakers=(), notice="Thanksgiving.")
    ),
    "correction, added": lambda: group(
        full(), Occasion.CORRECTION, before=snapshot_of(full(online=None, speakers=()))
    ),
    "reminder": lambda: group(occasion=Occasion.REMINDER, before=snapshot_of(seed())),
    "reminder, changed": lambda: group(
        seed(
            place=MOVED,
            start=seed().start.replace(hour=15),
            end=seed().end.replace(hour=16),
            notice="The projector in Crow 201 broke.",
        ),
        Occasion.REMINDER,
        before=snapshot_of(seed()),
    ),
    "correction": lambda: group(seed(place=MOVED), Occasion.CORRECTION, before=snapshot_of(seed())),
    "correction, on again": lambda: group(
        seed(), Occasion.CORRECTION, before=snapshot_of(seed(status=Status.CANCELLED))
    ),
    "cancellation": lambda: group(
        seed(status=Status.CANCELLED, notice="The flight was cancelled."),
        Occasion.CANCELLATION,
        before=snapshot_of(seed()),
    ),
    "cancellation, postponed": lambda: group(
        full(status=Status.POSTPONED), Occasion.CANCELLATION, before=snapshot_of(full())
    ),
    "digest": lambda: digest(seed(), full(series="seminar")),
    "digest, changed": lambda: digest(
        seed(place=MOVED, start=seed().start.replace(hour=15), end=seed().end.replace(hour=16)),
        full(series="seminar"),
        announced=(snapshot_of(seed()), snapshot_of(full(status=Status.CANCELLED))),
    ),
    "digest, none": lambda: digest(seed(kind=Kind.NONE, notice="Thanksgiving.")),
    "digest, empty": digest,
}
