"""Occasions, transports and reasons are declared once, and code asks the declaration."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from announcer.domain.occasion import Occasion
from announcer.domain.reason import Code, Reason
from announcer.domain.transports import TransportKind
from announcer.service.wording import reason_text
from announcer.transport.opening import _OPENERS

ROOT = Path(__file__).parent.parent
NAMES = {*Occasion, *TransportKind}
FACTS = (
    "key",
    "fields",
    "why",
    "series",
    "problem",
    "talk",
    "path",
    "number",
    "begin",
    "occasion",
    "cause",
    "who",
)


def test_nothing_is_compared_with_an_occasions_or_a_transports_name() -> None:
    """What depends on either is asked of its row."""
    assert [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in sorted((ROOT / "announcer").rglob("*.py"))
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare) and any(map(_is_name, (node.left, *node.comparators)))
    ] == []


def _is_name(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id in ("Occasion", "TransportKind") and node.attr.isupper()
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(map(_is_name, node.elts))
    return isinstance(node, ast.Constant) and node.value in NAMES


@pytest.mark.parametrize("code", Code)
def test_every_reason_has_words(code: Code) -> None:
    """With and without the commands that a person can type."""
    reason = Reason.of(code, reply="451 later", day=date(2026, 11, 11), **dict.fromkeys(FACTS, "x"))
    assert reason_text(reason)
    assert "`announcer " not in reason_text(reason, commands=False)


@pytest.mark.parametrize("occasion", Occasion)
def test_every_occasion_has_its_templates(occasion: Occasion) -> None:
    """Three files in the folder of its name."""
    folder = ROOT / "templates" / occasion
    assert {"subject.txt", "body.txt", "body.html"} <= {file.name for file in folder.iterdir()}


def test_every_transport_can_be_opened() -> None:
    """Each row has its opener."""
    assert set(_OPENERS) == set(TransportKind)
