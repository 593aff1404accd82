"""Another department reads what this one publishes: every talk is found, and found the same again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.publish.conftest import CONFIG, NOW, Site

COMING = {"Ada Example", "Åsa Prov", "Cy Beispiel"}


@pytest.fixture
def neighbour(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Another department with the same series."""
    made = Site(tmp_path_factory.mktemp("neighbour"))
    made.write("announcer.yaml", CONFIG)
    return made


def states(site: Site, source: Path, *options: str) -> dict[str, list[str]]:
    """The titles of the source's talks by what became of them."""
    done = site.announcer("import", str(source), "--json", "--now", NOW, "--series", "colloquium", *options)
    assert done.returncode == 0, done.stderr
    titles: dict[str, list[str]] = {}
    for talk in json.loads(done.stdout)["talks"]:
        titles.setdefault(talk["state"], []).append(talk["title"] or "")
    return titles


@pytest.mark.parametrize("name", ["talks.json", "all.ics"])
def test_what_is_published_is_imported_and_is_then_the_same(full: Site, neighbour: Site, name: str) -> None:
    """Each coming talk becomes a draft at its time; the next look finds no difference."""
    full.publish(NOW)
    first = states(neighbour, full.out / name, "--yes")
    assert len(first["new"]) >= len(COMING)
    again = states(neighbour, full.out / name)
    assert sorted(again["same"]) == sorted(first["new"])
    assert set(again) <= {"same", "skipped"}
    written = [
        yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted((neighbour.path / "talks").rglob("*.yaml"))
    ]
    speakers = {
        speaker["name"] if isinstance(speaker, dict) else speaker
        for talk in written
        for speaker in talk.get("speakers") or [talk.get("speaker")]
        if speaker
    }
    assert speakers >= COMING
    assert {talk["status"] for talk in written} == {"draft"}


def test_talks_json_gives_formulas_as_they_were_written(full: Site, neighbour: Site) -> None:
    """Title and abstract come back with their LaTeX, to be read by the same rules."""
    full.publish(NOW)
    states(neighbour, full.out / "talks.json", "--yes")
    texts = [file.read_text(encoding="utf-8") for file in (neighbour.path / "talks").rglob("*.yaml")]
    [ada] = [yaml.safe_load(text) for text in texts if "Ada Example" in text]
    assert ada["title"] == "Invariants of $SO(3)$ and the $H_0$ tension"
    assert r"$H = -\Delta + V(x)$" in ada["abstract"]
