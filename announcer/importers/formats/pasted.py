"""Pasted text: a page, a letter's words or notes about one talk, by its labels and by one known sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from announcer.domain.clock import zone
from announcer.importers.contract import Given, How, Remark, SourceTalks
from announcer.importers.findings import Findings
from announcer.importers.labels import Labelled, labelled
from announcer.importers.moments import Moment, read_moment
from announcer.importers.people import people_of
from announcer.importers.sentences import read_sentence, read_sponsor
from announcer.languages.vocabularies import expression

NAME = "text"
LABEL = "pasted text"
_FURNITURE = re.compile(
    r"(?:primary tabs|view|edit|delete|revisions|skip to main content|print|share|home|menu|search|"
    r"back to .{0,30}|add to calendar|https?://\S+|\d{1,6})\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"(?im)^\s*(?:--\s*$|(?:{expression(lambda vocabulary: vocabulary.closings)})"
    r"(?!\w)[^\n]{0,30}$)[\s\S]*"
)
_CALLED = re.compile(
    r"(?m)^\s*(?:talk|lecture|seminar|vortrag|exposé|charla|seminario|palestra)\s+(?:by|von|de|di)\s+"
    r"(?P<name>[^\n:.]{4,80})$",
    re.IGNORECASE,
)


def detect(given: Given) -> bool:
    """Anything that is text: what no other format is."""
    return b"\x00" not in given.data[:1000]


def read(given: Given, how: How) -> SourceTalks:
    """One draft of all of it."""
    return read_text(given.text, how)


def read_text(text: str, how: How, *, subject: str = "") -> SourceTalks:
    """One draft of a text; `subject` is a letter's, and a title only where the text has none."""
    findings = Findings()
    series = None
    said_aloud = findings.public_part(text, "text", "the text").split("\n")
    lines = [line for line in said_aloud if not _FURNITURE.fullmatch(line.strip())]
    body, closing = _closed("\n".join(_without_echo(lines)).strip())
    heading = next((line.strip() for line in body.split("\n") if line.strip()), "")
    if sentence := read_sentence(body, heading, findings, "the text"):
        series, rest = sentence.series, _without_heading(sentence.rest, heading)
        labels = Labelled(rest=rest)
    else:
        labels = labelled(body)
        rest = _put_labelled(findings, labels)
        series = labels.parts["series"][0] if "series" in labels.parts else None
    rest = read_sponsor(rest, findings, "the text")
    moment = _moment(labels, rest, how)
    findings.shows(moment.day, moment.at, how)
    if moment.length:
        findings.lasts(moment.length)
    for remark in moment.remarks:
        findings.say(remark.code, remark.text)
    if moment.near and moment.day is None:
        findings.say("near-date", f"in the coming twelve months that is {moment.near.isoformat()}")
    if match := _CALLED.search(rest):
        findings.speaker(match["name"], "the text")
        rest = rest.replace(match[0], "", 1)
    _put_rest(findings, rest.strip())
    findings.put("notes", closing, "the text")
    if not findings.has("title") and subject:
        findings.say("subject", f'the letter\'s subject is "{subject}"')
    draft = findings.draft(series=series)
    if not (draft.values.keys() - {"notes"}) and draft.day is None:
        return SourceTalks(
            drafts=(),
            remarks=(Remark(code="nothing-found", text="nothing of a talk was found in this text"),),
        )
    return SourceTalks(drafts=(draft,))


def _put_labelled(findings: Findings, label: Labelled) -> str:
    person = {}
    for field, (value, number) in label.parts.items():
        origin = f"line {number}"
        if field == "speaker":
            for name in people_of(value):
                findings.speaker(name, origin)
        elif field.startswith("speaker."):
            person[field.partition(".")[2]] = value
        elif field in ("url", "online.url", "speaker.url"):
            address = re.search(r"https?://[^\s<>()\]]+", value)
            findings.put(field, address[0] if address else None, origin)
            if address and value.strip() != address[0] and field == "online.url":
                findings.put("notes", value.replace(address[0], "").strip(), origin)
        elif field in ("host", "host.email"):
            findings.host(value if field == "host" else f"Host <{value}>", origin)
        elif field not in ("date", "time", "end", "series"):
            findings.put(field, value, origin)
    findings.amend_speaker(person, "the text")
    return label.rest


def _put_rest(findings: Findings, rest: str) -> None:
    """Long paragraphs are the abstract where none is labelled; what is short is for the organizers."""
    if not rest:
        return
    paragraphs = [paragraph.strip() for paragraph in re.split(r"\n\s*\n", rest) if paragraph.strip()]
    long = [paragraph for paragraph in paragraphs if len(paragraph) > 200]
    if long and not findings.has("abstract") and (findings.values or findings.speakers or findings.day):
        findings.put("abstract", "\n\n".join(long), "the text")
        paragraphs = [paragraph for paragraph in paragraphs if paragraph not in long]
    findings.put("notes", "\n\n".join(paragraphs), "the text")


def _moment(label: Labelled, text: str, how: How) -> Moment:
    """The labelled words where there are any; else the lines that have a day and a time of day, which must be
    one day alone. Another day in a text may be a deadline.
    """
    today = how.now.astimezone(zone(how.zone)).date()
    words = [label.parts[name][0] for name in ("date", "time", "end") if name in label.parts]
    if words:
        first = read_moment(" ".join(words[:2]), today=today)
        return first if len(words) < 3 else read_moment(f"{words[0]} {words[1]} - {words[2]}", today=today)
    lines = [line for line in text.split("\n") if len(line) < 160]
    timed = [line for line in lines if read_moment(line, today=today).at is not None]
    moment = read_moment("\n".join(timed), today=today)
    if moment.day is not None:
        return replace(
            moment, remarks=tuple(remark for remark in moment.remarks if remark.code != "unclear-time")
        )
    other = read_moment("\n".join(lines), today=today)
    said_there = (
        (Remark(code="perhaps-date", text=f"it names {other.day.isoformat()}, perhaps the talk's"),)
        if other.day
        else tuple(remark for remark in other.remarks if remark.code != "unclear-time")
    )
    return Moment(remarks=said_there, near=other.near or other.day)


def _closed(text: str) -> tuple[str, str]:
    """A letter's words, and its closing with the signature below."""
    match = _CLOSING.search(text)
    return (text[: match.start()].strip(), match[0].strip()) if match else (text, "")


def _without_echo(lines: list[str]) -> list[str]:
    """A page's title stands in it twice: once will do."""
    kept: list[str] = []
    for line in lines:
        if line.strip() and line.strip() in (earlier.strip() for earlier in kept) and len(line.strip()) > 10:
            continue
        kept.append(line)
    return kept


def _without_heading(text: str, heading: str) -> str:
    first, _, rest = text.strip().partition("\n")
    return rest.strip() if first.strip() == heading else text
