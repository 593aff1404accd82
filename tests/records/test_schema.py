"""The JSON Schema and the program agree wherever a schema can judge at all."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from announcer.domain.problem import Severity
from announcer.records.models.schema import schema
from tests.departments import CONFIG
from tests.records.cases import Case, cases
from tests.records.conftest import TALK, Folder
from tests.records.test_odd_talks import GOOD

SHAPES = {
    "unknown-key",
    "missing-field",
    "wrong-shape",
    "unknown-value",
    "not-yes-or-no",
    "empty-list",
    "bad-name",
}
"""Codes that a schema can find by itself, where they are about one file alone."""
BEYOND = {
    "a digest at the minute of an announcement",
    "an unknown code to silence",
    "a series with a schedule and no lists",
    "smtp without a host",
    "a source that is nowhere",
}
"""Bad configs whose parts contradict each other, which no schema of parts can say."""


class Editor(yaml.SafeLoader):
    """YAML as an editor's language server reads it: YAML 1.2's core schema, so that dates are text."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if not tag.endswith(("timestamp", "bool", "int", "float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _tag, _form, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_form), list(_first))


def read(text: str) -> Any:
    """The document as an editor's schema check sees it."""
    return yaml.load(text.replace("\u2028", " "), Loader=Editor)  # noqa: S506 - a subclass of the safe loader


def faults(kind: str, text: str) -> list[str]:
    """What the schema finds."""
    return [error.message for error in Draft202012Validator(schema(kind)).iter_errors(read(text))]


@pytest.mark.parametrize("kind", ["talk", "config"])
def test_each_schema_is_one(kind: str) -> None:
    """The schema itself is valid, closed, and says what its fields are for."""
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    assert made["additionalProperties"] is False
    assert made["title"] in ("A talk", "A department's announcer.yaml")
    silent = [name for name, field in made["properties"].items() if not _says_something(field)]
    assert silent == []


def _says_something(field: dict[str, Any]) -> bool:
    keys = {*field, *(key for alternative in field.get("anyOf", []) for key in alternative)}
    return bool({"description", "examples", "$ref"} & keys)


@pytest.mark.parametrize(
    "text",
    [row[1] for row in GOOD if isinstance(row[1], str) and "\r" not in row[1]],
    ids=[row[0] for row in GOOD if isinstance(row[1], str) and "\r" not in row[1]],
)
def test_what_the_program_takes_the_schema_takes(text: str) -> None:
    """No odd but good file is red in an editor."""
    assert faults("talk", text) == []


def test_the_sample_config_is_good() -> None:
    """The tests' config passes its schema."""
    assert faults("config", CONFIG) == []


@pytest.mark.parametrize(
    "case", [case for case in cases("values") if case.problem[0] in SHAPES], ids=lambda case: case.name
)
def test_what_has_the_wrong_shape_is_red_in_an_editor(case: Case) -> None:
    """A talk with an unknown key, a missing field or an unknown word fails the schema, too."""
    assert faults("talk", case.text) != []


@pytest.mark.parametrize(
    "case",
    [case for case in cases("config") if case.problem[0] in SHAPES and case.name not in BEYOND],
    ids=lambda case: case.name,
)
def test_a_config_with_the_wrong_shape_is_red_in_an_editor(case: Case) -> None:
    """The same for announcer.yaml."""
    assert faults("config", case.text) != []


@pytest.mark.parametrize("table", ["values", "meaning"])
def test_what_is_red_in_an_editor_is_an_error_of_the_program(folder: Folder, table: str) -> None:
    """The schema refuses nothing that the program takes."""
    for case in cases(table):
        if faults("talk", case.text):
            folder.write(TALK, case.text)
            assert [problem.severity for problem in folder.load().problems] == [Severity.ERROR], case.name
