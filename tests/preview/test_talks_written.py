"""The desk writes talks' files and nothing else, as a careful person would, and only for its own pages."""

from __future__ import annotations

import hashlib
import html
import json
import re
import stat
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from announcer.domain.talk import FIELDS
from announcer.records.talk_files import ChangedError, put
from tests.departments import Folder, sample
from tests.preview.conftest import NOW, Running, running

TALK = "talks/colloquium/2026-bordelon.yaml"


def _text_of(page: bytes) -> str:
    match = re.search(rb'<textarea id="desk-text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert match
    return html.unescape(match[1].decode())


def _opened(preview: Running, path: str = TALK) -> dict[str, str]:
    """What the desk's page sends back of a file as it is."""
    data = (preview.folder.path / path).read_bytes()
    return {"path": path, "digest": hashlib.sha256(data).hexdigest(), "text": data.decode(), "from": "form"}


def _files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".announcer" not in path.parts
    }


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One preview for all tests that write."""
    with running(sample(tmp_path_factory.mktemp("written")), "--now", NOW) as started:
        yield started


@pytest.fixture
def preview(shown: Running) -> Iterator[Running]:
    """The same for each test, with the files as they were."""
    root = shown.folder.path
    before = _files(root)
    yield shown
    for name in set(_files(root)) - set(before):
        (root / name).unlink()
    for name, data in before.items():
        (root / name).write_bytes(data)
        (root / name).chmod(0o644)


def test_a_new_talk_becomes_a_file_like_those_that_new_writes(preview: Running) -> None:
    """Named by its year and speaker; a draft, until it is confirmed."""
    text = _text_of(preview.get("/desk/new"))
    boxes = {"box__date": "2026-12-16", "box__title": "Invariants", "box__speaker.0.name": "Emmy Noether"}
    status, headers, _ = preview.post("/desk/save", path="", text=text, do="draft", **boxes)
    assert (status, headers["location"]) == (303, f"{preview.root}/desk/talk/2026-noether?said=draft")
    written = (preview.folder.path / "talks/colloquium/2026-noether.yaml").read_text(encoding="utf-8")
    assert "date: 2026-12-16  # Wednesday\n" in written
    assert "status: draft  # confirmed when it may be announced" in written
    assert "title: Invariants\nspeaker:\n  name: Emmy Noether\n" in written
    opened = _opened(preview, "talks/colloquium/2026-noether.yaml")
    assert preview.post("/desk/save", do="confirm", **opened)[0] == 303
    confirmed = (preview.folder.path / opened["path"]).read_text(encoding="utf-8")
    assert confirmed == written.replace("status: draft", "status: confirmed")
    assert preview.folder.announcer("check", "--now", NOW).returncode == 0


def test_a_change_of_one_field_changes_its_lines_alone(preview: Running) -> None:
    """Comments, order and quoting stay, byte for byte, and so does the file's mode."""
    file = preview.folder.path / TALK
    before = file.read_bytes().replace(b"host: Zohar Nussinov", b"host:   'Zohar Nussinov'   # knows them")
    file.write_bytes(before)
    file.chmod(0o640)
    status, _, _ = preview.post("/desk/save", do="save", **_opened(preview), box__title="Another Title")
    assert status == 303
    assert file.read_bytes() == before.replace(
        b"A Physics Approach to Deep Learning Theory", b"Another Title"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize("by", ["form", "text"])
def test_line_ends_and_a_mark_of_other_systems_stay(preview: Running, by: str) -> None:
    """A file from Windows is one afterwards."""
    file = preview.folder.path / TALK
    before = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    sent = _opened(preview) | {"from": by, "box__title": "New"}
    sent["text"] = sent["text"].removeprefix("\ufeff")
    if by == "text":
        sent["text"] = sent["text"].replace("A Physics Approach to Deep Learning Theory", "New")
    assert preview.post("/desk/save", do="save", **sent)[0] == 303
    assert file.read_bytes() == before.replace(b"A Physics Approach to Deep Learning Theory", b"New")


def test_a_file_that_changed_meanwhile_is_never_overwritten(preview: Running) -> None:
    """Both versions are shown, and a person goes on with one of them."""
    sent = _opened(preview)
    preview.folder.edit(TALK, "Zohar Nussinov", "Mira Sample")
    there = (preview.folder.path / TALK).read_bytes()
    status, _, page = preview.post("/desk/save", do="save", **sent, box__title="Mine")
    assert (status, (preview.folder.path / TALK).read_bytes()) == (409, there)
    assert b"host: Mira Sample" in page
    assert b"+ title: Mine" in page
    assert json.loads(preview.post("/desk/read", **sent)[2])["changed"] is True


def test_a_file_that_is_there_is_no_new_one(preview: Running) -> None:
    """Two people at two desks give two names, or the later one hears of it."""
    text = _text_of(preview.get("/desk/new"))
    taken = preview.folder.path / "talks/colloquium/2026-sample.txt"
    taken.write_text("mine", encoding="utf-8")
    boxes = {"box__speaker.0.name": "Mira Sample", "box__date": "2026-12-16"}
    first = preview.post("/desk/save", path="", text=text, do="draft", **boxes)[1]["location"]
    second = preview.post("/desk/save", path="", text=text, do="draft", **boxes)[1]["location"]
    assert (first, second) == tuple(
        f"{preview.root}/desk/talk/2026-sample{suffix}?said=draft" for suffix in ("", "-2")
    )


@pytest.mark.parametrize(
    "path",
    ["announcer.yaml", "talks/../announcer.yaml", "../elsewhere.yaml", "/etc/passwd", "talks/.hidden.yaml",
     "talks/colloquium/2026-nobody.yaml", "talks\\x.yaml", "talks/link.yaml"],
)  # fmt: skip
def test_no_path_leaves_the_talks(preview: Running, path: str) -> None:
    """A file is written where a talk is, and nowhere else."""
    (preview.folder.path / "talks/link.yaml").symlink_to(preview.folder.path / "announcer.yaml")
    before = _files(preview.folder.path)
    data = (preview.folder.path / "announcer.yaml").read_bytes()
    sent = {
        "path": path,
        "digest": hashlib.sha256(data).hexdigest(),
        "from": "text",
        "text": "organization: X",
    }
    status, _, body = preview.post("/desk/save", do="save", **sent)
    assert (status >= 400, b"Traceback" in body) == (True, False)
    assert _files(preview.folder.path) == before


@pytest.mark.parametrize("series", ["../..", "/etc", "colloquium/../../x", ""])
def test_a_new_file_lies_in_its_series_folder(preview: Running, series: str) -> None:
    """Whatever the text calls its series."""
    before = set(_files(preview.folder.path))
    text = f"series: '{series}'\ndate: 2026-12-16\nspeaker: ../../Evil\ntitle: T\nstatus: draft\n"
    preview.post("/desk/save", path="", text=text, do="save", **{"from": "text"})
    assert {path.rpartition("/")[0] for path in set(_files(preview.folder.path)) - before} <= {
        "talks/colloquium"
    }


def test_only_its_own_pages_write(preview: Running) -> None:
    """Not by GET, not without the token, not from another site, and no more than a talk has."""
    before = _files(preview.folder.path)
    sent = _opened(preview) | {"do": "save", "box__title": "Evil"}
    for path in ("/desk/save", "/desk/read", "/desk/paste", "/desk/photo"):
        with pytest.raises(AssertionError):
            preview.get(f"{path}?do=save")
    stranger = Running(url=preview.url, token="guessed", folder=preview.folder, process=preview.process)
    assert stranger.post("/desk/save", **sent)[0] == 403
    assert preview.post("/desk/save", **sent | {"text": "x" * 3_000_000})[0] == 413
    assert preview.post("/desk/save", **sent | {"from": "text", "text": "# x\n" * 100_000})[0] == 422
    assert preview.post("/desk/save", b"do=save")[0] == 415
    assert _files(preview.folder.path) == before


@pytest.fixture
def shared(preview: Running) -> Iterator[Running]:
    """A preview for a screen that others see."""
    with running(preview.folder, "--now", NOW, "--read-only") as started:
        yield started


def test_a_shared_screen_writes_nothing(shared: Running) -> None:
    """It may be tried, and says why nothing is saved."""
    before = _files(shared.folder.path)
    sent = _opened(shared) | {"do": "save", "box__title": "Evil"}
    assert shared.post("/desk/save", **sent)[0] == 403
    assert shared.post("/desk/photo?name=x", _picture())[0] == 403
    assert shared.post("/desk/read", **sent)[0] == 200
    page = shared.get("/desk/talk/2026-bordelon")
    assert (b"--read-only" in page, b'value="save"' in page) == (True, False)
    assert _files(shared.folder.path) == before


def test_as_one_types_problems_stand_at_their_fields(standing: Running) -> None:
    """With the file's name, the text, and the email; nothing is saved."""
    text = _text_of(standing.get("/desk/new"))
    boxes = {"box__date": "2026-12-02", "box__speaker.0.name": "Ada Example, Example University"}
    boxes |= {"box__online.url": "nowhere", "box__title": "T"}
    answer = json.loads(standing.post("/desk/read", path="", text=text, **boxes)[2])
    assert set(answer["problems"]) == {"online.url"}
    assert answer["path"] == "talks/colloquium/2026-university.yaml"
    assert answer["errors"] == 1
    mail = json.loads(standing.post("/desk/read", path="", text=text, part="mail", **boxes)[2])
    assert mail == {"none": "The email appears once the problems are mended."}
    answer = json.loads(standing.post("/desk/read", path="", text=text, **boxes | {"box__online.url": ""})[2])
    assert {"speaker.0.name", "date"} <= set(answer["problems"])
    boxes["box__online.url"] = ""
    mail = json.loads(standing.post("/desk/read", path="", text=text, part="mail", **boxes)[2])
    assert mail["subject"].startswith("Wed Dec 2")
    assert b"Ada Example" in standing.get(f"/desk/frame/{mail['frame']}")


def test_a_decision_is_a_line_of_the_file(preview: Running) -> None:
    """Cancelled, with the sentence that its lists get; and put back."""
    before = (preview.folder.path / TALK).read_bytes()
    sentence = "The speaker is ill."
    assert preview.post("/desk/save", do="cancel", sentence=sentence, **_opened(preview))[0] == 303
    cancelled = (preview.folder.path / TALK).read_text(encoding="utf-8")
    assert "status: cancelled\nnotice: The speaker is ill.\n" in cancelled
    assert preview.post("/desk/save", do="confirm", **_opened(preview))[0] == 303
    again = (preview.folder.path / TALK).read_bytes()
    assert again == before.replace(b"\ntitle: A Physics", b"status: confirmed\n\ntitle: A Physics")


def test_what_was_told_and_is_gone_is_put_back_or_gets_its_id(tmp_path: Path) -> None:
    """A talk whose file is gone is a draft again, a renamed one keeps its identity; each by a button."""
    folder = sample(tmp_path)
    folder.edit(TALK, "title: A Phys", "confidential: yes\nlocation: Crow 305\ntitle: A Phys")
    assert folder.announcer("run", "--now", "2026-11-30 09:00").returncode == 0
    file = folder.path / TALK
    text = file.read_text(encoding="utf-8")
    file.unlink()
    with running(folder, "--now", "2026-11-30 12:00") as started:
        assert b'/desk/talk/2026-bordelon">Put it back' in started.get("/mail/2026-bordelon/reminder")
        back = _text_of(started.get("/desk/talk/2026-bordelon"))
        for line in ("date: 2026-12-02", "id: 2026-bordelon", "location: Crow 305", "confidential: yes"):
            assert f"\n{line}" in back
        assert "\nstatus: draft" in back
        assert "Blake Bordelon" in back
        renamed = file.with_name("2026-renamed.yaml")
        renamed.write_text(text, encoding="utf-8")
        opened = _opened(started, "talks/colloquium/2026-renamed.yaml")
        while started.post("/desk/read", **opened)[0] == 404:
            time.sleep(0.05)
        assert b'name="do" value="same"' in started.get("/desk/talk/2026-renamed")
        assert started.post("/desk/save", do="same", **opened)[0] == 303
        changed = renamed.read_text(encoding="utf-8")
        assert changed.replace("id: 2026-bordelon\n", "") == text
        page = started.get("/desk/talk/2026-bordelon").decode()
        assert "talks/colloquium/2026-renamed.yaml" in page
        assert "Held:" not in page


def test_every_field_of_a_talk_has_its_box(standing: Running) -> None:
    """In the order and with the words of the declarations; a button decides the status."""
    page = standing.get("/desk/new").decode()
    named = [name.split(".")[0] for name in re.findall(r'name="box\.([^"]+)"', page)]
    keys = list(dict.fromkeys(named))
    first = ["series", "date", "speaker", "title", "abstract"]
    others = [field.key for field in FIELDS if field.key not in (*first, "status", "source", "schedule")]
    assert keys == [*first, *others]
    labels = {html.unescape(label) for label in re.findall(r"<(?:label[^>]*|legend)>([^<]+)<", page)}
    assert {field.label for field in FIELDS if field.key in keys} <= labels


def test_a_text_that_cannot_be_read_empties_no_form(preview: Running) -> None:
    """It is shown with its problem; the form comes once it can be read, and puts nothing into it before."""
    broken = {**_opened(preview), "text": "title: [half\n", "box__title": "Mine"}
    answer = json.loads(preview.post("/desk/read", **broken | {"from": "text"})[2])
    assert ("form" in answer, answer["errors"], answer["problems"][""][0]["line"] > 0) == (False, 1, True)
    answer = json.loads(preview.post("/desk/read", **broken)[2])
    assert (answer["text"], "mend it there first" in answer["trouble"]) == ("title: [half\n", True)
    (preview.folder.path / TALK).write_text("title: [half\n", encoding="utf-8")
    page = preview.get("/desk/talk/2026-bordelon").decode()
    assert ("appears once the text below can be read" in page, 'name="box.title"' in page) == (True, False)


def test_what_holds_a_mail_is_said_before_it_is_confirmed(preview: Running) -> None:
    """While the talk is a draft, too; and what was saved says which mail goes next."""
    opened = _opened(preview)
    answer = json.loads(preview.post("/desk/read", box__title="", **opened)[2])
    assert answer["says"] == "It has no title yet"
    location = preview.post("/desk/save", do="tentative", **opened)[1]["location"]
    page = preview.get(location.removeprefix(preview.root)).decode()
    assert "Saved as tentative. Next goes the announcement: Mon Nov 30, 9:00 am CST." in page
    assert 'value="confirm"' in page


def test_a_file_that_changes_while_it_is_written_is_left(tmp_path: Path) -> None:
    """At the last moment, too."""
    path = tmp_path / "talk.yaml"
    path.write_bytes(b"theirs")
    with pytest.raises(ChangedError):
        put(path, b"mine", mode=0o644, before=b"as it was")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("talk.yaml", b"theirs")]


def test_the_source_of_a_page_is_read_as_its_text(standing: Running) -> None:
    """Labels in bold and line breaks of HTML; of an address alone it says what fetches it."""
    page = "<div><b>Title:</b> Invariants<br><b>Speaker:</b> Emmy Noether<p><b>Abstract:</b> We <i>see</i>."
    form = standing.post("/desk/paste", paste=page)[2].decode()
    assert 'value="Invariants"' in form
    assert "We *see*." in form
    status, _, answer = standing.post("/desk/paste", paste="https://physics.example.edu/talks/12")
    assert (status, b"announcer import https://physics.example.edu/talks/12" in answer) == (422, True)


def test_a_pasted_email_fills_the_form(standing: Running) -> None:
    """By the importer; what it says of no talk is said."""
    letter = "Speaker: Emmy Noether (Göttingen)\nTitle: Invariants\nDate: December 16, 2026\n\nAbstract: Yes."
    status, _, page = standing.post("/desk/paste", paste=letter)
    assert status == 200
    assert 'value="Invariants"' in page.decode()
    assert 'value="Emmy Noether"' in page.decode()
    status, _, page = standing.post("/desk/paste", paste="")
    assert (status, b'role="alert"' in page) == (422, True)


def _picture() -> bytes:
    buffer = BytesIO()
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_photo_is_scaled_and_put_below_photos(preview: Running) -> None:
    """Under the talk's name, or where its file says; never over another."""
    picture = _picture()
    for wanted, kept in (
        ("", "photos/2026-noether.jpg"),
        ("photos/emmy.jpg", "photos/emmy.jpg"),
        ("photos/emmy.jpg", "photos/2026-noether-2.jpg"),
        ("../x.jpg", "photos/2026-noether-3.jpg"),
    ):
        answer = json.loads(preview.post(f"/desk/photo?name=2026-noether&wanted={wanted}", picture)[2])
        assert answer == {"path": kept}
    with Image.open(preview.folder.path / "photos/emmy.jpg") as photo:
        assert (photo.size, photo.format) == ((640, 480), "JPEG")
    assert (preview.folder.path / "photos/emmy.jpg").stat().st_size < 200_000
    assert preview.post("/desk/photo?name=x", b"no picture")[0] == 422


LETTER = """\
Title: On $E[u](t)$
Abstract: We show that.

Best,
Ada

On Wed, Jan 6, 2027 at 9:00 AM Physics wrote:
> Title:
"""


def test_an_answer_fills_the_form_and_is_saved_by_a_person(folder: Folder) -> None:
    """Title and abstract come from the reply without its quotation; the file changes when it is saved."""
    path = folder.path / "talks/colloquium/2027-ada.yaml"
    path.write_text("date: 2027-01-13  # firm\nspeaker: Ada Example\n", encoding="utf-8")
    before = path.read_bytes()
    with running(folder, "--now", NOW) as preview:
        status, _, page = preview.post("/desk/answer", talk="2027-ada", paste=LETTER)
        assert (status, path.read_bytes()) == (200, before)
        text = _text_of(page)
        assert text.startswith("date: 2027-01-13  # firm\n")
        assert "title: 'On $E[u](t)$'\n" in text
        assert "abstract: We show that.\n" in text
        status, _, page = preview.post("/desk/answer", talk="2027-ada", paste="I shall think about it.")
        assert (status, b"othing in the answer is labelled" in page) == (422, True)
        assert preview.post("/desk/answer", talk="nobody", paste=LETTER)[0] == 404
