"""Programs that the tests meet for real: found, or skipped with the command that installs them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

NODE_MODULES = Path(__file__).parents[1] / "node_modules"
NPM = "npm install --prefix tests"


def missing(what: str, command: str) -> NoReturn:
    """Skips the test, or fails it where everything must be there."""
    sentence = f"{what} is not installed: {command}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def program(name: str, command: str) -> str:
    """The path of a program."""
    path = shutil.which(name)
    return path or missing(name, command)


def node_file(path: str) -> Path:
    """A file of a package from npm."""
    file = NODE_MODULES / path
    return file if file.is_file() else missing(path.split("/")[0], NPM)
