"""A subject of bearable length: the facts that make a reader come first, speaker and title always in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from announcer.message.views import TalkView
from announcer.text.characters import clean
from announcer.text.prose import Prose, one_line, shorten

COMFORTABLE = 78
"""Characters of a header line (RFC 5322 2.1.1): beyond them goes what costs no fact."""
LONGEST = 110
_LEAST_TITLE = 24
_HOME = re.compile(r" \(([^()]*)\)$")
_LAST_WORD = 20
"""Characters more, where a title would else lose its last word alone."""
_SHORT_HOME = 24
"""Characters of an affiliation that stays beside its name."""

Render = Callable[[Mapping[str, object]], str]
"""Renders an occasion's subject with these variables."""


def subject_of(render: Render, values: Mapping[str, object]) -> str:
    """The subject with these variables. Where it is long, the room loses what is behind its first comma or
    bracket, then the speaker a long affiliation, then the title its last words; no formula is cut in two.

    Raises TemplateFaultError.
    """
    made = _rendered(render, values)
    talk = values.get("talk")
    if len(made) <= COMFORTABLE or not isinstance(talk, TalkView):
        return shorten(made, LONGEST)
    if talk.where:
        talk = replace(talk, where=re.split(r"[,(]", talk.where)[0].strip() or talk.where)
        made = _rendered(render, {**values, "talk": talk})
    if len(made) > LONGEST and talk.who != talk.names:
        talk = replace(talk, who=_HOME.sub(_shorter_home, talk.who))
        made = _rendered(render, {**values, "talk": talk})
    if len(made) > LONGEST and talk.title and talk.title.text in made:
        room = len(talk.title.text) - (len(made) - LONGEST)
        title = Prose(_at_a_word(talk.title.text, max(room, _LEAST_TITLE)), talk.title.html)
        if " " not in talk.title.text[len(title.text) - 3 :].strip() and len(made) <= LONGEST + _LAST_WORD:
            return made.replace("\u00a0", " ")  # without its last word alone it reads as if it were whole
        cut: Any = {"title": title}
        made = _rendered(render, {**values, "talk": replace(talk, **cut)})
    return shorten(made, LONGEST).replace("\u00a0", " ")


def _shorter_home(home: re.Match[str]) -> str:
    """` (Sample Institute)`, of ` (Sample Institute, Room 5)`; nothing where it stays long."""
    first = home[1].split(",")[0].strip()
    return f" ({first})" if len(first) <= _SHORT_HOME else ""


def _rendered(render: Render, values: Mapping[str, object]) -> str:
    return " ".join(clean(render(values)).replace("\n", " ").split(" ")).strip()


def _at_a_word(text: str, width: int) -> str:
    """A text of at most that width, cut at a blank at which a line may end: there is none in a formula."""
    head = text[: width - 2].rpartition(" ")[0].rstrip(" ,;:–—-(")
    return f"{head}..." if head else shorten(one_line(text), width)
