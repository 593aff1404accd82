"""What an audience may know of a talk, and which words must therefore never reach it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from announcer.domain.talk import Audience, Speaker, Talk

UNNAMED = "Speaker to be announced"


def visible(talk: Talk, audience: Audience) -> Talk:
    """The talk without what this audience may not know; `notes` are for nobody.

    Of a confidential talk a public list learns the series, the time and the place alone, and its id
    gives way to an opaque one.
    """
    talk = replace(talk, notes=None)
    if audience is Audience.INTERNAL:
        return talk
    if talk.online and talk.online.audience is Audience.INTERNAL:
        talk = replace(talk, online=None)
    if talk.confidential:
        talk = replace(
            talk,
            id=opaque(talk.id),
            title=None,
            speakers=(Speaker(name=UNNAMED),),
            abstract=None,
            online=None,
            host=None,
            meet=None,
            notice=None,
            sponsor=None,
            url=None,
            links=(),
            recording=None,
            subject=None,
        )
    return talk


def opaque(name: str) -> str:
    """A stable id that tells nothing of `name`."""
    return hashlib.sha256(b"announcer/opaque/" + name.encode()).hexdigest()[:16]


def private_values(talk: Talk, audience: Audience) -> frozenset[str]:
    """The values of this talk that must not stand in any part of a message for this audience.

    Only values of four characters or more; one that also stands in a field the audience may see is
    left out here, and is an error of `check`.
    """
    shown = "\n".join(_texts(visible(talk, audience))).casefold()
    secret = [value for value in _texts(talk) if len(value) >= 4 and value.casefold() not in shown]
    return frozenset(secret)


def _texts(record: object) -> Iterator[str]:
    """Every text in a talk's fields; of an abstract or note its sentences are too long to recur, so
    the whole stands for them."""
    fields = getattr(record, "__dataclass_fields__", None)
    if fields is None:
        if isinstance(record, str) and type(record) is str:
            yield record.strip()
        elif isinstance(record, tuple):
            for item in record:
                yield from _texts(item)
        return
    for name in fields:
        if name in ("path", "zone", "series", "lists", "schedule", "show_timezones", "modified"):
            continue
        yield from _texts(getattr(record, name))
