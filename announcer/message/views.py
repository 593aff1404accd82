"""What a template gets: the fields of a talk and a department, ready to be read. Data only.

A record has no text of its own: `{{ talk }}` in a template is a mistake, and shows as one.
"""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass
from typing import TYPE_CHECKING, Any

from announcer.domain.talk import Talk
from announcer.message.wording import readable_fields
from announcer.text.prose import Picture, Prose


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ListView:
    """A mailing list that this message goes to."""

    name: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class AskedView:
    """Somebody was asked before."""

    who: str
    """`speaker`, `host` or `organizer`."""
    day: str
    """`Wed Nov 11`."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class RequestView:
    """What a person is asked for."""

    asks: str
    """Who is asked: `speaker`, `host` or `organizer`."""
    name: str
    """The reader's, empty where it is not known."""
    is_copy: bool
    """Whether somebody else is asked."""
    instead_of: str | None
    """Who would be asked if there were an address."""
    missing: tuple[str, ...]
    """Of `title`, `abstract`, `affiliation`, `bio`, `photo`."""
    names: dict[str, str]
    """What these are called: `short biography`."""
    deadline: str
    """`Wed Nov 18`."""
    deadline_long: str
    """`Wednesday, November 18`."""
    announced: str | None
    """`Monday, November 30`; none where that day has passed."""
    waits: bool
    """Whether the announcement does not go without it."""
    asked: tuple[AskedView, ...]
    """Oldest first."""
    is_last: bool
    form: str | None
    """The address of a form for this talk."""
    person: str
    """Who reads the answer, empty where only an address is known."""
    address: str
    """Where the answer goes."""
    site: str | None
    """Where the talks are published."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class DepartmentView:
    """Who sends."""

    name: str
    """`Department of Physics, Example University`."""
    website: str | None
    contact: str
    """The address that answers go to."""
    logo: str | None
    """The URL of a picture."""
    logo_alt: str
    footer: Prose | None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ColorsView:
    """The department's accent color, in shades that can be read."""

    accent: str
    """For lines and areas, `#rrggbb`."""
    on_accent: str
    """Text on the accent."""
    link: str
    """The accent dark enough for text on white."""
    link_dark: str
    """The accent light enough for text on the dark mode's card."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class StateView:
    """What a message is about besides the talk itself: what its first line says."""

    kind: str
    """`reminder`, `changed`, `cancelled`, `postponed`, `again`, `none`."""
    label: str
    """`Reminder`, `Time and room change`, `Cancelled`: in capitals, above the title."""
    brief: str | None = None
    """The same for a subject, `Changed` of several facts; None where it is the label."""
    detail: str | None
    """`Today at 4:00 pm`."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ChangeView:
    """A fact that differs from what was told."""

    fact: str
    """`status`, `date`, `time`, `place`, `online`, `speaker`."""
    what: str
    """`Room`, `Date`, `Passcode`, whatever language the mail is in."""
    name: str
    """The same in the mail's language."""
    was: str
    """Empty where nothing was told of it, and for a link, which is too long to be said twice."""
    now: str
    """`Crow 301`; of a link `new, see below`."""
    is_new: bool
    """Whether nothing was told of it: then it is no change."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ZoneView:
    """A talk's time on other clocks."""

    city: str
    time: str
    """`11:00 pm CET`, with its date where that is another."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class WhenView:
    """When a talk is, in its own zone."""

    date: str
    """`Wednesday, December 2, 2026`."""
    day: str
    """`Wed Dec 2`."""
    weekday: str
    weekday_short: str
    """`Wed`."""
    month: str
    """`Dec`."""
    number: str
    """The day of the month."""
    time: str
    """`4:00 pm`."""
    clock: str
    """`4:00 pm`; in a message that tells of another end or zone, with that: `4:00 pm EDT`."""
    times: str
    """`4:00–5:00 pm`."""
    zone: str
    """`CST`."""
    span: str
    """Both: `4:00–5:00 pm CST`."""
    relative: str | None
    """`today` or `tomorrow`, None for other days."""
    elsewhere: tuple[ZoneView, ...]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class PhotoView:
    """A speaker's picture, inside the message."""

    cid: str
    alt: str
    width: int
    """CSS pixels."""
    height: int


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class LabelledLink:
    """An address, and what it is called."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class DetailView:
    """One of the facts around a talk, as a row."""

    name: str
    """`parking`."""
    label: str
    """`Parking`."""
    value: Prose | str


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class _TalkView:
    """A talk as its audience may see it: what is made for a template, besides its declared fields."""

    id: str
    series: str
    """`Physics Colloquium`."""
    lang: str | None
    """The BCP 47 tag of the language of title and abstract, where it is known and no reader's: `en`."""
    kind: str
    """`talk`, or `none` where there is none this week."""
    status: str
    who: str
    """`Blake Bordelon (Harvard)`: for subjects."""
    names: str
    """`Blake Bordelon`, `Ada Example and Bo Sample`."""
    when: WhenView
    where: str | None
    """In a word or two: the room, else the building, else `online`."""
    venue: str
    """Where, at length: `Crow 201, Crow Hall`, `Online`, `Online (link for members)`, `To be announced`."""
    url: str | None
    """The event's page, else our own of it."""
    details: tuple[DetailView, ...]
    """The fields that are declared as details, in their order."""
    changes: tuple[ChangeView, ...]
    """What of it differs from what was told."""
    changed: str | None
    """What these are called together: `Time and room change`, `On again`, `New date`."""
    changed_brief: str | None
    """The same for a subject: `Changed` of several facts."""
    moved: str | None
    """In a digest whose days it has left: where to, `Wednesday, February 10`."""
    web_calendars: tuple[LabelledLink, ...]
    """Links that put it into a web calendar, where the department wants them."""
    pictures: tuple[Picture, ...]
    """What its HTML shows by `cid:`."""


if TYPE_CHECKING:

    class TalkView(_TalkView):
        """A talk with its declared fields, each worded by its shape; absent ones are None or empty."""

        def __getattr__(self, name: str) -> Any: ...  # the fields of domain/talk.py
else:
    TalkView = make_dataclass(
        "TalkView",
        [field.name for field in readable_fields(Talk) if field.name not in _TalkView.__annotations__],
        bases=(_TalkView,),
        frozen=True,
        kw_only=True,
        slots=True,
        repr=False,
    )


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class DayView:
    """One day of a digest."""

    date: str
    """`Wednesday, December 2, 2026`."""
    weekday: str
    weekday_short: str
    month: str
    number: str
    relative: str | None
    talks: tuple[TalkView, ...]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class DigestView:
    """A digest's days."""

    name: str
    """`This week`, of `this-week`."""
    period: str
    """`Mon Nov 30 – Sun Dec 6`."""
    first: str
    """`Mon Nov 30`."""
    first_day: str
    """`Nov 30`."""
    says_week: bool
    """Whether its name has the word `week` in it."""
    is_week: bool
    """Whether its days are Monday to Sunday."""
    last: str
    """`Sun Dec 6`."""
    count: int
    days: tuple[DayView, ...]
