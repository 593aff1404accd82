"""Departments, talks and groups for the tests of messages, made of the domain's records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from announcer.domain.clock import iso_week
from announcer.domain.department import Address, Department, Digest, MailingList, Series, Style
from announcer.domain.mailing import AudienceGroup, Key
from announcer.domain.occasion import Occasion
from announcer.domain.private import Private
from announcer.domain.redaction import private_values, redact
from announcer.domain.snapshot import Fact, Snapshot, differences, facts, identified
from announcer.domain.talk import (
    Audience,
    Host,
    Link,
    Meet,
    Online,
    Place,
    Refreshments,
    Speaker,
    Talk,
)
from announcer.domain.when import parse_weekly
from announcer.message.compose import Composer

TEMPLATES = Path(__file__).parents[2] / "templates"
CHICAGO = ZoneInfo("America/Chicago")
SENT = datetime(2026, 11, 30, 15, 0, 7, tzinfo=UTC)
"""A Date, in no relation to the group's moment."""

ABSTRACT = """\
Recent developments in artificial intelligence have produced models that exhibit remarkable capabilities in a variety of domains including visual object detection, computational biology, image and language generation, and software development. Despite the dizzying pace of empirical progress, these systems suffer from fundamental challenges including limited interpretability, large compute and data costs to train and run the models, and uncertain trustworthiness during deployment. In addition, key theoretical problems relating to generalization beyond the training data, optimization dynamics, and scaling behavior remain mysterious. In this talk, I will promote the view that understanding deep learning is a pressing social problem that is well suited to the ideas, research methods, and mathematical techniques of physics. I will highlight some concrete examples where such physics based approaches have generated insights that have improved deep learning practice. I will first discuss mathematical results based on mean-field techniques from statistical physics to analyze learning dynamics of neural networks. This theory will provide insights to develop initialization and optimization schemes for neural networks that admit well defined infinite width and depth limits and behave consistently across model scales, providing practical efficiency benefits for pretraining large models. These limits also enable a theoretical characterization of the types of learned solutions reached by deep networks, enabling prediction of their generalization and scaling laws in certain cases. To conclude, I will discuss a few open problems including predicting regimes of memorization and generalization in diffusion models, simple models of reasoning in language models, and an optimal control approach to learning trajectories.
"""  # noqa: E501

PUBLIC = MailingList(name="public-lectures", address="public-lectures@lists.example.edu")
INTERNAL = MailingList(name="colloquium", address="colloquium@lists.example.edu", audience=Audience.INTERNAL)


def department(**settings: Any) -> Department:
    """The sample department, with some of its settings changed."""
    usual: dict[str, Any] = {
        "organization": "Department of Physics, Example University",
        "website": "https://physics.example.edu",
        "timezone": "America/Chicago",
        "sender": Address(address="colloquium@physics.example.edu", name="Physics Colloquium"),
        "reply_to": Address(address="colloquium-committee@physics.example.edu"),
        "organizer": Address(address="colloquium-committee@physics.example.edu"),
        "lists": {"colloquium": INTERNAL, "public-lectures": PUBLIC},
        "series": {
            "colloquium": Series(key="colloquium", name="Physics Colloquium"),
            "prefixed": Series(key="prefixed", name="Seminar", subject_prefix="[Seminar]"),
            "seminar": Series(key="seminar", name="Condensed Matter Seminar"),
        },
        "digests": {
            "this-week": Digest(
                name="this-week",
                when=parse_weekly("Monday at 8:00 am"),
                covers=timedelta(days=7),
                series=("colloquium", "seminar"),
                lists=("colloquium",),
            )
        },
        "style": Style(),
        "modified": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return Department(**(usual | settings))


def seed(**fields: Any) -> Talk:
    """The colloquium of the department's event page; its date and room are sample values."""
    usual: dict[str, Any] = {
        "id": "2026-bordelon",
        "series": "colloquium",
        "path": "talks/colloquium/2026-bordelon.yaml",
        "modified": datetime(2026, 11, 20, tzinfo=UTC),
        "start": datetime(2026, 12, 2, 16, 0, tzinfo=CHICAGO),
        "end": datetime(2026, 12, 2, 17, 0, tzinfo=CHICAGO),
        "zone": "America/Chicago",
        "title": "A Physics Approach to Deep Learning Theory",
        "speakers": (Speaker(name="Blake Bordelon", affiliation="Harvard University"),),
        "abstract": ABSTRACT,
        "place": Place(room="Crow 201", building="Crow Hall"),
        "host": Host(name="Zohar Nussinov"),
        "sponsor": "This lecture was made possible by the William C. Ferguson Fund.",
        "links": (Link(label="Event feed", url="https://physics.wustl.edu/xml/events/22796/rss.xml"),),
        "lists": ("colloquium", "public-lectures"),
    }
    return Talk(**(usual | fields))


def full(**fields: Any) -> Talk:
    """An invented talk with something in every field."""
    usual: dict[str, Any] = {
        "id": "2026-example",
        "start": datetime(2026, 12, 9, 16, 0, tzinfo=CHICAGO),
        "end": datetime(2026, 12, 9, 17, 0, tzinfo=CHICAGO),
        "path": "talks/colloquium/2026-example.yaml",
        "title": r"The Hubble tension: $H_0$ and $\nu_{\rm eff}$ after a decade",
        "speakers": (
            Speaker(
                name="Ada Example",
                affiliation="Example Observatory",
                url="https://observatory.example.edu/ada",
                pronouns="she/her",
                bio="Ada Example builds *spectrographs* and measures distances with them.",
            ),
            Speaker(name="Bo Sample", affiliation="Sample Institute for Advanced Study"),
        ),
        "abstract": "The expansion rate today, $H_0$, is measured in two ways which differ by $5\\sigma$.\n\n"
        "- **Early**: the CMB, $r_s \\approx 147\\,\\mathrm{Mpc}$\n- **Late**: Cepheids and supernovae\n\n"
        "$$H^2 = \\frac{8\\pi G}{3}\\rho - \\frac{k c^2}{a^2} + \\frac{\\Lambda c^2}{3}$$\n\n"
        "See [the review](https://review.example.edu/h0).",
        "place": Place(
            room="Crow 201",
            building="Crow Hall",
            address="1 Example Drive, Example City",
            directions="Enter from the east side; the lift is on the left.",
            map="https://maps.example.edu/crow",
        ),
        "online": Online(
            url="https://meet.example.edu/j/98765432100",
            meeting_id="987 6543 2100",
            passcode="xk7-quark",
            note="Cameras off, please.",
        ),
        "host": Host(name="Chris Host", email="chris@physics.example.edu"),
        "refreshments": Refreshments(what="Coffee and cookies", time="3:30 pm", location="Crow 241"),
        "meet": Meet(text="Lunch with students", url="https://signup.example.edu/ada", until="Dec 7"),
        "url": "https://physics.example.edu/events/example",
        "links": (Link(label="Slides", url="https://physics.example.edu/slides"),),
        "recording": True,
        "contact": "Events office, events@physics.example.edu",
        "accessibility": "The room has step-free access and a hearing loop.",
        "parking": "Free in garage B after 3 pm.",
        "show_timezones": ("Europe/Berlin", "Asia/Tokyo"),
        "notes": "The honorarium is still unpaid.",
    }
    return seed(**(usual | fields))


def snapshot_of(talk: Talk, audience: Audience = Audience.INTERNAL) -> Snapshot:
    """What an announcement told of a talk."""
    return identified(
        facts(redact(talk, audience)),
        uid=f"{redact(talk, audience).id}@physics.example.edu",
        last=None,
        own=None,
        midnight=datetime(2026, 11, 30, tzinfo=UTC),
        revision=0,
    )


def group(
    talk: Talk | None = None,
    occasion: Occasion = Occasion.ANNOUNCEMENT,
    *,
    before: Snapshot | None = None,
    audience: Audience = Audience.INTERNAL,
    **changes: Any,
) -> AudienceGroup:
    """A mailing's group for one talk; `before` is what the lists were told earlier."""
    talk = talk or seed()
    seen = redact(talk, audience)
    midnight = datetime(2026, 11, 30 if occasion is Occasion.ANNOUNCEMENT else 29, tzinfo=UTC)
    revision = 0 if before is None else before.revision + 1
    snapshot = identified(
        facts(seen),
        uid=f"{seen.id}@physics.example.edu",
        last=before,
        own=before,
        midnight=midnight,
        revision=revision,
    )
    changed: tuple[Fact, ...] = differences(before, snapshot) if before else ()
    moment = {
        Occasion.REMINDER: talk.local_start.replace(hour=8, minute=0),
    }.get(occasion, datetime(2026, 11, 30, 9, 0, tzinfo=CHICAGO))
    period = {
        Occasion.ANNOUNCEMENT: iso_week(talk.date),
        Occasion.REMINDER: talk.date.isoformat(),
    }.get(occasion, f"r{revision}")
    usual: dict[str, Any] = {
        "key": Key(talk.id, occasion.value, period),
        "occasion": occasion,
        "audience": audience,
        "lists": (INTERNAL if audience is Audience.INTERNAL else PUBLIC,),
        "talks": (seen,),
        "snapshots": (snapshot,),
        "announced": (before,),
        "changes": changed if occasion in (Occasion.CORRECTION, Occasion.REMINDER) else (),
        "in_reply_to": "<0123456789abcdef0123456789abcdef@physics.example.edu>" if before else None,
        "due": moment,
        "moment": moment,
        "private": private_values(talk, audience),
    }
    return AudienceGroup(**(usual | changes))


def digest(*talks: Talk, audience: Audience = Audience.INTERNAL, **changes: Any) -> AudienceGroup:
    """A digest of a week's talks."""
    moment = datetime(2026, 11, 30, 8, 0, tzinfo=CHICAGO)
    usual: dict[str, Any] = {
        "key": Key("this-week", "digest", "2026-W49"),
        "occasion": Occasion.DIGEST,
        "audience": audience,
        "lists": (INTERNAL if audience is Audience.INTERNAL else PUBLIC,),
        "talks": tuple(redact(talk, audience) for talk in talks),
        "snapshots": tuple(snapshot_of(talk, audience) for talk in talks),
        "announced": tuple(None for _ in talks),
        "due": moment,
        "moment": moment,
        "days": (date(2026, 11, 30), date(2026, 12, 6)),
        "private": frozenset[Private]().union(*(private_values(talk, audience) for talk in talks)),
    }
    return AudienceGroup(**(usual | changes))


def composer(root: Path | None = None, **settings: Any) -> Composer:
    """A composer of the sample department with the built-in templates."""
    return Composer(department(**settings), root=root or TEMPLATES.parent, templates=[TEMPLATES])


def moved(talk: Talk, **fields: Any) -> Talk:
    """The talk with other facts."""
    return replace(talk, **fields)
