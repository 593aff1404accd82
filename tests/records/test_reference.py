"""The references in docs/ are what validates the files, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from announcer.records.models.reference import reference

DOCS = Path(__file__).parents[2] / "docs"
RENEW = "announcer schema {kind} --markdown >docs/{kind}-reference.md"


@pytest.mark.parametrize("kind", ["talk", "config"])
def test_the_reference_says_what_the_program_takes(kind: str) -> None:
    """Renew the page with the command where this fails."""
    written = (DOCS / f"{kind}-reference.md").read_text(encoding="utf-8")
    assert written == reference(kind), RENEW.format(kind=kind)


@pytest.mark.parametrize("kind", ["talk", "config"])
def test_every_key_says_what_it_is_for(kind: str) -> None:
    """No row has an example alone, or nothing."""
    rows = [line for line in reference(kind).splitlines() if line.startswith("| `")]
    assert len(rows) > 40
    assert [row for row in rows if not row.split(" | ")[1].strip("`")[:1].isalpha()] == []


@pytest.mark.parametrize("key", ["requires", "format", "subject_prefix", "paused", "not_after", "subject"])
def test_the_config_has_its_keys(key: str) -> None:
    """Those that only the schema knew stand in the reference."""
    assert f"| `{key}` |" in reference("config")
