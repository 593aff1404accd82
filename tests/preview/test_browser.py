"""The preview as an administrator uses it, in a real Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.message.browser import violations
from tests.preview.conftest import Look, Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page, Route

TALK = "talks/colloquium/2026-bordelon.yaml"
TITLE = "A Physics Approach to Deep Learning Theory"
ANNOUNCEMENT = "/mail/2026-bordelon/announcement"


def _email(page: Page) -> FrameLocator:
    return page.frame_locator("#stage iframe:not(.coming)")


def _wait_for_title(page: Page, title: str) -> None:
    _email(page).locator("h1", has_text=title).wait_for()


def test_it_opens_at_the_next_mailing(standing: Running, look: Look) -> None:
    """The first thing to be sent is the first thing to be seen."""
    with look(standing.url + "/") as page:
        assert page.url == standing.url + ANNOUNCEMENT
        _wait_for_title(page, TITLE)
        assert page.locator("#coming [aria-current] .row-title").inner_text() == TITLE


def test_choosing_another_mailing_shows_it_and_keeps_its_address(standing: Running, look: Look) -> None:
    """A deep link survives a reload, and back goes back."""
    with look(standing.url + ANNOUNCEMENT) as page:
        page.locator("#coming a.row", has_text="Universe").last.click()
        _email(page).locator("text=Today at 4:00 pm").first.wait_for()
        assert page.url == standing.url + "/mail/2026-lindqvist/reminder"
        page.reload()
        _email(page).locator("text=Today at 4:00 pm").first.wait_for()
        page.go_back()
        _wait_for_title(page, TITLE)


@pytest.mark.parametrize(("width", "pixels"), [("phone", 390), ("tablet", 768)])
def test_widths_are_those_of_a_phone_and_a_tablet(
    standing: Running, look: Look, width: str, pixels: int
) -> None:
    """The email is laid out in so many pixels, and the address remembers it."""
    with look(standing.url + ANNOUNCEMENT) as page:
        page.locator(f"button[data-width={width}]").click()
        _wait_for_title(page, TITLE)
        assert _email(page).locator("html").evaluate("root => root.clientWidth") == pixels
        page.reload()
        assert page.locator(f"button[data-width={width}]").get_attribute("aria-pressed") == "true"
        page.locator("#coming a.row").last.click()
        page.wait_for_url(f"**/reminder?width={width}")
        assert page.locator(f"button[data-width={width}]").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("mode", "background", "inverts"),
    [
        ("light", "rgb(255, 255, 255)", False),
        ("dark", "rgb(27, 30, 35)", False),
        ("inverted", "rgb(255, 255, 255)", True),
    ],
)
def test_colors_are_the_chosen_ones_whatever_this_machine_prefers(
    standing: Running, look: Look, scheme: str, mode: str, background: str, inverts: bool
) -> None:
    """The author's dark styles show in `dark` alone; `inverted` turns the light version."""
    with look(f"{standing.url}{ANNOUNCEMENT}?mode={mode}", color_scheme=scheme) as page:
        card = _email(page).locator(".card").first
        assert card.evaluate("card => getComputedStyle(card).backgroundColor") == background
        root = _email(page).locator("html")
        assert ("invert" in root.evaluate("root => getComputedStyle(root).filter")) == inverts
        assert page.locator(".caption:visible").count() == 1


def test_a_saved_change_shows_without_losing_the_place(preview: Running, look: Look) -> None:
    """Save the YAML, see the email: the scroll position stays."""
    with look(preview.url + ANNOUNCEMENT) as page:
        _wait_for_title(page, TITLE)
        page.wait_for_selector(".live.on")
        page.locator("#main").evaluate("main => main.scrollTo(0, 300)")
        preview.folder.edit(TALK, TITLE, "A Shorter Title")
        _wait_for_title(page, "A Shorter Title")
        assert page.locator("#main").evaluate("main => main.scrollTop") == 300
        page.locator("#coming .row-title", has_text="A Shorter Title").first.wait_for()
        assert "A Shorter Title" in page.locator(".inbox-subject").inner_text()


def test_a_change_loses_nobodys_click(preview: Running, look: Look) -> None:
    """Who chose another mailing gets there, though the folder changed while it was on its way."""
    held: list[Route] = []
    with look(preview.url + ANNOUNCEMENT) as page, look(preview.url + ANNOUNCEMENT) as other:
        for window in (page, other):
            window.wait_for_selector(".live.on")
        page.route(
            "**/2026-bordelon/reminder**", lambda route: route.continue_() if held else held.append(route)
        )
        page.locator("#coming a.row[href*='2026-bordelon/reminder']").first.click()
        while not held:
            page.wait_for_timeout(10)
        preview.folder.edit(TALK, TITLE, "A Shorter Title")
        _wait_for_title(other, "A Shorter Title")
        page.wait_for_timeout(300)  # a tab that heard of the change has begun to look, were it to do so
        held[0].continue_()
        page.wait_for_url("**/2026-bordelon/reminder")
        _wait_for_title(page, "A Shorter Title")


def test_a_broken_talk_shows_its_problem_over_the_last_good_picture(preview: Running, look: Look) -> None:
    """The problem with its line and hint, the email as it was; mended, all is as before."""
    with look(preview.url + ANNOUNCEMENT) as page:
        _wait_for_title(page, TITLE)
        page.wait_for_selector(".live.on")
        preview.folder.edit(TALK, "date: 2026-12-02", "date: 2026-02-30")
        page.locator(".stale .problem").first.wait_for()
        assert f"{TALK}:6:7" in page.locator(".stale").inner_text()
        assert page.locator("#problems .problem-place").first.inner_text() == f"{TALK}:6:7"
        _wait_for_title(page, TITLE)
        preview.folder.edit(TALK, "date: 2026-02-30", "date: 2026-12-03")
        page.locator(".stale").wait_for(state="detached")
        _email(page).locator("text=Thursday, December 3, 2026").first.wait_for()


def test_a_broken_template_shows_its_line_over_the_last_good_picture(preview: Running, look: Look) -> None:
    """A department's own template is as live as a talk."""
    template = preview.folder.path / "templates" / "announcement" / "body.html"
    template.parent.mkdir(parents=True)
    with look(preview.url + ANNOUNCEMENT) as page:
        _wait_for_title(page, TITLE)
        page.wait_for_selector(".live.on")
        template.write_text("<h1>{{ talk.titel }}</h1>")
        page.locator(".stale .problem").wait_for()
        assert "templates/announcement/body.html:1" in page.locator(".stale").inner_text()
        _wait_for_title(page, TITLE)
        template.write_text("<h1>{{ talk.title.text }}!</h1>{{ talk.when.times }}{{ talk.place.label }}")
        _wait_for_title(page, f"{TITLE}!")
        assert page.locator(".stale").count() == 0


def test_a_broken_config_keeps_the_last_good_picture(preview: Running, look: Look) -> None:
    """The one file that everything hangs on may be half typed."""
    with look(preview.url + ANNOUNCEMENT) as page:
        _wait_for_title(page, TITLE)
        page.wait_for_selector(".live.on")
        preview.folder.edit("announcer.yaml", "timezone: America/Chicago", "timezone: America/Chicagoo")
        page.locator(".stale .problem", has_text="announcer.yaml").first.wait_for()
        _wait_for_title(page, TITLE)
        preview.folder.edit("announcer.yaml", "timezone: America/Chicagoo", "timezone: America/Chicago")
        page.locator(".stale").wait_for(state="detached")


def test_as_of_changes_the_wording(standing: Running, look: Look) -> None:
    """As if it were the day before: a reminder says tomorrow; back to the schedule it says today."""
    with look(standing.url + "/mail/2026-bordelon/reminder") as page:
        _email(page).locator("text=Today at 4:00 pm").first.wait_for()
        page.locator("#ask-at").fill("2026-12-01T08:00")
        page.locator("#ask-at").dispatch_event("change")
        _email(page).locator("text=Tomorrow at 4:00 pm").first.wait_for()
        assert "at=2026-12-01T08%3A00" in page.url
        page.locator("text=Back to the schedule").click()
        _email(page).locator("text=Today at 4:00 pm").first.wait_for()


def test_another_list_and_occasion_are_chosen_in_the_form(standing: Running, look: Look) -> None:
    """The public list's copy has no passcode; the headers say what differs."""
    with look(standing.url + "/mail/2026-lindqvist/announcement?view=text") as page:
        assert "redshift-73" in page.locator("#view").inner_text()
        page.locator("#ask-list").select_option("public-lectures")
        page.wait_for_url("**list=public-lectures**")
        assert "redshift-73" not in page.locator("#view").inner_text()
        page.locator("#views a", has_text="Headers").click()
        page.locator(".audiences").wait_for()
        assert "redshift-73" in page.locator(".audiences td").last.inner_text()
        page.locator("#ask-occasion").select_option("cancellation")
        page.locator(".notice.example").wait_for()
        assert "as if the talk had been announced" in page.locator(".notice.example").inner_text()


def test_the_keyboard_walks_everywhere(standing: Running, look: Look) -> None:
    """j and k through the mailings, 1 to 5 through the views, w and d through the looks, / to search."""
    with look(standing.url + "/") as page:
        _wait_for_title(page, TITLE)
        page.keyboard.press("j")
        page.wait_for_url("**/2026-bordelon/reminder")
        page.keyboard.press("k")
        page.wait_for_url("**/2026-bordelon/announcement")
        for key, view in (
            ("2", "text"),
            ("3", "headers"),
            ("4", "calendar"),
            ("5", "source"),
            ("1", "email"),
        ):
            page.keyboard.press(key)
            page.locator(f".view-{view}").wait_for()
        page.keyboard.press("w")
        page.keyboard.press("d")
        page.wait_for_url("**width=phone&mode=dark")
        page.keyboard.press("/")
        page.keyboard.type("lindqvist")
        page.locator("#found .row-title", has_text="Universe").wait_for()
        page.keyboard.press("Escape")
        page.locator("#coming .row").first.wait_for()
        page.keyboard.press("?")
        page.locator("#keys").wait_for()


def test_a_link_in_the_email_is_not_followed_but_named(standing: Running, look: Look) -> None:
    """A click tells where the link leads, and offers to open it."""
    with look(standing.url + ANNOUNCEMENT) as page:
        _email(page).locator("a", has_text="Event feed").click()
        page.locator("#link-card").wait_for()
        assert "https://physics.wustl.edu/xml/events/22796/rss.xml" in page.locator("#link-card").inner_text()
        assert page.locator("#link-card a").get_attribute("rel") == "noreferrer noopener"
        _wait_for_title(page, TITLE)


def test_a_ledger_that_changes_shows(preview: Running, look: Look) -> None:
    """What a run sent is accepted here a moment later."""
    with look(preview.url + ANNOUNCEMENT) as page:
        page.wait_for_selector(".live.on")
        assert page.locator(".standing .state").inner_text() == "upcoming"
        done = preview.folder.process(
            "send", "2026-bordelon", "announcement", "--yes", "--now", "2026-11-23 12:00"
        )
        assert done.returncode == 0, done.stderr
        page.locator(".standing .state.accepted").wait_for()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_is_wider_than_the_window(standing: Running, look: Look, width: int) -> None:
    """At a desk, on a small laptop, on a phone."""
    address = f"{standing.url}/mail/2026-lindqvist/announcement"
    with look(address, viewport={"width": width, "height": 800}) as page:
        for view in ("email", "text", "headers", "calendar", "source"):
            page.goto(f"{address}?view={view}")
            assert page.evaluate("document.documentElement.scrollWidth") == width, view


def test_on_a_phone_the_mailings_are_behind_a_button(standing: Running, look: Look) -> None:
    """The email first; the list one tap away."""
    with look(standing.url + ANNOUNCEMENT, viewport={"width": 390, "height": 844}) as page:
        assert not page.locator("#plan").is_visible()
        page.locator("#menu").click()
        page.locator("#coming a.row", has_text="Universe").first.click()
        _wait_for_title(page, "How Fast")
        assert not page.locator("#plan").is_visible()


def _violations(page: Page) -> list[tuple[str, str, str]]:
    """What axe-core finds, light with all its rules, dark with the one about contrast."""
    page.emulate_media(color_scheme="light")
    faults = violations(page, frames=False)
    page.emulate_media(color_scheme="dark")
    return faults + violations(page, frames=False, contrast=True)


@pytest.mark.parametrize(
    "path",
    [
        ANNOUNCEMENT,
        f"{ANNOUNCEMENT}?view=text",
        "/mail/2026-lindqvist/announcement?view=headers",
        f"{ANNOUNCEMENT}?view=calendar",
        f"{ANNOUNCEMENT}?view=source",
        "/mail/2026-bordelon/correction",
        "/mail/2026-bordelon/reminder?at=2026-12-01T08:00",
        "/mail/nobody/announcement",
        "/talks",
    ],
)
def test_axe_finds_no_violation(standing: Running, look: Look, path: str) -> None:
    """Every kind of page can be used by everybody, light and dark."""
    with look(standing.url + path) as page:
        page.wait_for_selector(".live.on")
        assert _violations(page) == []


def test_axe_finds_no_violation_while_a_file_is_broken(preview: Running, look: Look) -> None:
    """Problems are for everybody, too."""
    with look(preview.url + ANNOUNCEMENT, reduced_motion="reduce") as page:
        page.wait_for_selector(".live.on")
        preview.folder.edit(TALK, "date: 2026-12-02", "date: 2026-02-30")
        page.locator(".stale .problem").first.wait_for()
        assert _violations(page) == []


def test_more_tabs_than_a_browser_has_connections_all_work(standing: Running, browser: Browser) -> None:
    """A tab in the background gives its connection back; seen again it is live again."""
    context = browser.new_context()
    for _ in range(8):
        standing.let_in(context)
        page = context.new_page()
        page.goto(standing.url + ANNOUNCEMENT)
        page.wait_for_selector(".live.on")
        page.evaluate(
            """() => {
              Object.defineProperty(document, "hidden", {value: true, configurable: true});
              document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    first = context.pages[0]
    first.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", {value: false, configurable: true});
          document.getElementById("live").className = "live";
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    first.wait_for_selector(".live.on")
    context.close()


def test_axe_finds_no_violation_in_warnings(preview: Running, look: Look) -> None:
    """What is only worth a look is another color than what holds mail, and as readable."""
    preview.folder.edit(TALK, "host: Zohar Nussinov", "host: ZÃ¶har Nussinov")
    with look(preview.url + ANNOUNCEMENT, reduced_motion="reduce") as page:
        page.locator(".problems.warnings .problem.warning").first.wait_for()
        assert _violations(page) == []
