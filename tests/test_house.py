"""The house holds: layers, opening lines, style and types."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "announcer"
MODULES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "domain": {"domain"},
    "records": {"records", "domain"},
    "message": {"message", "domain"},
    "ledger": {"ledger", "domain"},
    "transport": {"transport", "domain"},
    "preview": {"preview", "domain", "records", "message", "ledger"},
    "dispatch": {"domain", "ledger", "message", "transport"},
}
CONTRACTS = {"announcer.ledger", "announcer.message", "announcer.transport"}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def _layer(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found.add(node.module or "")
    return found


def _parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_layer_imports_only_what_it_may(module: Path) -> None:
    """domain imports nothing of ours; records, message, ledger and transport not each other."""
    layer = _layer(module)
    ours = {name for name in _imports(_parsed(module)) if name.split(".")[0] == "announcer"}
    if layer in ("cli", "__init__", "__main__"):
        return
    layers = {name.split(".")[1] for name in ours if "." in name}
    assert layers <= MAY_IMPORT[layer]
    if layer == "dispatch":
        assert {name for name in ours if not name.startswith("announcer.domain")} <= CONTRACTS


def test_domain_is_the_standard_library_alone() -> None:
    """No third party's package is needed to know what is due."""
    names = set().union(*(_imports(_parsed(module)) for module in (PACKAGE / "domain").glob("*.py")))
    assert {name.split(".")[0] for name in names} <= {"announcer", *sys.stdlib_module_names}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_reads_the_clock_and_the_environment(module: Path) -> None:
    """Time and environment are arguments everywhere else."""
    if _layer(module) == "cli":
        return
    for node in ast.walk(_parsed(module)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in CLOCKS, f"line {node.lineno}"
            assert (node.value.id, node.attr) not in {("os", "environ"), ("os", "getenv")}, (
                f"line {node.lineno}"
            )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_opens_with_a_line_that_says_what_it_is(module: Path) -> None:
    """A newcomer reads the first line and knows."""
    first = (ast.get_docstring(_parsed(module)) or "").partition("\n")[0]
    assert len(first) > 15
    assert first.endswith((".", ":"))


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "announcer", "tests"],
        ["ruff", "format", "--check", "announcer", "tests"],
        ["mypy", "--strict", "announcer"],
    ],
    ids=" ".join,
)
def test_style_and_types_are_clean(command: list[str]) -> None:
    """ruff and mypy have nothing to say."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
