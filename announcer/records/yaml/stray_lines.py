"""Lines that no field begins: text that lost its indentation, and fields that lost their colon."""

from __future__ import annotations

import re

from announcer.domain.fields import WORDS, Shape
from announcer.domain.talk import FIELDS
from announcer.records.fields.suggest import meant
from announcer.records.yaml.line_faults import ENTRY, LineFault
from announcer.records.yaml.source import FileText

_BLOCK = re.compile(r":\s+[|>][-+0-9]*\s*(?:#.*)?$")
_NAMED = re.compile(r"\s*(?:- +)*[\"'“]?(?P<name>[^\s:#\"'“”][^:#\"'“”]*?)[\"'”]?\s*:(?:\s|$)")
_NO_COLON = re.compile(r"(?P<name>\w+)\s*(?:[=;]\s*(?P<value>.*))?$")
_FAR = 200
BLOCK_HINT = 'write "{key}: |" alone on its line, and the text below it, each line after two spaces'
"""For text of several lines, in which YAML would take marks for its own."""


def stray_line(source: FileText, at: int) -> LineFault | None:
    """The line at an error, or shortly before it, that is no field; None where there is none.

    YAML complains about the line behind the one that is no key, so the lines before count as well.
    """
    for line in range(max(at - 2, 0), at + 1):
        text = source.lines[line]
        if not text.strip() or text.lstrip()[0] in "#\t" or _begins_a_field(text, source.keys):
            continue
        if text[0] == " " and line != at:  # it is where its block's text belongs
            continue
        fault = _no_colon(text, line, source.keys) or _belongs(source, line)
        if fault:
            return fault
    return None


def _begins_a_field(text: str, keys: frozenset[str]) -> bool:
    """Whether this is meant as a field: a word like one, and not the `First:` of a sentence."""
    if re.match(r"\s*(?:- +)*[\w-]+:\S", text) or text.lstrip().startswith(("- ", "---", "{", "[", "?", "%")):
        return True
    match = _NAMED.match(text)
    if match is None:
        return "：" in text
    name = match["name"]
    return re.fullmatch(r"[a-z_][\w-]*", name) is not None or meant(name, keys) is not None


def _no_colon(text: str, line: int, keys: frozenset[str]) -> LineFault | None:
    match = _NO_COLON.match(text.rstrip())
    if match is None or match["name"].lower() not in keys:
        return None
    name, value = match["name"].lower(), match["value"]
    return LineFault(
        line=line,
        column=match.end("name"),
        code="missing-colon",
        message=f'there is no colon after "{match["name"]}"',
        hint=f"write {name}: {value}" if value else f"write {name}:",
    )


def _belongs(source: FileText, line: int) -> LineFault | None:
    """The field above whose text this line continues."""
    text = source.lines[line]
    indent = len(text) - len(text.lstrip())
    for above in range(line - 1, max(line - _FAR, -1), -1):
        other = source.lines[above]
        if not other.strip() or len(other) - len(other.lstrip()) > min(indent, 1):
            continue
        opener = ENTRY.match(other)
        if opener is None or opener["value"][:1] in tuple("'\"[{"):
            return None
        if indent and not _BLOCK.search(other):
            return None
        if not _takes_prose(opener["key"], source.keys):
            return _no_field(line)
        where = "begins at the margin" if indent == 0 else "is indented less than the lines above"
        return LineFault(
            line=line,
            column=indent,
            code="not-indented",
            message=f'this line belongs to "{opener["key"]}", but it {where}',
            hint="put two spaces before this line, and before every other line of the text"
            if _BLOCK.search(other)
            else BLOCK_HINT.format(key=opener["key"]),
        )
    return None


def _takes_prose(key: str, keys: frozenset[str]) -> bool:
    wordy = (field for field in FIELDS if field.shape in WORDS or field.shape is Shape.RECORD)
    return key not in keys or any(key in field.keys for field in wordy)


def _no_field(line: int) -> LineFault:
    return LineFault(
        line=line,
        column=0,
        code="not-a-field",
        message="this line is not a field: a field is a name, a colon, a space and a value",
        hint="write it like title: The title, or indent it by two spaces if it continues the line above",
    )
