"""A department's folder of its own for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.departments import Folder, sample


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sample department, in a folder of its own."""
    return sample(tmp_path)


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[[str], Folder]:
    """Makes the sample department in a folder of that name."""

    def make(name: str) -> Folder:
        path = tmp_path / name
        path.mkdir()
        return sample(path)

    return make
