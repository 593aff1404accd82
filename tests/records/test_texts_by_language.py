"""A text of a file may be a mapping with one for each language."""

from __future__ import annotations

from dataclasses import replace

from announcer.domain.planning.groups import kept_from
from announcer.domain.redaction import redact, texts
from announcer.domain.snapshot import as_told, differences, facts
from announcer.domain.talk import Audience
from tests.departments import CONFIG
from tests.records.conftest import TALK, Folder

DAY = "date: 2026-12-02\n"
BOTH = CONFIG.replace("audience: internal", "audience: internal, locale: [de_CH, en_US]")


def test_a_text_is_in_each_language_what_was_written_in_it(folder: Folder) -> None:
    """The first written holds where nothing else does, and plain text for every language."""
    talk = folder.talk(DAY + "notice: {de: Ohne Kaffee., en: Without coffee.}\nlevel: graduate")
    assert (talk.notice, talk.level) == ("Ohne Kaffee.", "graduate")
    assert [talk.in_language(tag).notice for tag in ("de", "en", "fr")] == [
        "Ohne Kaffee.",
        "Without coffee.",
        "Ohne Kaffee.",
    ]
    assert talk.in_language("en").level == "graduate"


def test_a_place_may_be_a_mapping_as_a_whole_or_in_its_parts(folder: Folder) -> None:
    """Its short form is a room; what is one text is the same for everybody."""
    whole = folder.talk(DAY + "location: {de: Hörsaal 1, en: Lecture Hall 1}")
    assert [whole.in_language(tag).place.label for tag in ("de", "en")] == ["Hörsaal 1", "Lecture Hall 1"]  # type: ignore[union-attr]
    parts = folder.talk(DAY + "location: {room: {de_CH: Aula, en_US: Great Hall}, building: HG}")
    assert [parts.in_language(tag).place.label for tag in ("de", "en")] == ["Aula, HG", "Great Hall, HG"]  # type: ignore[union-attr]


def test_what_a_series_says_by_language_its_talks_say(folder: Folder) -> None:
    """And the cache keeps it."""
    parking = "    parking: {de: Parkplatz 12., en: Lot 12.}\n    lists:"
    folder.write("announcer.yaml", CONFIG.replace("    lists:", parking, 1))
    folder.write(TALK, DAY)
    for _ in range(2):
        (talk,) = folder.load(cache=True).talks
        assert talk.in_language("en").parking == "Lot 12."
        assert talk.parking == "Parkplatz 12."


def test_the_department_calls_itself_by_language(folder: Folder) -> None:
    """Its name, its footer, its series and its digests."""
    text = (
        CONFIG.replace("organization: ", "organization: {de: Physik, en: Physics} #", 1)
        .replace("name: Physics Colloquium", "name: {de: Kolloquium, en: Colloquium}")
        .replace("series:\n", "style: {footer: {de: Gruss, en: Regards}}\nseries:\n", 1)
    )
    text += "\ndigests:\n  week: {name: {de: Diese Woche, en: This week}, when: Monday at 8:00 am"
    text += ", covers: 7 days, series: [colloquium], lists: [colloquium]}\n"
    folder.write("announcer.yaml", text)
    department = folder.load().department
    assert department is not None
    names = [
        (home.organization, home.style.footer, home.series["colloquium"].name, home.digests["week"].title)
        for home in map(department.in_language, ("de", "en", "ja"))
    ]
    german = ("Physik", "Gruss", "Kolloquium", "Diese Woche")
    assert names == [german, ("Physics", "Regards", "Colloquium", "This week"), german]


def test_what_is_missing_is_said_where_it_is_missing(folder: Folder) -> None:
    """For a list in two languages, in a talk and in announcer.yaml."""
    folder.write("announcer.yaml", BOTH)
    assert folder.problems_of(DAY + "location:\n  room: {de: Aula}") == [
        ("missing-translation", 3, 9, "add it: en: ...")
    ]
    assert folder.problems_of(DAY + "notice: {de: Ja., en: Yes.}") == []
    assert folder.problems_of(DAY + "notice: {de: Ja., en: Yes., tlh: HIja.}")[0][:3] == (
        "unknown-language",
        2,
        29,
    )
    assert folder.problems_of(DAY + "notice: {de: Ja., de_CH: Jo., en: Yes.}")[0][:3] == (
        "duplicate-language",
        2,
        19,
    )
    footer = BOTH.replace("series:\n", "style: {footer: {en: Regards}}\nseries:\n", 1)
    folder.write("announcer.yaml", footer)
    folder.write(TALK, DAY)
    (problem,) = folder.load().problems
    assert (problem.code, problem.message) == (
        "missing-language",
        "there is no text for de, in which colloquium gets its mail",
    )


def test_texts_of_each_language_are_read_for_faults(folder: Folder) -> None:
    """A word that only German readers would see is looked at like any other."""
    problems = folder.problems_of(DAY + "notice: {en: No coffee., de: Kein <hr> Kaffee.}")
    assert [code for code, *_ in problems] == ["html"]
    problems = folder.problems_of(DAY + "notice:\n  en: Hall 1\n  de: Saal #1")
    assert problems[0][:3] == ("text-lost", 4, 3)


def test_no_language_of_a_private_text_reaches_a_public_list(folder: Folder) -> None:
    """Whoever may not know a text may not know its translation, and the finished mail is searched for it."""
    note = "{de: Das Schlüsselwort ist Quark., en: The key is Quark.}"
    online = f"online: {{url: https://example.edu/j, note: {note}}}"
    talk = folder.talk(DAY + online)
    department = folder.load().department
    assert department is not None
    public = redact(talk, Audience.PUBLIC)
    assert "Quark" not in " ".join(texts(public))
    assert public.translations == ()
    assert "Quark" not in repr(public.in_language("en"))
    kept = {secret.value for secret in kept_from(department, talk, talk, None, Audience.PUBLIC)}
    assert {"Das Schlüsselwort ist Quark.", "The key is Quark."} <= kept
    assert redact(talk, Audience.INTERNAL) == talk


def test_a_language_more_is_no_change_of_a_place(folder: Folder) -> None:
    """Whichever is written first; a change of the room is one in every language."""
    before = facts(folder.talk(DAY + "location: Hörsaal 1"))
    after = folder.talk(DAY + "location: {en: Lecture Hall 1, de: Hörsaal 1}")
    assert differences(before, facts(after)) == ()
    assert as_told(after, before).place == after.place
    moved = folder.talk(DAY + "location: {en: Lecture Hall 2, de: Hörsaal 2}")
    assert [fact.value for fact in differences(facts(after), facts(moved))] == ["place"]
    announced = as_told(moved, replace(facts(after), places=()))
    assert announced.in_language("de").place == announced.place


def test_a_mapping_without_a_language_is_no_text(folder: Folder) -> None:
    """Nor is a list; an organization would have no name."""
    for line in ("notice: {}", "notice: [Yes.]", "notice: {de: {en: Yes.}}"):
        assert [code for code, *_ in folder.problems_of(DAY + line)] == ["wrong-shape"], line
    folder.write("announcer.yaml", CONFIG.replace("organization: ", "organization: {} #", 1))
    assert "wrong-shape" in {problem.code for problem in folder.load().problems}
