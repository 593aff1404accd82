"""The house holds: layers, opening lines, style and types."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "announcer"
MODULES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "domain": set(),
    "records": {"domain"},
    "message": {"domain"},
    "ledger": {"domain"},
    "transport": {"domain"},
    "service": {"domain", "records", "message", "ledger", "transport"},
    "preview": {"domain", "records", "message", "ledger", "service"},
}
DISPATCH = PACKAGE / "service" / "dispatch.py"
CONTRACTS = {"announcer.ledger", "announcer.message", "announcer.transport"}
"""What `dispatch` knows of the rooms that it brings together."""
READ_BY_CLI_ALONE = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "os.environ",
    "os.getenv",
}


def _layer(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def _imports(module: Path) -> Iterator[tuple[int, str]]:
    """The line and the name of each module that a file imports, also within its functions."""
    for node in ast.walk(_parsed(module)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: imports are absolute"
            yield node.lineno, node.module or ""


def _may(module: Path, name: str) -> bool:
    """Whether a file may import a module of that name."""
    layer, (top, *below) = _layer(module), name.split(".")
    if layer in ("cli", "__main__"):
        return True
    if top in ("click", "rich"):
        return False
    if top != "announcer":
        return layer != "domain" or top in sys.stdlib_module_names
    if module == DISPATCH and not name.startswith("announcer.domain"):
        return name in CONTRACTS
    return not below or below[0] == layer or below[0] in MAY_IMPORT[layer]


def test_each_layer_imports_only_what_it_may() -> None:
    """domain the standard library; records, message, ledger and transport not each other; service those."""
    assert [
        f"{module.relative_to(ROOT)}:{line}: {name}"
        for module in MODULES
        for line, name in _imports(module)
        if not _may(module, name)
    ] == []


def test_only_the_command_line_reads_the_clock_and_the_environment() -> None:
    """Time and environment are arguments everywhere else."""
    assert [
        f"{module.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for module in MODULES
        if _layer(module) != "cli"
        for node in ast.walk(_parsed(module))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in READ_BY_CLI_ALONE
    ] == []


def test_every_module_opens_with_a_line_that_says_what_it_is() -> None:
    """A newcomer reads the first line and knows."""
    first = {module: (ast.get_docstring(_parsed(module)) or "").partition("\n")[0] for module in MODULES}
    assert [
        str(m.relative_to(ROOT)) for m, line in first.items() if len(line) < 16 or line[-1] not in ".:"
    ] == []


def test_style_and_types_are_clean() -> None:
    """ruff and mypy have nothing to say."""
    for command in (
        "ruff check announcer tests",
        "ruff format --check announcer tests",
        "mypy --strict announcer",
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
