"""Changes within a file that people write: one field or one source, every other line left as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping as Values
from collections.abc import Sequence as Items

from announcer.domain.errors import AnnouncerError
from announcer.domain.plain import Plain
from announcer.domain.talk import FIELDS
from announcer.records.writing import entry, scalar
from announcer.records.yaml.decoding import decode
from announcer.records.yaml.nodes import Mapping, Node, Scalar, Sequence
from announcer.records.yaml.tree import read_tree


class NotEditableError(AnnouncerError):
    """A file is written in a way that only a person can change."""


def values_of(data: bytes) -> dict[str, Plain] | None:
    """What a talk's file says, as it is written; None where it cannot be read. What is empty is not there."""
    source, _ = decode("talk.yaml", data)
    tree = read_tree(source)[0] if source else None
    if tree is None:
        return None
    found = _plain(tree)
    return dict(found) if isinstance(found, Values) else None


def with_field(text: str, name: str, value: Plain | None) -> str:
    """The file's text with this field; None takes it away. Comments and all else stay.

    A `speaker` takes the place of `speakers`, and the other way round. Raises NotEditableError.
    """
    field = next((one for one in FIELDS if name in one.keys), None)
    if field is None:
        raise NotEditableError(name)
    lines = text.split("\n")
    tree = _tree(text)
    span = next((_span(tree, lines, key) for key in field.keys if key in tree.entries), None)
    new = entry(field, value, key=name) if value is not None else []
    made = [*lines[: span[0]], *new, *lines[span[1] :]] if span else _appended(lines, new)
    changed = "\n".join(made)
    _require_same_but(tree, changed, set(field.keys))
    return changed


def with_source(text: str, name: str, settings: Values[str, Plain]) -> str:
    """announcer.yaml's text with settings of a source, which is added where it is not there.

    Raises NotEditableError where its lines are written so that only a person can add to them.
    """
    tree = _tree(text)
    sources = tree.entries["sources"][1] if "sources" in tree.entries else None
    if isinstance(sources, Mapping) and name in sources.entries:
        changed = text
        for key, value in settings.items():
            changed = _with_setting(changed, name, key, value)
    else:
        changed = "\n".join(_with_new_source(text.split("\n"), tree, sources, name, _setting_lines(settings)))
    _require_same_but(tree, changed, {"sources"})
    return changed


def _with_new_source(
    lines: list[str], tree: Mapping, sources: Node | None, name: str, said: list[str]
) -> list[str]:
    if sources is None:
        return _appended(lines, ["", "sources:", f"  {name}:", *(f"    {line}" for line in said)])
    if not isinstance(sources, Mapping) or not sources.entries:
        raise NotEditableError(name)
    first = next(iter(sources.entries.values()))[0]
    _, end = _span(tree, lines, "sources")
    indent = " " * first.column
    return [*lines[:end], f"{indent}{name}:", *(f"{indent}  {line}" for line in said), *lines[end:]]


def _with_setting(text: str, name: str, setting: str, value: Plain) -> str:
    """One setting of a source that is there, put anew or added at the top of its own."""
    lines = text.split("\n")
    sources = _tree(text).entries["sources"][1]
    key, own = sources.entries[name] if isinstance(sources, Mapping) else (None, None)
    if key is None or not isinstance(own, Mapping) or not own.entries or own.line == key.line:
        raise NotEditableError(name)
    first = next(iter(own.entries.values()))[0]
    start, end = _span(own, lines, setting) if setting in own.entries else (first.line, first.line)
    indent = " " * first.column
    lines[start:end] = [f"{indent}{line}" for line in _setting_lines({setting: value})]
    return "\n".join(lines)


def _setting_lines(settings: Values[str, Plain]) -> list[str]:
    made = []
    for key, value in settings.items():
        if isinstance(value, Values):
            made += [f"{key}:", *(f"  {scalar(str(one))}: {scalar(str(two))}" for one, two in value.items())]
        else:
            made.append(f"{key}: {scalar(str(value))}")
    return made


def _tree(text: str) -> Mapping:
    source, _ = decode("file", text.encode())
    tree = read_tree(source)[0] if source else None
    if tree is None:
        raise NotEditableError("it cannot be read")
    return tree


def _span(tree: Mapping, lines: list[str], name: str) -> tuple[int, int]:
    """The first line of an entry and the one behind its last; comments below it are not its own."""
    key, value = tree.entries[name]
    if not re.fullmatch(r"\s*", lines[key.line][: key.column]):
        raise NotEditableError(name)
    after = [other.line for other, _ in tree.entries.values() if other.line > key.line]
    end = min(after, default=_end_of(tree, lines))
    while end > key.line + 1 and not _belongs(lines[end - 1], value, end - 1):
        end -= 1
    return key.line, end


def _end_of(tree: Mapping, lines: list[str]) -> int:
    """Where a mapping ends: at the first line that is indented less."""
    column = next(iter(tree.entries.values()))[0].column
    last = max(key.line for key, _ in tree.entries.values())
    for number in range(last + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.lstrip().startswith("#") and len(line) - len(line.lstrip()) < column:
            return number
    return len(lines)


def _belongs(line: str, value: Node, number: int) -> bool:
    """Whether a line is the value's own: no empty one, and no comment, unless prose has it."""
    plain = line.strip()
    if isinstance(value, Scalar) and value.quote in ("|", ">"):
        return bool(plain) and (line.startswith(" ") or not plain.startswith("#"))
    return bool(plain) and not plain.startswith("#") and number >= 0


def _appended(lines: list[str], new: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return [*lines, *new, ""]


def _require_same_but(before: Mapping, text: str, changed: set[str]) -> None:
    """Raises NotEditableError where anything else would be read otherwise."""
    kept, now = (
        {key: _plain(value) for key, (_, value) in tree.entries.items() if key not in changed}
        for tree in (before, _tree(text))
    )
    if kept != now:
        raise NotEditableError("more than one field would change")


def _plain(node: Node) -> Plain:
    if isinstance(node, Mapping):
        found = ((key, _plain(value)) for key, (_, value) in node.entries.items())
        return {key: value for key, value in found if value not in ("", [], {})}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return "" if not node.quote and node.text in ("~", "null") else node.text


def lines_to_paste(name: str, value: Plain) -> Items[str]:
    """The lines of one field, as a person would type them."""
    field = next((one for one in FIELDS if name in one.keys), None)
    return entry(field, value, key=name) if field else [f"{name}: {value}"]
