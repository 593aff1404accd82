"""Every lint rule: it has a code and an explanation, speaks where it should, and is silent where not."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from announcer.records.lint.rules import RULES, SILENCEABLE
from tests.departments import CONFIG
from tests.records.conftest import TALK, Folder

Files = Mapping[str, str]


def talk(text: str) -> Files:
    """A talk of a Wednesday that says this too."""
    return {TALK: text if "date:" in text else f"date: 2026-12-02\n{text}\n"}


def config(fragment: str) -> Files:
    """An announcer.yaml with these lines too."""
    return {"announcer.yaml": CONFIG.replace("series:\n", f"{fragment}\nseries:\n", 1)}


def instead(old: str, new: str) -> Files:
    """An announcer.yaml that has one thing for another."""
    assert old in CONFIG
    return {"announcer.yaml": CONFIG.replace(old, new)}


def two(first: str, second: str) -> Files:
    """Two talks of one day."""
    day = "date: 2026-12-02\n"
    return {"talks/colloquium/a.yaml": day + first, "talks/colloquium/b.yaml": day + second}


LISTS = CONFIG[CONFIG.index("lists:\n") : CONFIG.index("series:\n")]
REMINDER = "      - {send: reminder, when: same day at 8:00 am}\n"
SERVER = "delivery: {transport: smtp, host: smtp.example.edu, "
DIGEST = "digests:\n  week: {when: Monday at %s, covers: 7 days, series: [colloquium], lists: [colloquium]}"
MEETING = "online: {url: https://example.edu/j, passcode: %s}\nabstract: Join with redshift."
NOT_HERE = "speaker: {name: Ada Example, photo: {path: %s.jpg, alt: Ada}}"
CASES: dict[str, tuple[Files, Files]] = {
    "accent-apart": (talk("title: M ¨uller"), talk("title: Müller")),
    "affiliation-in-name": (
        talk("speaker: Ada Example (Example University)"),
        talk("speaker: Ada Example, Jr."),
    ),
    "bad-link": (
        talk("abstract: '[a](file:///home/ada/a.pdf)'"),
        talk("abstract: '[a](https://example.edu/a.pdf)'"),
    ),
    "digest-collides": (config(DIGEST % "9:00 am"), config(DIGEST % "10:00 am")),
    "digest-elsewhere": (
        {
            "announcer.yaml": CONFIG.replace(
                "lists: [colloquium, public-lectures]", "lists: [public-lectures]"
            )
            + DIGEST % "10:00 am"
        },
        config(DIGEST % "10:00 am"),
    ),
    "duplicate-address": (
        instead("address: public-lectures@", "address: colloquium@"),
        instead("address: public-lectures@", "address: lectures@"),
    ),
    "duplicate-id": (two("id: one", "id: one"), two("status: cancelled", "id: two")),
    "duplicate-key": (
        instead(LISTS, LISTS.replace("public-lectures:", "Colloquium:")),
        instead("public-lectures", "lectures"),
    ),
    "duplicate-rule": (
        instead(REMINDER, REMINDER + REMINDER),
        instead(REMINDER, REMINDER + REMINDER.replace("send:", "name: second, send:")),
    ),
    "empty-list": (instead(LISTS, "lists: {}\n"), {}),
    "far-date": (talk("date: 2062-12-06"), talk("date: 2027-12-01")),
    "hard-wrapped": (
        talk("abstract: |\n  We show an exam-\n  ple of it."),
        talk("abstract: |\n  We show an example.\n\n  It is one."),
    ),
    "holiday": (
        {
            **config("holidays: US"),
            **talk("date: 2026-11-26\nschedule: [{send: reminder, when: 1 day before at 9:00 am}]"),
        },
        {**config("holidays: US"), **talk("")},
    ),
    "html": (talk("abstract: We prove <hr> it."), talk("abstract: 'We prove that a < b.'")),
    "ignored-file": (
        {"talks/colloquium/a.yaml.bak": "date: 2026-12-02"},
        {"talks/colloquium/a.txt": "Mind the date: it is 2026-12-02"},
    ),
    "invisible-character": (talk("title: A\u200bB"), talk("title: A B")),
    "last-name-first": (talk("speaker: Example, Ada"), talk("speaker: Ada Example, MD")),
    "linked-folder": ({"talks/new": "-> other", "other/a.txt": ""}, {"talks/old/a.txt": ""}),
    "meeting-in-public": (
        talk("abstract: Join https://example.zoom.us/j/123456 please."),
        talk("abstract: See https://example.edu/j/123456 please."),
    ),
    "missing-field": (config("delivery: {transport: smtp}"), config(SERVER + "port: 587}")),
    "mojibake": (talk("title: SchrÃ¶dinger's cat"), talk("title: Schrödinger's cat")),
    "no-calendar": (config("holidays: Atlantis"), config("holidays: US-MO")),
    "no-reason": (talk("kind: none"), talk("kind: none\nnotice: We are all away.")),
    "no-security": (
        config(SERVER + "security: none, username: ada}"),
        config(SERVER + "security: starttls, username: ada}"),
    ),
    "no-transport": (config("delivery: {host: smtp.example.edu}"), config(SERVER + "port: 587}")),
    "not-silenceable": (
        config(f"silence: {{{TALK}: [private-in-public]}}"),
        config(f"silence: {{{TALK}: [photo-large]}}"),
    ),
    "odd-hour": (
        talk("time: 04:00\nschedule: [{send: reminder, when: 1 day before at 9:00 am}]"),
        talk("time: 16:30"),
    ),
    "off-in-title": (
        talk("title: 'CANCELLED - On Things'"),
        talk("title: 'Cancelled orders of magnitude'\nstatus: cancelled"),
    ),
    "missing-language": (
        instead("name: Physics Colloquium", "name: {de: Physikalisches Kolloquium}"),
        instead("name: Physics Colloquium", "name: {de: Physikalisches Kolloquium, en: Physics Colloquium}"),
    ),
    "missing-translation": (
        talk("notice: {de: Ohne Kaffee.}"),
        talk("notice: {de: Ohne Kaffee., en: Without coffee.}"),
    ),
    "no-catalogue": (config("locale: pl_PL"), config("locale: de_AT")),
    "no-place": (talk("location: none"), talk("location: online")),
    "organizer-is-list": (
        config("organizer: Ada Example <colloquium@lists.example.edu>"),
        config("organizer: Ada Example <ada@example.edu>"),
    ),
    "other-weekday": (talk("date: 2026-12-03"), talk("date: 2026-12-09")),
    "outside-folder": (
        {**talk(NOT_HERE % "away"), "away.jpg": "-> /dev/null"},
        {**talk(NOT_HERE % "here"), "here.jpg": "-> small.jpg"},
    ),
    "photo-alt": (talk("speaker: {name: Ada Example, photo: small.jpg}"), talk(NOT_HERE % "small")),
    "photo-large": (talk(NOT_HERE % "large"), talk(NOT_HERE % "small")),
    "photo-missing": (talk(NOT_HERE % "none"), talk(NOT_HERE % "small")),
    "placeholder": (talk("title: Title goes here"), talk("title: TBA")),
    "postponed": (talk("status: postponed"), talk("date: 2026-11-18\nstatus: postponed")),
    "private-in-public": (talk(MEETING % "redshift"), talk(MEETING % "blueshift")),
    "prose-date": (
        talk("notice: Moved to Tuesday, December 2."),
        talk("notice: Moved to Wednesday, December 2."),
    ),
    "raw-tex": (talk(r"abstract: on \mathbb{R}^n alone"), talk(r"abstract: on $\mathbb{R}^n$ alone")),
    "refreshments-late": (
        {
            **instead("    schedule:\n", "    refreshments: Tea at 3:30 pm\n    schedule:\n"),
            **talk("time: 3:00 pm"),
        },
        {
            **instead("    schedule:\n", "    refreshments: Tea at 3:30 pm\n    schedule:\n"),
            **talk("time: 5:00 pm"),
        },
    ),
    "relative-word": (talk("notice: The talk is tomorrow."), talk("abstract: The physics of today.")),
    "room-double-booked": (two("", "time: 4:30 pm"), two("", "time: 5:00 pm")),
    "rule-too-late": (
        instead("same day at 8:00 am", "Thursday of the same week at 8:00 am"),
        instead("same day at 8:00 am", "Wednesday of the same week at 8:00 am"),
    ),
    "secret-address": (
        config("sources:\n  a: {url: https://calendar.google.com/calendar/ical/x/private-abc/basic.ics}"),
        config("sources:\n  a: {url: https://calendar.google.com/calendar/ical/x/public/basic.ics}"),
    ),
    "several-speakers": (talk("speaker: Ada Example and Max Sample"), talk("speaker: Anders And")),
    "speaker-double-booked": (
        two("speaker: Ada Example", "speaker: ada  example\nlocation: Crow 1"),
        two("speaker: Ada Example", "speaker: Max Sample\nlocation: Crow 1"),
    ),
    "template-mark": (talk("title: '{{ title }}'"), talk("title: Mining TODO comments")),
    "two-places": (
        config("sources:\n  a: {file: a.csv, url: https://example.edu/a.ics}"),
        config("sources:\n  a: {file: a.csv}"),
    ),
    "two-secrets": (
        config(SERVER + "password_file: /run/p, password_command: pass}"),
        config(SERVER + "password_file: /run/p}"),
    ),
    "unclosed-maths": (talk("abstract: The mass $m_e is small."), talk("abstract: For $5 and $10.")),
    "unknown-label": (config("labels: {Hots: Organizer}"), config("labels: {Host: Organizer}")),
    "unknown-value": (
        config(f"silence: {{{TALK}: [other-weekdays]}}"),
        config(f"silence: {{{TALK}: [other-weekday]}}"),
    ),
    "weak-secret": (
        talk("online: {url: https://example.edu/j, passcode: colloquium}"),
        talk("online: {url: https://example.edu/j, passcode: redshift}"),
    ),
}


def codes(folder: Folder, files: Files) -> set[str]:
    """The codes of what is said where the folder has these files. `-> path` is a link."""
    for name, text in files.items():
        if text.startswith("-> "):
            path = folder.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(folder.path / text.removeprefix("-> "))
        else:
            folder.write(name, text)
    return {problem.code for problem in folder.load().problems}


def test_every_rule_has_a_code_an_explanation_and_two_cases() -> None:
    """No code has two rules; an explanation is a clause, as the reference has it."""
    assert sorted(CASES) == sorted(rule.code for rule in RULES)
    assert [rule.code for rule in RULES if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.code)] == []
    assert [rule.code for rule in RULES if not re.fullmatch(r"\S.{10,90}[^.\s]", rule.explains)] == []
    assert list(SILENCEABLE) == sorted(SILENCEABLE)


@pytest.mark.parametrize("code", CASES)
def test_a_rule_speaks_where_it_should_alone(folder: Folder, code: str) -> None:
    """Of the odd files, and not of ordinary ones."""
    odd, plain = CASES[code]
    plain_codes = codes(folder, plain)
    assert code not in plain_codes
    for name in plain:
        (folder.path / name).unlink()
    folder.write("announcer.yaml", CONFIG)
    assert code in codes(folder, odd)


@pytest.mark.parametrize("code", SILENCEABLE)
def test_a_rule_that_may_be_silenced_is(folder: Folder, code: str) -> None:
    """By its code, for its file."""
    odd, _ = CASES[code]
    codes(folder, odd)
    (path, *_) = (problem.path for problem in folder.load().problems if problem.code == code)
    text = (folder.path / "announcer.yaml").read_text(encoding="utf-8")
    folder.write("announcer.yaml", f"{text}silence: {{'{path}': [{code}]}}\n")
    assert code not in {problem.code for problem in folder.load().problems}
