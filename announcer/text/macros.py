"""Between steps 1 and 2: an author's own commands, taken out of the text and put in where they are used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_NAME = r"\{?\s*\\(?P<name>[A-Za-z]+)\s*\}?"
_DEFINITION = re.compile(
    rf"\\(?:(?:re)?newcommand|providecommand)\*?\s*{_NAME}\s*(?:\[(?P<count>[1-9])\])?\s*(?=\{{)"
    r"|\\(?:g?def)\s*\\(?P<plain>[A-Za-z]+)\s*(?P<marks>(?:#[1-9])*)\s*(?=\{)"
    r"|\\DeclareMathOperator(?P<star>\*?)\s*\{?\s*\\(?P<operator>[A-Za-z]+)\s*\}?\s*(?=\{)"
)
_USE = re.compile(r"\\([A-Za-z]+)")
_ROUNDS = 8
_LONGEST = 4000
"""Characters that a text may grow by: macros that double themselves stop there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Macro:
    """What a command stands for."""

    body: str
    """With `#1` to `#9` where its arguments go."""
    arguments: int = 0


def own(bodies: Mapping[str, str]) -> dict[str, Macro]:
    """The macros of a department: a name without its backslash, and what it stands for."""
    return {
        name.lstrip("\\"): Macro(body=body, arguments=max(map(int, re.findall(r"#([1-9])", body)), default=0))
        for name, body in bodies.items()
    }


def defined(text: str, known: Mapping[str, Macro]) -> tuple[str, dict[str, Macro]]:
    """The text without its definitions, and all macros that hold in it."""
    macros = dict(known)
    if "\\" not in text or not _DEFINITION.search(text):
        return text, macros
    made, at = [], 0
    groups = groups_of(text)
    for match in _DEFINITION.finditer(text):
        body = groups.get(match.end())
        if match.start() < at or body is None or body - match.end() > _LONGEST:
            continue
        inside = text[match.end() + 1 : body - 1]
        if match["operator"]:
            macros[match["operator"]] = Macro(body=rf"\operatorname{match['star']}{{{inside}}}")
        else:
            count = int(match["count"] or len(match["marks"] or "") // 2)
            macros[match["name"] or match["plain"]] = Macro(body=inside, arguments=count)
        made.append(text[at : match.start()])
        at = body
        if not made[-1].strip():
            at += len(text[at:]) - len(text[at:].lstrip())
    return "".join(made) + text[at:], macros


def groups_of(text: str) -> dict[int, int]:
    """Where each group that closes ends, its brace included, by where it begins."""
    ends: dict[int, int] = {}
    stack = []
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if match[0] == "{":
            stack.append(match.start())
        elif match[0] == "}" and stack:
            ends[stack.pop()] = match.end()
    return ends


def expanded(latex: str, macros: Mapping[str, Macro]) -> str:
    """LaTeX with these macros put in, those within macros too; a macro that needs itself stays."""
    if not macros:
        return latex
    limit = len(latex) + _LONGEST
    for _ in range(_ROUNDS):
        made = _once(latex, macros, limit)
        if made == latex or len(made) > limit:
            return latex
        latex = made
    return latex


def _once(latex: str, macros: Mapping[str, Macro], limit: int) -> str:
    made, at, size = [], 0, 0
    groups = groups_of(latex) if "{" in latex else {}
    for match in _USE.finditer(latex):
        macro = macros.get(match[1])
        if macro is None or match.start() < at or size > limit:
            continue
        given, end = _arguments(latex, match.end(), macro.arguments, groups)
        if given is None:
            continue
        body = re.sub(r"#([1-9])", lambda mark, given=given: given[int(mark[1]) - 1], macro.body)  # type: ignore[misc]
        follows = latex[end : end + 1]
        gap = " " if re.search(r"\\[A-Za-z]+$", body) and follows.isalpha() else ""
        made += [latex[at : match.start()], body, gap]
        size += len(body)
        at = end
    return "".join(made) + latex[at:]


def _arguments(latex: str, at: int, count: int, groups: Mapping[int, int]) -> tuple[list[str] | None, int]:
    """That many arguments from there on, and where the text goes on; None where there are too few."""
    given: list[str] = []
    for _ in range(count):
        at += len(latex[at : at + 20]) - len(latex[at : at + 20].lstrip())
        if latex[at : at + 1] == "{":
            if at not in groups:
                return None, at
            end = groups[at]
            given.append(latex[at + 1 : end - 1])
        else:
            match = re.compile(r"\\[A-Za-z]+|\S").match(latex, at)
            if match is None:
                return None, at
            end = match.end()
            given.append(match[0])
        at = end
    return given, at
