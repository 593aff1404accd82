"""The last look at a finished message reads all of it, as other readers do."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.message import mime
from announcer.message.html_pieces import Comment, Text, pieces
from announcer.message.inlining import inlined
from announcer.message.leak_check import calendar_words, readable_text, visible_text
from announcer.text.characters import clean
from announcer.text.prose import one_line
from tests.message.stories import STORIES, page_and_message


def by_email(data: bytes) -> list[tuple[str, str]]:
    """Header fields and texts of a message, as Python's email package reads them."""
    pieces: list[tuple[str, str]] = []
    for part in email.message_from_bytes(data, policy=email.policy.default).walk():
        pieces += [(name, str(value)) for name, value in part.items()]
        if isinstance(part, EmailMessage) and part.get_content_maintype() == "text":
            pieces.append((part.get_content_type(), str(part.get_content())))
    return pieces


@pytest.mark.parametrize("name", STORIES)
def test_the_scan_reads_all_that_email_reads(tmp_path: Path, name: str) -> None:
    """Every header field and every text part of a message, decoded alike."""
    _, message = page_and_message(STORIES[name](), tmp_path)
    words = readable_text(message.data)
    for part, text in by_email(message.data):
        if part.lower() in ("date", "mime-version", "content-transfer-encoding"):
            continue
        if part == "text/html":
            text = visible_text(text.replace("\r\n", "\n"))
        elif part == "text/calendar":
            text = calendar_words(text)
        text = re.sub(r'\s*boundary="[^"]*"', "", text)
        assert "".join(text.split()) in "".join(words.split()), part


@given(st.text(max_size=200), st.text(max_size=400))
def test_the_scan_decodes_any_text(subject: str, text: str) -> None:
    """Whatever characters a subject and a text have."""
    subject, text = one_line(clean(subject)), clean(text)
    data = mime.serialized([("Subject", subject)], mime.text_part(text, "plain"), "<x@example.edu>")
    read = dict(by_email(data))
    assert readable_text(data).split("\n")[0] == read["Subject"] == subject
    assert readable_text(data).endswith(read["text/plain"].replace("\r\n", "\n"))


@given(st.text(alphabet="ab <>&;\"'/!-p=é#3", max_size=60))
def test_no_markup_hides_words_from_the_scan(page: str) -> None:
    """What another HTML parser finds in a page that was written as ours are, ours finds."""
    made = inlined(f"<!DOCTYPE html><html><head></head><body><p>x</p>{page}<p>y</p></body></html>")
    words = "".join(visible_text(made).split())
    for piece in pieces(made):
        if isinstance(piece, Text | Comment):
            assert "".join(piece.text.split()) in words


@pytest.mark.parametrize(
    "page",
    [
        "",
        " ",
        "xk7",
        "<!-- xk7 -->",
        "<!-- xk7 --><html><body>x</body></html>",
        "<!DOCTYPE html><!-- xk7 --><html><body>x</body></html>",
        "<html><body>x</body></html><!-- xk7 -->",
        "<?xk7 x?><p>x</p>",
        "<p>x</p><?xk7 x?>",
        "<p title='xk7'>x</p>",
        "<p>x</p>xk7",
        "<html><head><meta content='xk7'></head></html>",
        "<script>xk7</script>",
    ],
)
def test_the_scan_reads_all_places_of_a_page(page: str) -> None:
    """Also what stands outside of its elements, and nothing but words."""
    assert ("xk7" in visible_text(page)) == ("xk7" in page)
