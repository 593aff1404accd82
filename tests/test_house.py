"""The house holds: layers, opening lines, style and types."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "announcer"
MODULES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "domain": set(),
    "text": set(),  # but for SPELLING
    "languages": {"domain", "text"},
    "records": {"domain", "text", "languages"},
    "importers": {"domain", "languages"},
    "message": {"domain", "text", "languages"},
    "ledger": {"domain"},
    "transport": {"domain"},
    "publish": {"domain", "text", "languages", "message"},
    "service": {
        "domain",
        "text",
        "languages",
        "records",
        "importers",
        "message",
        "publish",
        "ledger",
        "transport",
    },
    "preview": {"domain", "text", "languages", "records", "message", "publish", "ledger", "service"},
}
SPELLING = "announcer.domain.spelling"
"""What text may see of the domain: the forms of Unicode."""
DISPATCH = PACKAGE / "service" / "dispatch.py"
CONTRACTS = {
    "announcer.ledger",
    "announcer.message",
    "announcer.transport",
    "announcer.service.report",
    "announcer.service.scribe",
}
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
    if layer == "text" and name.startswith(SPELLING):
        return True
    return not below or below[0] == layer or below[0] in MAY_IMPORT[layer]


def test_each_layer_imports_only_what_it_may() -> None:
    """domain the standard library; text nothing of ours but Unicode's forms; records, importers, message,
    ledger and transport not each other; service those."""
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
        str(module.relative_to(ROOT))
        for module, line in first.items()
        if len(line) < 16 or line[-1] not in ".:"
    ] == []


SAYS_NOTHING = {"one", "each", "found", "told", "said", "it", "thing"}
"""Names of anything at all."""


def _bound(module: Path) -> Iterator[tuple[int, str]]:
    """The line and the name of each variable, parameter, function and class that a file binds."""
    for node in ast.walk(_parsed(module)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name


def test_names_say_what_they_hold() -> None:
    """A loop goes over talks, and not over ones."""
    assert [
        f"{module.relative_to(ROOT)}:{line}: {name}"
        for module in MODULES
        for line, name in _bound(module)
        if name.removeprefix("_") in SAYS_NOTHING
    ] == []


def test_no_two_classes_have_one_name() -> None:
    """Who reads a name in one room is not thinking of another."""
    names = Counter(
        node.name
        for module in MODULES
        for node in _parsed(module).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, number in names.items() if number > 1] == []


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


ROOMS = sorted({module.parent for module in MODULES})
NAMES = {
    ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): module
    for module in MODULES
}
CROWDED, HIGH = 24, 8
"""Files in one room, and floors: the longest chain of imports within it."""


def _at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """What stands below a node, but for what only the type checker reads."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)):
            yield child
            yield from _at_run_time(child)


def _loads(name: str) -> set[str]:
    """Our modules that importing `name` loads at once or later, with the packages that they stand in."""
    imported = set()
    for node in _at_run_time(_parsed(NAMES[name])):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            imported |= {path if path in NAMES else node.module or "" for path in full}
    packages = {
        ".".join(parts[:depth])
        for path in imported
        for parts in [path.split(".")]
        for depth in range(2, len(parts))
    }
    imported |= {package for package in packages if not name.startswith(f"{package}.")}
    return (imported & NAMES.keys()) - {name}


LOADS = {name: _loads(name) for name in NAMES}


def _reached(start: str) -> set[str]:
    """Every module that one leads to."""
    reached, left = set[str](), [*LOADS[start]]
    while left:
        name = left.pop()
        if name not in reached:
            reached.add(name)
            left += LOADS[name]
    return reached


def _floors(room: Path) -> list[str]:
    """The longest chain of imports within a room, from the top down."""

    @cache
    def below(name: str) -> list[str]:
        chains = [below(loaded) for loaded in LOADS[name] if NAMES[loaded].parent == room]
        return [name, *max(chains, key=len, default=[])]

    return max((below(name) for name in NAMES if NAMES[name].parent == room), key=len)


def test_no_module_leads_back_to_itself() -> None:
    """No circle of imports, those in functions and through a package's own file counted."""
    assert [name for name in NAMES if name in _reached(name)] == []


def test_no_room_is_crowded_or_high() -> None:
    """A folder has few files, and few of them stand on each other."""
    files = {room.relative_to(ROOT): len(list(room.glob("*.py"))) for room in ROOMS}
    assert {str(room): number for room, number in files.items() if number > CROWDED} == {}
    assert [chain for room in ROOMS if len(chain := _floors(room)) > HIGH] == []
