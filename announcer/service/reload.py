"""One talk's file that was just saved, read without the others."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from announcer.domain.talk import Talk
from announcer.records.models.read_config import Settings, read_settings
from announcer.records.models.read_talk import read_talk
from announcer.records.yaml.files import CONFIG, Content, read


def read_one(root: Path, path: str) -> Talk | None:
    """The talk of a file in the department's folder; None where it or announcer.yaml has errors."""
    config, content = read(root, CONFIG), read(root, path)
    if not isinstance(config, Content) or not isinstance(content, Content):
        return None
    return read_talk(path, content, _settings(config)).talk


@lru_cache(maxsize=2)
def _settings(config: Content) -> Settings:
    return read_settings(config.data, config.modified)
