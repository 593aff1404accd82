"""What a server says is shown without what we told it in confidence, and steers no terminal."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.transport.connecting import Login
from announcer.transport.heard import heard

PASSWORD = "Corr3ct horse/battery"
LOGIN = Login(username="announcer", secret=PASSWORD)
PLAIN = b64encode(f"\0announcer\0{PASSWORD}".encode()).decode()
SPELLED = {
    "as it is": PASSWORD,
    "in capitals": PASSWORD.upper(),
    "AUTH PLAIN's argument": PLAIN,
    "its argument without the end": PLAIN.rstrip("="),
    "AUTH LOGIN's argument": b64encode(PASSWORD.encode()).decode(),
    "XOAUTH2's argument": b64encode(f"user=announcer\1auth=Bearer {PASSWORD}\1\1".encode()).decode(),
    "percent-encoded": quote(PASSWORD),
}


@pytest.mark.parametrize("spelling", SPELLED)
def test_a_server_that_repeats_the_secret_shows_it_to_nobody(spelling: str) -> None:
    """Its other words stay."""
    said = heard(f"5.7.8 bad credentials: {SPELLED[spelling]} (announcer)", LOGIN)
    assert said == "5.7.8 bad credentials: *** (announcer)"


@given(st.text(min_size=4, max_size=30, alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"])))
def test_no_argument_of_auth_gives_it_away(secret: str) -> None:
    """Whatever the password's letters are."""
    login = Login(username="announcer", secret=secret)
    argument = b64encode(f"\0announcer\0{secret}".encode()).decode()
    assert argument not in heard(f"535 {argument}", login)


def test_words_that_hide_nothing_stay() -> None:
    """And without a login nothing is masked."""
    words = "5.7.8 Error: authentication failed: UGFzc3dvcmQ6"
    assert (heard(words, LOGIN), heard(words, None)) == (words, words)


def test_controls_and_directions_show_as_codes() -> None:
    """Escapes, a bell, a new line, a direction."""
    assert heard("550 \x1b[2J\x07no\r\n\u202esuch", None) == r"550 \x1b[2J\x07no \u202esuch"
