"""What is wrong with one line of a file: the marks that mean something else to YAML than to people."""

from __future__ import annotations

import re
from dataclasses import dataclass

ENTRY = re.compile(
    r"^(?P<indent>\s*(?:- +)*)(?P<key>[^\s:#'\"\[{-][^:#]*?)\s*:(?P<gap>[ \t]+|$)(?P<value>.*)$"
)
_NO_SPACE = re.compile(r"^(?P<indent>\s*(?:- +)*)(?P<key>[A-Za-z_]\w*):(?P<value>[^\s/].*)$")
ODD_BLANKS = re.compile("[\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]")
_STARTS = "[{*&!@%>|`,?#"
_KEYS_IN_BRACES = re.compile(r"\{\s*(?P<key>\\?\w+)\s*:\s+(?P<value>.*?)\s*\}")
ELISION = re.compile(r"['’](?:t|s|n|em|tis|twas|til|cause|round|\d\ds?)\b", re.IGNORECASE)
"""A word that begins with an apostrophe: `'t Hooft`, `'s-Hertogenbosch`, `'60s`."""
CURLY = "“”„«»‘’‚"


@dataclass(frozen=True, kw_only=True, slots=True)
class LineFault:
    """What was found: a place counted from 0, a code, a sentence and a hint."""

    line: int
    column: int
    code: str
    message: str
    hint: str


def line_fault(text: str, line: int) -> LineFault | None:
    """The fault of a line, which is the `line`th from 0; None where nothing is wrong with it alone."""
    if blank := ODD_BLANKS.search(text[: len(text) - len(text.lstrip()) + 40].split(": ")[0]):
        return LineFault(
            line=line,
            column=blank.start(),
            code="no-break-space",
            message="this is not an ordinary space but a no-break space or the like, as Word puts in",
            hint="delete the spaces here and type them again with the space bar",
        )
    if "：" in text.split(":")[0]:
        return LineFault(
            line=line,
            column=text.index("："),
            code="odd-colon",
            message="this is a full-width colon, which YAML does not take for one",
            hint='type an ordinary colon and a space: ": "',
        )
    if match := _NO_SPACE.match(text):
        return LineFault(
            line=line,
            column=match.start("value"),
            code="space-after-colon",
            message=f'there is no space after the colon of "{match["key"]}"',
            hint=f"put a space after the colon: {match['key']}: {_short(match['value'])}",
        )
    match = ENTRY.match(text)
    return (
        _value_fault(line, match["key"], match["value"], match.start("value")) if match else _item(line, text)
    )


def _item(line: int, text: str) -> LineFault | None:
    """A line of a list, `- value`, which has no key."""
    match = re.match(r"^\s*- +(?P<value>.+)$", text)
    return _value_fault(line, "", match["value"], match.start("value")) if match else None


def _value_fault(line: int, key: str, value: str, column: int) -> LineFault | None:
    value = value.rstrip()
    if not value:
        return None
    the = f"the {key or 'line'}"
    hint = f"put {the} in quotes: {quoted(value)}"
    if key == "links":
        hint = f"write each link on a line of its own, under links: and after a hyphen: - {value}"
    if value[0] in "'\"":
        return _after_quote(line, the, value, column)
    if opening := _opening_fault(line, key, value, column, hint):
        return opening
    colon = re.search(r":(?=\s|$)", value)
    if colon:
        return LineFault(
            line=line,
            column=column + colon.start(),
            code="unquoted-colon",
            message="there is a second colon on this line, and YAML takes what stands before it for a key",
            hint=hint,
        )
    lost = re.search(r" #", value)
    if lost:
        return LineFault(
            line=line,
            column=column + lost.start() + 1,
            code="text-lost",
            message='everything after " #" is ignored by YAML',
            hint=hint,
        )
    return None


def _opening_fault(line: int, key: str, value: str, column: int, hint: str) -> LineFault | None:
    """A value whose first mark means something to YAML."""
    first = value[0]
    if first in CURLY:
        return curly(line, column, key, value)
    the = f"the {key or 'line'}"
    closing = {"[": "]", "{": "}"}.get(first)
    if closing and closing not in value:
        return LineFault(
            line=line,
            column=column,
            code="unclosed-bracket",
            message=f"the bracket {first} that opens here is never closed",
            hint=f"close it: {value}{closing}, or put {the} in quotes: {quoted(value)}",
        )
    if keys := _KEYS_IN_BRACES.fullmatch(value):
        example = f"{key}: {{{keys['key']}: {quoted(keys['value'])}}}"
        several = "write each key on a line of its own below it, two blanks further in, its value in quotes"
        return LineFault(
            line=line,
            column=column,
            code="unquoted-start",
            message=f"within the braces of {the} stands what means something else to YAML",
            hint=several if "," in keys["value"] else f"put quotes around the value: {example}",
        )
    if first in _STARTS and not re.fullmatch(r"[|>][-+0-9]*", value):
        return LineFault(
            line=line,
            column=column,
            code="unquoted-start",
            message=f'{the} begins with "{first}", which means something else to YAML',
            hint=hint,
        )
    if re.match(r"- ", value):
        return LineFault(
            line=line,
            column=column,
            code="unquoted-start",
            message=f'{the} begins with "- ", which begins a list in YAML',
            hint=hint,
        )
    return None


def _after_quote(line: int, the: str, value: str, column: int) -> LineFault | None:
    """A value that begins with a quote but is not all of it in quotes."""
    quote = value[0]
    body = r"(?:[^'\\]|'')*" if quote == "'" else r'(?:[^"\\]|\\.)*'
    match = re.match(f"{quote}{body}{quote}", value)
    if match and value[match.end() :].strip() and not re.match(r"\s+#", value[match.end() :]):
        # Two pairs of quotes, or an apostrophe at the beginning, are the author's own words.
        is_around = value[-1] == quote and value.count(quote) % 2 and not ELISION.match(value)
        inner = quoted(value[1:-1] if is_around else value)
        return LineFault(
            line=line,
            column=column + match.end(),
            code="text-after-quote",
            message=f"{the} begins with a quotation mark, so YAML ends it at the next one; more text follows",
            hint=f"put quotes around all of it: {inner}",
        )
    if quote == '"' and (
        escape := re.search(r"\\(?![0abtnvfre \"/\\N_LPxuU])|\\[xuU](?![0-9a-fA-F]{2})", value)
    ):
        return LineFault(
            line=line,
            column=column + escape.start(),
            code="backslash",
            message="in double quotes a backslash begins a YAML escape, and this is none",
            hint=f"use single quotes: {quoted(value.strip(quote))}",
        )
    return None


def curly(line: int, column: int, key: str, value: str) -> LineFault:
    """Typographic quotation marks in the place of YAML's."""
    return LineFault(
        line=line,
        column=column,
        code="curly-quotes",
        message=f"the {key or 'line'} begins with the typographic quotation mark {value[0]}, which YAML does "
        "not take for a quote",
        hint=f"type straight quotes: {quoted(value.strip(CURLY + ' '))}",
    )


def quoted(value: str) -> str:
    """The value as it should be typed: in quotes that change nothing in it."""
    value = value.strip()
    value = value if len(value) <= 60 else value[:57] + "..."
    if "'" in value and not set(value) & {'"', "\\"}:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:37] + "..."
