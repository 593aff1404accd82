"""What talks to come still lack of what their people are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from announcer.domain.planning.people import who_was_asked
from announcer.domain.planning.requests import asked_no_more
from announcer.domain.planning.situation import Situation
from announcer.domain.request import Asked, lacking
from announcer.domain.talk import Talk


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """A talk that lacks something, and who was asked for it."""

    talk: Talk
    needs: tuple[str, ...]
    """Names of NEEDS, in the order in which they are asked for."""
    asked: tuple[Asked, ...]
    """Oldest first."""


def still_missing(situation: Situation, talks: Iterable[Talk]) -> list[Missing]:
    """The talks to come whose people may be asked and that lack something, in their order of time."""
    missing = []
    for talk in sorted(talks, key=lambda talk: (talk.start, talk.id)):
        series = situation.department.series.get(talk.series)
        if series is None or not series.requests or talk.start <= situation.now:
            continue
        if asked_no_more(situation, talk, series) is None:
            asked = who_was_asked(situation.history, talk, series.requests)
            missing.append(Missing(talk=talk, needs=lacking(talk, series.request_needs), asked=asked))
    return missing
