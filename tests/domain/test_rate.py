"""How many messages in how much time is read as people write it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from announcer.domain.provider import EXAMPLE, PROVIDERS, Rate, UnreadableRateError, parse_rate


@pytest.mark.parametrize(
    ("text", "count", "seconds"),
    [
        ("60 per minute", 60, 60),
        ("500 per hour", 500, 3600),
        ("10 per second", 10, 1),
        ("  1000  PER  day ", 1000, 86_400),
        ("30/minute", 30, 60),
        ("30 a minute", 30, 60),
    ],
)
def test_rates(text: str, count: int, seconds: int) -> None:
    """As people write them."""
    assert parse_rate(text) == Rate(count=count, per=timedelta(seconds=seconds))
    assert parse_rate(text).interval * count == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text",
    ["", "60", "0 per minute", "-1 per minute", "sixty per minute", "60 per fortnight", "60 per minute!"],
)
def test_what_is_no_rate(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UnreadableRateError):
        parse_rate(text)


def test_the_example_is_a_rate() -> None:
    """What a hint tells people to write can be read."""
    assert parse_rate(EXAMPLE) == Rate(count=60, per=timedelta(minutes=1))


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_no_provider_gets_a_password_in_clear(name: str) -> None:
    """A profile without encryption is for this machine alone."""
    provider = PROVIDERS[name]
    assert (provider.security == "none") == (provider.host == "localhost")
