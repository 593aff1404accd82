"""What a server says is shown without what we told it in confidence, and steers no terminal."""

from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.transport.connecting import Login
from announcer.transport.heard import heard

PASSWORD = "Corr3ct  horse/b>?~t~tery ä"
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
    "as a form sends it": quote_plus(PASSWORD),
    "every byte percent-encoded": "".join(f"%{byte:02X}" for byte in PASSWORD.encode()),
    "base64 for addresses": urlsafe_b64encode(f"\0announcer\0{PASSWORD}".encode()).decode(),
    "base64, percent-encoded": quote(PLAIN, safe=""),
    "its argument, cut off": PLAIN[:-9],
    "hexadecimal": PASSWORD.encode().hex(),
    "as HTML": html.escape(PASSWORD),
    "as JSON": json.dumps(PASSWORD)[1:-1],
    "in Latin-1, in base64": b64encode(PASSWORD.encode("latin-1")).decode(),
    "read as Latin-1": PASSWORD.encode().decode("latin-1"),
    "over two lines": PASSWORD[:7] + "\r\n" + PASSWORD[7:],
}


@pytest.mark.parametrize("spelling", SPELLED)
def test_a_server_that_repeats_the_secret_shows_it_to_nobody(spelling: str) -> None:
    """Its other words stay."""
    shown = heard(f"5.7.8 bad credentials: {SPELLED[spelling]} (announcer)", LOGIN)
    assert shown == "5.7.8 bad credentials: *** (announcer)"


def test_an_argument_that_is_folded_gives_at_most_its_beginning_away() -> None:
    """Base64 over the lines of a reply: no piece that has three bytes of the secret stays."""
    folded = "\r\n".join(PLAIN[at : at + 8] for at in range(0, len(PLAIN), 8))
    assert set(heard(folded, LOGIN).split()) <= {"***", PLAIN[:8], PLAIN[8:16]}


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
