"""What YAML's refusals mean for the person who typed the line, and what to type instead."""

from __future__ import annotations

import re
from dataclasses import replace

import yaml

from announcer.domain.problem import Problem
from announcer.records.yaml.line_faults import (
    CURLY,
    ELISION,
    ENTRY,
    ODD_BLANKS,
    LineFault,
    curly,
    line_fault,
    quoted,
)
from announcer.records.yaml.source import FileText
from announcer.records.yaml.stray_lines import BLOCK_HINT, stray_line

_NEAR = 10
"""Lines above an error in which its cause may be."""


def explain(source: FileText, error: Exception) -> Problem:
    """The problem behind a YAML error: by the line it is at, or by one shortly before it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context_mark", None)
    at = min(mark.line if mark else 0, len(source.lines) - 1)
    column = mark.column if mark else 0
    message = str(getattr(error, "problem", "") or "")
    fault = (
        _open_quote(source, message, context)
        or _runaway_quote(source, at)
        or _tab(source, at)
        or _comma(source, at)
        or stray_line(source, at)
        or _near(source, at, context.line if context else at)
        or _generic(source, at, column)
    )
    return _problem(source, fault)


def explain_start(source: FileText, line: int, column: int) -> Problem:
    """The problem of a value that is text to its author and something else to YAML."""
    fault = _near(source, line, line, is_text=True) or _generic(source, line, column)
    return _problem(source, fault)


def _problem(source: FileText, fault: LineFault) -> Problem:
    return source.problem(fault.code, fault.message, fault.hint, line=fault.line, column=fault.column)


def _near(source: FileText, at: int, context: int, *, is_text: bool = False) -> LineFault | None:
    """The likeliest cause on the line of the error, where it began, or on the last line with text above.

    A list or a record that is whole is no cause, but where it was meant as text.
    """
    above = at - 1
    while above > 0 and not source.lines[above].strip():
        above -= 1
    for line in dict.fromkeys((at, context, above)):
        if not 0 <= line < len(source.lines):
            continue
        fault = line_fault(source.lines[line], line)
        if fault and not is_text and _is_whole(source.lines[line][fault.column :]):
            continue
        if fault and fault.code == "text-lost" and _goes_on(source, line):
            return replace(fault, hint=BLOCK_HINT.format(key=source.lines[line].split(":")[0].strip()))
        if fault:
            return fault
    return _indentation(source, at)


def _is_whole(value: str) -> bool:
    """Whether this is a list or a record in brackets, as YAML wants it."""
    if value[:1] not in ("[", "{"):
        return False
    try:
        yaml.compose(value)
    except yaml.YAMLError:
        return False
    return True


def _goes_on(source: FileText, line: int) -> bool:
    """Whether the text of this line goes on in the next one, indented under it."""
    text, below = source.lines[line], source.lines[line + 1] if line + 1 < len(source.lines) else ""
    return bool(below.strip()) and len(below) - len(below.lstrip()) > len(text) - len(text.lstrip())


def _open_quote(source: FileText, refusal: str, context: object) -> LineFault | None:
    if not any(end in refusal for end in ("end of stream", "document separator", "document indicator")):
        return None
    line, column = getattr(context, "line", None), getattr(context, "column", None)
    if line is None or column is None or line >= len(source.lines):
        return None
    return _unclosed(line, column, source.lines[line][column:])


def _runaway_quote(source: FileText, at: int) -> LineFault | None:
    """A quotation that began with an apostrophe shortly above, and ended at the next one."""
    for line in range(at, max(at - _NEAR, -1), -1):
        match = ENTRY.match(source.lines[line])
        if match and ELISION.match(match["value"]) and "'" not in match["value"][1:]:
            return _unclosed(line, match.start("value"), match["value"])
    return None


def _unclosed(line: int, column: int, rest: str) -> LineFault | None:
    if rest[:1] not in ("'", '"'):
        return None
    if ELISION.match(rest):
        return LineFault(
            line=line,
            column=column,
            code="unclosed-quote",
            message="the apostrophe that the text begins with opens a quotation for YAML",
            hint=f"put double quotes around all of it: {quoted(rest)}",
        )
    apostrophe = " (write an apostrophe within single quotes twice)" if rest[0] == "'" else ""
    return LineFault(
        line=line,
        column=column,
        code="unclosed-quote",
        message=f"the quotation mark {rest[0]} that opens here is never closed",
        hint=f"close it at the end of the text{apostrophe}: {quoted(rest[1:].strip(rest[0]))}",
    )


def _tab(source: FileText, at: int) -> LineFault | None:
    for line in (at, at - 1):
        if line < 0:
            continue
        text = source.lines[line]
        lead = text[: len(text) - len(text.lstrip(" \t"))]
        after = re.match(r"^\s*(?:- *)?[\w]+:(\t)", text)
        column = lead.find("\t") if "\t" in lead else after.start(1) if after else -1
        if column >= 0:
            return LineFault(
                line=line,
                column=column,
                code="tab",
                message="there is a tab here, and YAML takes spaces only",
                hint="delete it and type two spaces for each level of indentation",
            )
    return None


def _indentation(source: FileText, at: int) -> LineFault | None:
    """A key in the wrong column: behind a hyphen, under a key that has a value, or simply amiss."""
    match = ENTRY.match(source.lines[at])
    if not match:
        return None
    column, key = len(match["indent"]), match["key"]
    above = next((line for line in range(at - 1, -1, -1) if source.lines[line].strip()), None)
    parent = ENTRY.match(source.lines[above]) if above is not None else None
    if "-" in match["indent"]:
        message, hint = (
            f'a hyphen begins a list, and "{key}" does not belong to one here',
            f"delete the hyphen: {key}: {match['value']}".rstrip(),
        )
    elif parent and parent["value"] and len(parent["indent"]) < column:
        message, hint = (
            f'"{key}" is indented under "{parent["key"]}", which has a value already',
            f'begin "{key}:" in the column of "{parent["key"]}:"'
            if key in source.keys or parent["value"][0] in "[{"
            else f'leave "{parent["key"]}:" alone on its line, and give its value a key below it, like name:',
        )
    else:
        message, hint = (
            f'"{key}" does not begin in the same column as the keys that it belongs to',
            "keys of the same level begin in the same column; those of the talk itself begin at the margin",
        )
    return LineFault(line=at, column=column, code="indentation", message=message, hint=hint)


def _comma(source: FileText, at: int) -> LineFault | None:
    """A comma at the end of a field, as other formats have it."""
    for line in (at, at - 1):
        text = source.lines[line].rstrip() if line >= 0 else ""
        if re.match(r"\s*[\"']?\w+[\"']?\s*:\s*([\"']).*\1,$", text):
            return LineFault(
                line=line,
                column=len(text) - 1,
                code="trailing-comma",
                message="there is a comma at the end of this line, and fields need none",
                hint="delete the comma",
            )
    return None


def _generic(source: FileText, line: int, column: int) -> LineFault:
    text = source.lines[line].strip()
    if (text and ":" not in text and column == 0) or (line == 0 and ":" not in text):
        return LineFault(
            line=line,
            column=column,
            code="not-a-field",
            message="this line is not a field: a field is a name, a colon, a space and a value",
            hint="write it like title: The title, or indent it by two spaces if it continues the line above",
        )
    return LineFault(
        line=line,
        column=column,
        code="yaml-syntax",
        message="YAML cannot read this line, or the one before it",
        hint="look for a bracket, a quote or a comma left open, and put text with such marks in quotes",
    )


def odd_key(source: FileText, line: int, column: int, name: str) -> Problem | None:
    """The problem of a key that is misspelt in a way that nobody sees."""
    if blank := ODD_BLANKS.search(name):
        return source.problem(
            "no-break-space",
            "this is not an ordinary space but a no-break space or the like, as Word puts in",
            "delete the spaces on this line and type them again with the space bar",
            line=line,
            column=column + blank.start(),
        )
    if name and name[0] in CURLY:
        fault = curly(line, column, "name", name)
        return _problem(source, fault)
    return None
