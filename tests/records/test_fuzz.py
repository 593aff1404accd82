"""No input makes a traceback or a hang: a small run of the fuzzer, and the worst shapes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.fuzz import WORST, reader
from tests.thoroughness import examples


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_a_quarter_of_a_megabyte_of_one_thing_is_read(text: str) -> None:
    """The shapes that take a careless reader minutes; the fuzzer itself gives each a second."""
    _READ(text.encode())


@settings(max_examples=examples(80))
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_talk_or_problems(data: bytes) -> None:
    """Whatever the bytes, there are values at the end, not exceptions."""
    _READ(data)


KEYS = st.sampled_from(
    ["date", "time", "title", "speaker", "abstract", "location", "online", "host", "lists", "schedule"]
)
VALUES = st.recursive(
    st.text(max_size=12) | st.sampled_from(["2026-12-02", "4:00 pm", "TBA", "yes", "", "~", "'x", '"\\nu"']),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(KEYS, inner, max_size=3).map(
            lambda made: "{" + ", ".join(f"{key}: {value}" for key, value in made.items()) + "}"
        )
    ),
    max_leaves=6,
)


@settings(max_examples=examples(80))
@given(st.lists(st.tuples(KEYS, VALUES), max_size=8))
def test_any_talk_of_known_keys_is_a_talk_or_problems(lines: list[tuple[str, str]]) -> None:
    """Known keys with values of every shape."""
    _READ("".join(f"{key}: {value}\n" for key, value in lines).encode("utf-8", "replace"))


def test_mutations_leave_no_trace() -> None:
    """The fuzzer's own run, in a process whose memory it measures; its long run is in its help."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.records.fuzz", "--runs", str(examples(400))],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


_READ = reader()
