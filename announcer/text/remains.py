"""What reading leaves as it was typed, though it was meant: for the author to be told of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from announcer.text.characters import apart, characters
from announcer.text.formulas import Unshown, lines_of, reading_of
from announcer.text.islands import PLACE, Island, cut
from announcer.text.macros import Macro
from announcer.text.naked import between_dollars
from announcer.text.reading import LONGEST, NO_MACROS, Form, islands_of, read
from announcer.text.tags import left
from announcer.text.writing import island_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Remain:
    """A piece of a text that its reader gets raw."""

    code: str
    """`raw-tex`, `unclosed-maths`, `html` or `accent-apart`."""
    about: str
    """The piece, as it stands in the text."""
    message: str
    hint: str
    """What to type instead."""


_SUSPICIOUS = ("\\", "$", "<", "_{", "^{")
_COMMAND = re.compile(
    r"(?:(?<![\w:])|(?=\\[A-Za-z]{2,20}\{))\\(?P<name>[A-Za-z]+)\*?(?P<given>(?:\[[^\]\n]{0,80}\]|\{[^{}\n]{0,200}\})*)"
    r"|[_^]\{[^{}\n]{0,200}\}|\\[\[\](](?!\w)"
)
_DOLLAR = re.compile(r"(?<![^\W\d]|\$)\$(?=[A-Za-z\\({|^])[^\n]{0,19}")
_PLACE = "\ufffc"
"""Stands for an island in the words that are searched."""


def is_suspicious(source: str) -> bool:
    """Whether anything of a text may stay raw: nearly no text has a sign of it."""
    return not source.isascii() or _has_signs(source)


def _has_signs(text: str) -> bool:
    return any(map(text.__contains__, _SUSPICIOUS))


def remains(source: str, form: Form = "prose", macros: Mapping[str, Macro] = NO_MACROS) -> Iterator[Remain]:
    """What of a text stays raw, each thing once, in its order."""
    if len(source) > LONGEST:
        return
    topics: set[str] = set()
    # An entity may be any of these signs.
    has_signs = _has_signs(source) or ("&" in source and not source.isascii())
    for remain in _all(source, form, macros) if has_signs else ():
        if remain.about not in topics:
            topics.add(remain.about)
            yield remain
    if source.isascii():
        return
    for word in apart(characters(source)):
        yield Remain(
            code="accent-apart",
            about=word,
            message=f'in "{word}" an accent stands beside its letter',
            hint='type the letter with its accent, or as TeX writes it, such as M\\"uller',
        )


def without_maths(source: str) -> str:
    """A text whose formulas are blanks, for those who look for something else in it."""
    if "$" not in source and "\\" not in source:
        return source
    islands = cut(source, NO_MACROS)
    return re.sub(f"[{PLACE}]", lambda char: _beside_maths(islands.island(char[0])), islands.text)


def _beside_maths(island: Island | None) -> str:
    return island.source if island and island.kind not in ("maths", "display") else " "


def _all(source: str, form: Form, macros: Mapping[str, Macro]) -> Iterator[Remain]:
    islands = islands_of(source, form, macros)
    if not _has_signs(islands.text):
        # Nothing but formulas: what is around them needs no reading.
        for formula in islands.islands:
            yield from _of_maths(formula, naked=False)
        return
    for token in read(source, form, macros):
        if token.type != "inline":
            continue
        words = []
        for child in token.children or []:
            island = island_of(child)
            if island:
                yield from _of_maths(island, naked="naked" in child.meta)
            if child.type == "text" and not child.meta:
                words.append(child.content)
            else:
                words.append(_PLACE)
        yield from _of_words("".join(words))


def _of_maths(island: Island, *, naked: bool) -> Iterator[Remain]:
    if island.kind not in ("maths", "display"):
        return
    if naked:
        yield Remain(
            code="raw-tex",
            about=island.source,
            message=f'"{island.source}" is maths outside of dollars',
            hint=f"put it between dollars: ${between_dollars(island.source)}$",
        )
    for line in lines_of(island.content) if island.kind == "display" else [island.content]:
        made = reading_of(line)
        if isinstance(made, Unshown):
            yield _unshown(island, made.about)


def _unshown(island: Island, command: str) -> Remain:
    shown = island.source if len(island.source) <= 40 else island.source[:37] + "..."
    if not command:
        return Remain(
            code="raw-tex",
            about=island.source,
            message=f'the formula "{shown}" is sent as it stands: it is not whole, or not maths',
            hint="give each brace, bracket and \\left its other half, or write it in words",
        )
    if command.startswith("\\begin") or command in _UNSHOWABLE:
        return Remain(
            code="raw-tex",
            about=command if command in island.source else island.source,
            message=f'the formula "{shown}" is sent as it stands: a line of text cannot show {command}',
            hint="say in words what it shows",
        )
    name = command[1:]
    return Remain(
        code="raw-tex",
        about=command if command in island.source else island.source,
        message=f'the formula "{shown}" is sent as it stands: nothing says what {command} is',
        hint=f"write what {command} stands for in its place, or define it before its first use:"
        f" \\newcommand{{\\{name}}}{{\\mathrm{{{name}}}}}",
    )


_UNSHOWABLE = frozenset(
    ["\\underbrace", "\\overbrace", "\\phantom", "\\atop", "\\sqrt", "\\not", "\\raisebox", "\\color"]
)


def _of_words(text: str) -> Iterator[Remain]:
    for match in _COMMAND.finditer(text):
        about = match[0].partition(_PLACE)[0]
        name, given = match["name"], (match["given"] or "").strip("{}[]")
        if name is None:
            yield Remain(
                code="raw-tex",
                about=about,
                message=f'"{about}" is TeX that is sent as it stands',
                hint="put the whole formula between dollars: $x_{10}$",
            )
            continue
        yield Remain(
            code="raw-tex",
            about=about,
            message=f'"{about}" is TeX that is sent as it stands',
            hint=_instead(name, given),
        )
    for match in _DOLLAR.finditer(text):
        rest = match[0].partition(_PLACE)[0].rstrip()
        yield Remain(
            code="unclosed-maths",
            about=rest,
            message=f'the formula that begins at "{rest}" has no closing $',
            hint="close it with a $ right after it, or write \\$ where a dollar is meant",
        )
    for tag in left(text):
        about = tag.partition(_PLACE)[0]
        yield Remain(
            code="html",
            about=about,
            message=f'"{about}" is shown as it stands',
            hint="delete it; *word* is emphasis, and [words](https://...) is a link",
        )


def _instead(name: str, given: str) -> str:
    if name.startswith(("cite", "Cite", "parencite", "textcite")):
        return f"write in its place what readers should see: [{given or 'Example 2020'}]"
    if name in ("footnote", "thanks", "footnotetext"):
        return f"write it in brackets: ({given or 'a remark'})"
    if name in ("ref", "eqref", "label", "pageref", "section", "subsection", "title", "author", "maketitle"):
        return "delete it: mail has no numbers to refer to and no sections"
    if name in ("begin", "end", "item"):
        return "delete it; a list is lines that begin with - after an empty line"
    return f"write in its place what \\{name} stands for, or delete it"
