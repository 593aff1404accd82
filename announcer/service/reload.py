"""One talk's file that was just saved, or is just being written, read without the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from announcer.domain.problem import Problem
from announcer.domain.talk import Talk
from announcer.records.lint.folder import Spots
from announcer.records.models.read_config import Settings, read_settings
from announcer.records.models.read_talk import read_talk
from announcer.records.yaml.files import CONFIG, Content, read


def read_one(root: Path, path: str) -> Talk | None:
    """The talk of a file in the department's folder; None where it or announcer.yaml has errors."""
    config, content = read(root, CONFIG), read(root, path)
    if not isinstance(config, Content) or not isinstance(content, Content):
        return None
    return read_talk(path, content, _settings(config)).talk


@dataclass(frozen=True, kw_only=True, slots=True)
class TextRead:
    """What a text that a person is writing says."""

    talk: Talk | None
    """None where it has errors."""
    problems: tuple[Problem, ...]
    spots: Spots
    """Where its fields stand."""


def read_text(root: Path, path: str, text: str, modified: datetime) -> TextRead:
    """What the file would say with this text; `modified` (aware) is when it was written."""
    config = read(root, CONFIG)
    if not isinstance(config, Content):
        return TextRead(talk=None, problems=(config,), spots={})
    content = Content(data=text.encode("utf-8", "replace"), stamp=(0, 0, 0, 0), modified=modified)
    entry = read_talk(path, content, _settings(config))
    return TextRead(talk=entry.talk, problems=entry.problems, spots=entry.spots)


def holiday_on(root: Path, day: date) -> str | None:
    """The public holiday on that day; None for none, and where announcer.yaml names no calendar."""
    from announcer.records.fields.errors import FaultyValueError
    from announcer.records.lint.holidays import holiday

    config = read(root, CONFIG)
    record = _settings(config).record if isinstance(config, Content) else None
    if record is None or not record.holidays:
        return None
    try:
        return holiday(record.holidays, day)
    except FaultyValueError:  # `check` says that there is no such calendar
        return None


@lru_cache(maxsize=2)
def _settings(config: Content) -> Settings:
    return read_settings(config.data, config.modified)
