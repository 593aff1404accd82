"""Changes within a file that people write: one field or one source, every other line left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Values
from collections.abc import Sequence as Items

from announcer.domain.clock import WEEKDAYS
from announcer.domain.errors import AnnouncerError
from announcer.domain.fields import Field, Shape, fields_of
from announcer.domain.plain import Plain
from announcer.domain.talk import FIELDS
from announcer.records.writing import entry, offered, scalar
from announcer.records.yaml.decoding import decode
from announcer.records.yaml.nodes import Mapping, Node, Scalar, Sequence
from announcer.records.yaml.tree import read_tree

_UNKNOWN = Field(Shape.LINE, "")


class NotEditableError(AnnouncerError):
    """A file is written in a way that only a person can change."""


def values_of(data: bytes) -> dict[str, Plain] | None:
    """What a talk's file says, as it is written; None where it cannot be read. What is empty is not there."""
    source, _ = decode("talk.yaml", data)
    tree = read_tree(source)[0] if source else None
    if tree is None:
        return None
    values = _plain(tree)
    return dict(values) if isinstance(values, Values) else None


def with_field(text: str, name: str, value: Plain | None) -> str:
    """The file's text with this field; None takes it away. Comments and all else stay.

    A `speaker` takes the place of `speakers`, and the other way round. Raises NotEditableError.
    """
    field = next((candidate for candidate in FIELDS if name in candidate.keys), None)
    if field is None:
        raise NotEditableError(name)
    if "\r\n" in text:
        return _of_windows(with_field(text.replace("\r\n", "\n"), name, value))
    lines = text.split("\n")
    tree = _tree(text)
    key = next((key for key in field.keys if key in tree.entries), None)
    if key is not None:
        lines = _edited(lines, list(_put(tree, lines, key, field, value, name)))
    elif value is not None:
        start, end = _room_for(tree, lines, field)
        lines[start:end] = [*entry(field, value, key=name), *([""] if start == len(lines) else [])]
    changed = "\n".join(lines)
    _require_same_but(tree, changed, set(field.keys))
    return changed


_Edit = tuple[int, int, list[str]]
"""The first line to take away, the one behind the last, and the lines to put there."""


def _edited(lines: list[str], edits: Items[_Edit]) -> list[str]:
    for start, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        lines = [*lines[:start], *new, *lines[end:]]
    return lines


def _put(
    tree: Mapping, lines: list[str], key: str, field: Field, value: Plain | None, name: str = ""
) -> Iterator[_Edit]:
    """An entry's own lines put anew; of a mapping those alone whose values are others."""
    start, end = _span(tree, lines, key)
    node = tree.entries[key][1]
    if isinstance(node, Mapping) and isinstance(value, Values) and node.line > start and node.entries:
        yield from _put_parts(node, lines, field, value)
        return
    new = _at(tree, entry(field, value, key=name or key)) if value is not None else []
    if len(new) == 1 and end == start + 1 and isinstance(node, Scalar):
        new[0] += _comment(lines[start], node, key)
    yield start, end, new


def _put_parts(node: Mapping, lines: list[str], field: Field, value: Values[str, Plain]) -> Iterator[_Edit]:
    declared = {part.key: part for part in fields_of(field.record)}
    current = _plain(node)
    assert isinstance(current, Values)  # noqa: S101 - a mapping's
    fresh: dict[int, list[str]] = {}
    for key in [*(key for key in current if key not in value), *(key for key in declared if key in value)]:
        if current.get(key) == value.get(key):
            continue
        if key in node.entries:
            yield from _put(node, lines, key, declared.get(key, _UNKNOWN), value.get(key))
        else:
            before = list(declared)[: list(declared).index(key)]
            ends = [_span(node, lines, other)[1] for other in before if other in node.entries]
            at = max(ends, default=next(iter(node.entries.values()))[0].line)
            fresh.setdefault(at, []).extend(_at(node, entry(declared[key], value[key])))
    yield from ((at, at, new) for at, new in fresh.items())


def _at(tree: Mapping, new: list[str]) -> list[str]:
    """Lines as far in as a mapping's keys."""
    indent = " " * next(iter(tree.entries.values()))[0].column
    return [f"{indent}{line}" if line else "" for line in new]


def _comment(line: str, node: Scalar, key: str) -> str:
    """The comment behind a value of one line, which stays; a weekday behind a date does not."""
    tail = line[node.column :] if node.text else line
    match = re.search(
        r"(?P<comment>\s+#.*)$", re.sub(r"^(?:'(?:[^']|'')*'|\"(?:[^\"\\\\]|\\\\.)*\")", "", tail)
    )
    if not match or (key == "date" and any(day in match["comment"] for day in WEEKDAYS)):
        return ""
    return match["comment"].rstrip("\r")


def _room_for(tree: Mapping, lines: list[str], field: Field) -> tuple[int, int]:
    """Where a field that is not there yet belongs: in the place of what the file offers of it, or below the
    field that is declared before it."""
    offer = offered(field)
    for start in range(len(lines) - len(offer) + 1) if offer else ():
        if lines[start : start + len(offer)] == offer:
            return start, start + len(offer)
    before = [key for earlier in FIELDS[: FIELDS.index(field)] for key in earlier.keys if key in tree.entries]
    ends = [_span(tree, lines, key)[1] for key in before]
    if ends:
        return max(ends), max(ends)
    while lines and not lines[-1].strip():
        lines.pop()
    return len(lines), len(lines)


def with_source(text: str, name: str, settings: Values[str, Plain]) -> str:
    """announcer.yaml's text with settings of a source, which is added where it is not there.

    Raises NotEditableError where its lines are written so that only a person can add to them.
    """
    if "\r\n" in text:
        return _of_windows(with_source(text.replace("\r\n", "\n"), name, settings))
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


def _of_windows(text: str) -> str:
    return text.replace("\n", "\r\n")


def _with_new_source(
    lines: list[str], tree: Mapping, sources: Node | None, name: str, source_lines: list[str]
) -> list[str]:
    if sources is None:
        return _appended(lines, ["", "sources:", f"  {name}:", *(f"    {line}" for line in source_lines)])
    if not isinstance(sources, Mapping) or not sources.entries:
        raise NotEditableError(name)
    first = next(iter(sources.entries.values()))[0]
    _, end = _span(tree, lines, "sources")
    indent = " " * first.column
    return [*lines[:end], f"{indent}{name}:", *(f"{indent}  {line}" for line in source_lines), *lines[end:]]


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
            made += [
                f"{key}:",
                *(f"  {scalar(str(name))}: {scalar(str(text))}" for name, text in value.items()),
            ]
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
        pairs = ((key, _plain(value)) for key, (_, value) in node.entries.items())
        return {key: value for key, value in pairs if value not in ("", [], {})}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return "" if not node.quote and node.text in ("~", "null") else node.text


def lines_to_paste(name: str, value: Plain) -> Items[str]:
    """The lines of one field, as a person would type them."""
    field = next((candidate for candidate in FIELDS if name in candidate.keys), None)
    return entry(field, value, key=name) if field else [f"{name}: {value}"]
