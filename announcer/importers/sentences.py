"""The sentence by which a page says all at once: "A (hosted by B) from C will be presenting D on E."""

from __future__ import annotations

import re
from dataclasses import dataclass

from announcer.importers.findings import Findings

_SENTENCE = re.compile(
    r"(?P<speaker>[^\n()]{3,80}?)\s*(?:\((?:hosted|invited)\s+by\s+(?P<host>[^\n()]{3,80})\)\s*)?"
    r"(?:(?:from|of)\s+(?P<affiliation>[^\n]{3,120}?)\s+)?will\s+(?:be\s+)?(?:presenting|present|giv(?:e|ing)|speak(?:ing)?\s+(?:at|in))\s+"
    r"(?:the\s+|our\s+|a\s+)?(?P<series>[^\n]{3,80}?)\s+(?:on|about|entitled|titled)\s+(?P<title>[^\n]+?)[.\s]*(?:\n|$)"
)
_SPONSOR = re.compile(
    r"(?m)^[^\n.]*\b(?:made\s+possible|sponsored|supported|funded)\s+(?:by|through)\b[^\n]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the sentence names beyond what it puts into what is found."""

    series: str | None
    rest: str
    """The text without the sentence and the sponsor's."""


def read_sentence(text: str, title: str, findings: Findings, origin: str) -> Sentence | None:
    """Reads the sentence where a text has it; `title` is the heading above, perhaps `TITLE with SPEAKER`."""
    match = _SENTENCE.search(text)
    if match is None:
        return None
    speaker = match["speaker"].strip(" *_")
    findings.speaker(speaker, origin, affiliation=(match["affiliation"] or "").strip(" *_"))
    findings.put("host", (match["host"] or "").strip(), origin)
    heading = re.sub(rf"\s+(?:with|by|-|–|—)\s+{re.escape(speaker)}\s*$", "", title.strip())
    topic = match["title"].strip(' *_"“”')
    findings.put(
        "title", heading if heading and heading.casefold().rstrip(".") == topic.casefold() else topic, origin
    )
    rest = f"{text[: match.start()]}\n\n{text[match.end() :]}"
    return Sentence(series=match["series"].strip(" *_"), rest=read_sponsor(rest, findings, origin))


def read_sponsor(text: str, findings: Findings, origin: str) -> str:
    """Puts the sentence about who made it possible where it belongs; the text without it."""
    match = _SPONSOR.search(text)
    if match is None or len(match[0]) > 200:
        return text
    findings.put("sponsor", match[0].strip(" *_"), origin)
    return (text[: match.start()] + text[match.end() :]).strip()
