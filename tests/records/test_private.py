"""No field of a talk, of a series or of the department is a way for a secret to a public list."""

from __future__ import annotations

import pytest

from tests.records.conftest import TALK, Folder
from tests.records.test_rules import codes, config, instead, talk

MEETING = (
    "online: {url: 'https://example.zoom.us/j/98765432100?pwd=Qx7b8', meeting_id: 987 6543 2100, "
    "passcode: redshift9}\n"
)
PUBLIC = {
    "title": "title: On redshift-9",
    "subject": "subject: redshift9",
    "abstract": "abstract: Join with red shift 9 now.",
    "notice": "notice: The code is r e d s h i f t 9",
    "contact": "contact: Call 98765432100",
    "host": "host: redshift9",
    "parking": "parking: The code is redshift*9*",
    "sponsor": "sponsor: 987_6543_2100",
    "speaker": "speaker: {name: Ada, bio: red\\shift9}",
    "photo": "speaker: {name: Ada, photo: {path: a.jpg, alt: redshift9}}",
    "label of a link": "links: [{label: redshift9, url: 'https://example.edu/x'}]",
    "address of a link": "links: [{label: a, url: 'https://example.edu/r%65dshift9'}]",
    "formula": r"abstract: Join $987\,6543\,2100$.",
    "entities": "abstract: Join 987&#45;6543&#45;2100.",
    "id": "id: 2026-redshift9",
    "note that is repeated": "notes: The honorarium is unpaid.\nabstract: The honorarium is unpaid.",
}
LINKS = {
    "url": "url: https://example.edu/x?pwd=abc",
    "fragment": "url: https://example.edu/x#passcode=abc",
    "percent-encoded name": "url: https://example.edu/x?p%77d=abc",
    "links": "links: [{label: Zoom, url: 'https://example.edu/x?a=b&PWD=abc'}]",
    "page of the speaker": "speaker: {name: Ada, url: 'https://example.edu/?token=abc'}",
    "meeting the speaker": "meet: {text: Meet, url: 'https://example.edu/?access_code=abc'}",
    "map": "location: {room: A, map: 'https://example.edu/?pwd=abc'}",
    "recording": "recording: 'https://example.edu/rec?pwd=abc'",
    "Zoom": "url: https://example.zoom.us/j/98765432100",
    "Meet": "links: [{label: M, url: 'https://meet.google.com/abc-defg-hij'}]",
    "Webex": "url: 'https://example.webex.com/example/j.php?MTID=m123abc'",
    "Teams": "url: 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc'",
}
CANDIDATE = {
    "words": "confidential: Talk by Sample",
    "directions": "location: {room: A, directions: Ask for Max Sample}",
    "affiliation": "location: {room: The Atlantis room}",
    "title": "confidential: Quantum frogs",
}
DEPARTMENT = {
    "website": config("website: https://example.edu/?pwd=abc"),
    "footer": config("style: {footer: 'Join https://example.zoom.us/j/1?pwd=abc'}"),
    "passcode in the footer": config("style: {footer: 'Passcode: abc'}"),
    "series": instead("    schedule:\n", "    contact: https://example.zoom.us/j/1\n    schedule:\n"),
}


@pytest.mark.parametrize("field", PUBLIC)
def test_a_secret_of_the_talk_is_an_error_in_every_public_field(folder: Folder, field: str) -> None:
    """However it is spelled."""
    assert "private-in-public" in codes(folder, talk(MEETING + PUBLIC[field]))


@pytest.mark.parametrize("field", LINKS)
def test_a_link_into_a_meeting_is_an_error_in_every_public_field(folder: Folder, field: str) -> None:
    """With a password under any of its names, or without one."""
    assert "private-in-public" in codes(folder, talk(LINKS[field]))


@pytest.mark.parametrize("field", CANDIDATE)
def test_a_candidate_is_named_in_no_public_field(folder: Folder, field: str) -> None:
    """Not by a word of the name or of the affiliation either."""
    text = "title: Quantum frogs\nspeaker: {name: Max Sample, affiliation: Atlantis University}\n"
    confidential = "" if CANDIDATE[field].startswith("confidential") else "confidential: yes\n"
    assert codes(folder, talk(text + confidential + CANDIDATE[field])) & {"private-in-public"}


@pytest.mark.parametrize("place", DEPARTMENT)
def test_announcer_yaml_gives_no_way_into_a_meeting(folder: Folder, place: str) -> None:
    """Its words are in every mail."""
    assert "meeting-in-public" in codes(folder, DEPARTMENT[place])


def test_an_ordinary_talk_is_no_secret(folder: Folder) -> None:
    """A candidate's public words, a page with a query, a passcode as a subject of research."""
    text = (
        "title: A\nspeaker: {name: May Sample, affiliation: University of Physics}\nconfidential: yes\n"
        "location: {room: May Room, building: Institute of Physics}\nurl: https://example.edu/?p=12&page=3\n"
    )
    assert codes(folder, talk(text)) & {"private-in-public", "meeting-in-public"} == set()
    text = "abstract: A passcode is derived from a password, as the tokens are.\nurl: https://example.edu/a\n"
    assert codes(folder, talk(text)) == set()


@pytest.mark.parametrize("code", ["private-in-public", "meeting-in-public"])
def test_what_guards_privacy_is_silenced_by_nobody(folder: Folder, code: str) -> None:
    """It counts all the same."""
    files = {
        **config(f"silence: {{{TALK}: [{code}]}}"),
        **talk(MEETING + "abstract: 'redshift9 https://example.zoom.us/j/1'"),
    }
    assert {code, "not-silenceable"} <= codes(folder, files)


def test_that_something_cannot_be_silenced_is_not_silenced_either(folder: Folder) -> None:
    """Nobody gets rid of an error with the help of a second word."""
    codes_of = "[organizer-is-list, unknown-value]"
    text = config(f"organizer: colloquium@lists.example.edu\nsilence: {{announcer.yaml: {codes_of}}}")
    assert {"organizer-is-list", "unknown-value"} <= codes(folder, text)
