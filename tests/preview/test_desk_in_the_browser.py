"""A talk is written in a real Chromium: by keyboard alone, on a phone, and beside somebody else's editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.departments import sample
from tests.message.browser import violations
from tests.preview.conftest import NOW, Look, Running, running

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page, Route

SEMINAR = """
  seminar:
    name: Lab Seminar
    lists: [colloquium]
    day: Friday
    time: noon
    duration: 45 minutes
    location: {room: Compton 245}
    schedule: [{send: announcement, when: 2 days before at 9:00 am}]
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One preview for all of them, of a department with two series and a calendar of holidays."""
    folder = sample(tmp_path_factory.mktemp("department"))
    folder.edit("announcer.yaml", "\nbegin:", f"{SEMINAR}\nholidays: US\nbegin:")
    with running(folder, "--now", NOW) as started:
        yield started


def _file(desk: Running, name: str) -> Path:
    """A talk of a name of its own, written by hand."""
    path = desk.folder.path / f"talks/colloquium/{name}.yaml"
    path.write_text(
        "# by hand\ntitle: 'Old Title'   # kept\nspeaker: Mira Sample\ndate: 2027-03-03\n", encoding="utf-8"
    )
    return path


def _opened(page: Page, desk: Running, name: str) -> None:
    """The desk with that talk, once the preview knows of it."""
    path = f"talks/colloquium/{name}.yaml"
    while desk.post("/desk/read", path=path, text="")[0] == 404:
        page.wait_for_timeout(50)
    page.goto(f"{desk.url}/desk/talk/{name}")
    _read(page)


def _read(page: Page) -> None:
    """Waits until the page knows what the preview says of what is written."""
    page.locator("body[data-read]").wait_for()


def _tab_to(page: Page, name: str) -> None:
    """Presses Tab until the element of that id or name has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(
            "name => [document.activeElement.id, document.activeElement.value].includes(name)", name
        ):
            return
    raise AssertionError(f"no Tab reaches {name}")


def test_a_talk_is_written_confirmed_and_seen_by_keyboard_alone(desk: Running, look: Look) -> None:
    """From the list at the left to a confirmed talk, and its email stands beside it."""
    with look(f"{desk.url}/") as page:
        page.locator(".new-talk").focus()
        page.keyboard.press("Enter")
        _read(page)
        assert page.locator("#box-date").input_value() == "2026-11-25"
        for box, typed in (
            ("box-speaker-0-name", "Emmy Noether"),
            ("box-speaker-0-affiliation", "University of Göttingen"),
            ("box-title", "Invariants"),
            ("box-abstract", "Where $E$ comes from."),
        ):
            _tab_to(page, box)
            page.keyboard.type(typed)
        page.locator("#desk-path", has_text="talks/colloquium/2026-noether.yaml").wait_for()
        page.locator("#desk-subject", has_text="Emmy Noether").wait_for()
        page.frame_locator("#desk-stage iframe:not(.coming)").locator(
            "p", has_text="Where E comes from"
        ).wait_for()
        _tab_to(page, "draft")
        page.keyboard.press("Enter")
        page.locator(".desk-notice.good", has_text="it reaches nobody").wait_for()
        file = desk.folder.path / "talks/colloquium/2026-noether.yaml"
        assert "status: draft" in file.read_text(encoding="utf-8")
        _tab_to(page, "confirm")
        page.keyboard.press("Enter")
        page.locator(
            ".desk-notice.good", has_text="The announcement is due: the next run sends it"
        ).wait_for()
        assert "status: confirmed" in file.read_text(encoding="utf-8")


def test_a_problem_stands_at_its_field_and_is_tied_to_it(desk: Running, look: Look) -> None:
    """As one types; the line below says how many there are, and leads there, also behind "more"."""
    with look(f"{desk.url}/desk/new") as page:
        _read(page)
        assert page.locator("#desk-says").inner_text() == "It has no title and no speaker yet"
        page.locator("#more > summary").click()
        page.locator("#box-online-url").fill("nowhere")
        problem = page.locator("#box-online-url-problems li.error")
        problem.wait_for()
        assert page.locator("#box-online-url").get_attribute("aria-invalid") == "true"
        assert "box-online-url-problems" in str(
            page.locator("#box-online-url").get_attribute("aria-describedby")
        )
        page.locator("#more > summary").click()
        assert page.locator("#desk-says").inner_text() == "1 to mend"
        page.locator("#desk-mend").click()
        assert page.evaluate("document.activeElement.id") == "box-online-url"
        page.locator("#box-online-url").fill("https://example.edu/meeting")
        problem.wait_for(state="detached")
        assert page.locator("#box-online-url").get_attribute("aria-invalid") is None


def test_another_series_brings_its_days_and_leaves_what_was_typed(desk: Running, look: Look) -> None:
    """Holidays and taken days are named; what the series gives stands in grey."""
    with look(f"{desk.url}/desk/new") as page:
        _read(page)
        assert "Blake Bordelon" in page.locator('[data-day="2026-12-02"]').inner_text()
        page.locator("#box-title").fill("Kept")
        page.locator("#box-series").select_option("seminar")
        page.locator('.off[data-day="2026-12-25"]').wait_for()
        assert "Christmas" in page.locator('[data-day="2026-12-25"]').inner_text()
        assert page.locator("#box-title").input_value() == "Kept"
        assert page.locator("#box-date").input_value() == "2026-11-27"
        page.locator("#more > summary").click()
        assert page.locator("#box-time").get_attribute("placeholder") == "12:00 pm"
        assert page.locator("#box-location-room").get_attribute("placeholder") == "Compton 245"
        assert "date: 2026-11-27  # Friday\n" in page.locator("#desk-text").input_value()
        page.locator('[data-day="2026-12-11"]').click()
        page.locator("#box-series").select_option("colloquium")
        page.locator('[data-day="2026-12-02"]').wait_for()
        assert page.locator("#box-date").input_value() == "2026-12-11"


def test_the_text_marks_its_lines_and_fills_the_form(desk: Running, look: Look) -> None:
    """A problem's line is marked in the margin, a click jumps there, and mended text is in the form."""
    _file(desk, "2027-text")
    with look(f"{desk.url}/desk/new") as page:
        _opened(page, desk, "2027-text")
        page.locator("#text-pane > summary").click()
        text = page.locator("#desk-text")
        text.fill(text.input_value().replace("date: 2027-03-03", "date: 2027-02-30"))
        page.locator('#gutter span.error[data-line="4"]').wait_for()
        page.locator("#text-problems button", has_text="line 4").click()
        place = "[document.activeElement.id, document.activeElement.selectionStart]"
        assert page.evaluate(place) == ["desk-text", text.input_value().index("2027-02-30")]
        text.fill(text.input_value().replace("2027-02-30", "2027-03-10").replace("Old", "New"))
        page.locator('#box-date[value="2027-03-10"]').wait_for()
        assert page.locator("#box-title").input_value() == "New Title"
        assert page.locator("#gutter span.error").count() == 0


def test_what_is_typed_while_an_answer_comes_stays(desk: Running, look: Look) -> None:
    """A slow answer never puts back what stood there before."""
    _file(desk, "2027-slow")
    with look(f"{desk.url}/desk/new") as page:
        _opened(page, desk, "2027-slow")
        page.locator("#text-pane > summary").click()
        text = page.locator("#desk-text")
        late: list[Route] = []
        page.route("**/desk/read", lambda route: route.continue_() if late else late.append(route))
        text.press("Control+End")
        text.press_sequentially("# one")
        while not late:
            page.wait_for_timeout(20)
        text.press_sequentially(" and two")
        late[0].continue_()
        page.wait_for_timeout(300)
        assert text.input_value().endswith("# one and two")


def test_both_versions_are_shown_of_a_file_that_changed_meanwhile(desk: Running, look: Look) -> None:
    """Nothing is overwritten, not by the form and not by the text; one goes on with either."""
    file = _file(desk, "2027-both")
    before = file.read_text(encoding="utf-8")
    with look(f"{desk.url}/desk/new") as page:
        _opened(page, desk, "2027-both")
        page.wait_for_selector(".live.on")
        page.locator("#box-title").fill("Mine")
        theirs = before.replace("Mira Sample", "Max Example")
        file.write_text(theirs, encoding="utf-8")
        page.locator("#desk-changed").wait_for()
        assert file.read_text(encoding="utf-8") == theirs
        page.locator("#desk-changed a").click()
        _read(page)
        assert page.locator("#box-speaker-0-name").input_value() == "Max Example"
        page.locator("#box-title").fill("Mine")
        page.keyboard.press("Control+s")
        page.locator(".desk-notice.good").wait_for()
        assert file.read_text(encoding="utf-8") == theirs.replace("'Old Title'", "Mine")


def test_a_photo_is_taken_from_this_machine(desk: Running, look: Look, tmp_path: Path) -> None:
    """It is kept small, and the field says where."""
    picture = tmp_path / "holiday.png"
    buffer = BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(buffer, "PNG")
    picture.write_bytes(buffer.getvalue())
    from playwright.sync_api import expect

    with look(f"{desk.url}/desk/new") as page:
        _read(page)
        page.locator("#box-speaker-0-name").fill("Sophie Germain")
        page.locator("#desk-path", has_text="2026-germain").wait_for()
        page.locator(".also summary").click()
        page.locator("#box-speaker-0-photo-path-file").set_input_files(picture)
        page.locator("#text-pane > summary").click()
        expect(page.locator("#desk-text")).to_have_value(re.compile("photo: photos/2026-germain.jpg"))
        assert page.locator("#box-speaker-0-photo-path").input_value() == "photos/2026-germain.jpg"
    with Image.open(desk.folder.path / "photos/2026-germain.jpg") as photo:
        assert photo.size == (640, 480)


def test_a_talk_that_lists_were_told_of_is_not_cancelled_by_one_click(desk: Running, look: Look) -> None:
    """Its mail would go at once: the button asks first, and No leaves all as it is."""
    file = desk.folder.path / "talks/colloquium/2026-bordelon.yaml"
    before = file.read_bytes()
    assert "2026-bordelon" in desk.folder.process("run", "--now", "2026-11-30 09:00").stdout
    asked: list[str] = []
    with look(f"{desk.url}/desk/talk/2026-bordelon") as page:
        _read(page)
        while page.locator("[data-ask]").count() == 0:  # until the ledger was read anew
            page.reload()
        answers = iter((False, True))

        def answer(dialog: Dialog) -> None:
            asked.append(dialog.message)
            if next(answers):
                dialog.accept()
            else:
                dialog.dismiss()

        page.on("dialog", answer)
        page.locator(".change-plan summary").click()
        page.locator("#sentence").fill("The speaker is ill.")
        page.locator("button[value=cancel]").click()
        assert file.read_bytes() == before
        page.locator("button[value=cancel]").click()
        page.locator(".desk-notice.good", has_text="Saved as cancelled").wait_for()
        page.locator(".desk-subject", has_text="Cancellation").wait_for()
        page.frame_locator("#desk-stage iframe").locator("p", has_text="The speaker is ill.").first.wait_for()
    assert len(asked) == 2
    assert b"status: cancelled\nnotice: The speaker is ill.\n" in file.read_bytes()


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    desk: Running, look: Look, width: int
) -> None:
    """With all that can be opened open, problems at a field, and a decision to take."""
    _file(desk, "2027-axe")
    options: dict[str, Any] = {"viewport": {"width": width, "height": 844}, "color_scheme": "light"}
    with look(f"{desk.url}/desk/new", **options) as page:
        _opened(page, desk, "2027-axe")
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        page.locator("#box-online-url").fill("nowhere")
        page.locator("#box-online-url-problems li.error").wait_for()
        assert violations(page, frames=False) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, frames=False, contrast=True) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
