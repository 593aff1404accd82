"""Dates, times and durations: whatever form they are written in, they are read back, or refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.domain.clock import WEEKDAYS
from announcer.records.fields.dates import MONTHS, parse_date, parse_duration, parse_hour
from announcer.records.fields.errors import FaultyValueError

DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
FORMS: list[Callable[[date], str]] = [
    lambda day: day.isoformat(),
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"{MONTHS[day.month - 1][:3]}. {day.day} {day.year}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day}-{MONTHS[day.month - 1][:3].lower()}-{day.year}",
    lambda day: f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}th, {day.year}",
    lambda day: f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    lambda day: f"  {WEEKDAYS[day.weekday()]}  {day.isoformat()} ",
]


@pytest.mark.parametrize("form", FORMS)
@given(day=DATES)
def test_every_form_of_a_date_is_that_date(form: Callable[[date], str], day: date) -> None:
    """A date written in any of the forms is read as itself."""
    assert parse_date(form(day)) == day


@given(day=DATES, other=st.integers(1, 6))
def test_a_wrong_weekday_is_always_told(day: date, other: int) -> None:
    """A date with any other weekday than its own is refused."""
    wrong = WEEKDAYS[(day.weekday() + other) % 7]
    with pytest.raises(FaultyValueError) as caught:
        parse_date(f"{wrong} {day.isoformat()}")
    assert caught.value.code == "weekday-mismatch"


@given(day=DATES)
def test_slashes_are_read_only_where_one_reading_is_left(day: date) -> None:
    """dd/mm/yyyy is a date where no other date can be meant, and otherwise both are shown."""
    text = f"{day.day}/{day.month}/{day.year}"
    if day.day > 12 or day.day == day.month:
        assert parse_date(text) == day
        return
    with pytest.raises(FaultyValueError) as caught:
        parse_date(text)
    other = date(day.year, day.day, day.month)
    assert caught.value.code == "ambiguous-date"
    assert caught.value.hint == f"write {day.isoformat()} or {other.isoformat()}"


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_fault(text: str) -> None:
    """Nothing but a fault with a hint comes of a text that is no date, time or duration."""
    for parse in (parse_date, parse_hour, parse_duration):
        fault = None
        try:
            parse(text)
        except FaultyValueError as error:
            fault = error
        assert fault is None or (fault.code and fault.hint)


@given(st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,4}[-/. ][0-9]{1,5}", fullmatch=True))
def test_any_three_numbers_are_a_date_or_a_fault(text: str) -> None:
    """Numbers with anything between them never end in anything but a date or a fault."""
    try:
        day = parse_date(text)
    except FaultyValueError:
        return
    assert str(day.year) in text


@given(st.times())
def test_every_time_of_day_is_read(at: time) -> None:
    """A time with am or pm, and one with two digits, is itself."""
    minutes = at.replace(second=0, microsecond=0)
    half = "pm" if at.hour >= 12 else "am"
    assert parse_hour(f"{at.hour % 12 or 12}:{at:%M} {half}") == minutes
    assert parse_hour(f"{at:%H:%M}") == minutes


@pytest.mark.parametrize("hour", range(1, 10))
def test_a_bare_hour_is_never_guessed(hour: int) -> None:
    """4:00 shows both readings."""
    with pytest.raises(FaultyValueError) as caught:
        parse_hour(f"{hour}:00")
    assert caught.value.hint == f"write {hour}:00 am or {hour}:00 pm"


@given(hours=st.integers(0, 23), minutes=st.integers(1, 59))
def test_every_duration_is_read(hours: int, minutes: int) -> None:
    """Hours and minutes in their usual forms are their sum."""
    length = timedelta(hours=hours, minutes=minutes)
    for text in (f"{hours} h {minutes} min", f"{hours}h{minutes:02}", f"{hours} hours and {minutes} minutes"):
        assert parse_duration(text) == length
    assert parse_duration(f"{hours * 60 + minutes} minutes") == length


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("90", "write 90 minutes"),
        ("2", "write 2 minutes or 2 hours"),
        ("0 minutes", "write it like 60 minutes or 1 h 30 min"),
        ("a while", "write it like 60 minutes or 1 h 30 min"),
        ("-1 hour", "write it like 60 minutes or 1 h 30 min"),
    ],
)
def test_what_is_no_duration_says_what_is(text: str, hint: str) -> None:
    """A number without a unit, nothing, and words are refused with what to write."""
    with pytest.raises(FaultyValueError) as caught:
        parse_duration(text)
    assert caught.value.hint == hint
