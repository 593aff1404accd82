"""Reading, step by step: characters, islands, blocks, emphasis and links, TeX, tags; then both media."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Literal

from announcer.text.blocks import add_lists, paragraphs
from announcer.text.characters import characters, clean
from announcer.text.commands import commands
from announcer.text.emphasis import emphasis, with_links
from announcer.text.islands import PLACE, Cut, Island, cut
from announcer.text.macros import Macro, defined
from announcer.text.marks import Close, Mark, nested
from announcer.text.naked import Effort, as_maths
from announcer.text.prose import Prose
from announcer.text.tags import tags
from announcer.text.writing import Draw, Maths, Page, Plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Form = Literal["prose", "lines", "line"]
"""An abstract or a biography with all markup; a sentence or two, whose line ends count; one line of words."""
LONGEST = 64_000
"""Characters of the longest text that is read: no mail has room for more, and none may take long."""
NO_MACROS: Mapping[str, Macro] = {}
_PLAIN = re.compile(r"[A-Za-z0-9 .,:;?!()/’'\"+–—ÀÁÂÃÄÅÆÇÈÉÊËÍÎÏÑÓÔÕÖØÚÛÜßàáâãäåæçèéêëíîïñóôõöøúûüý]*")
"""Words in which nothing can be meant but themselves."""
_TEX = re.compile(r"[\\~`{]|--")


def markdown(
    source: str,
    draw: Draw | None = None,
    macros: Mapping[str, Macro] = NO_MACROS,
    maths: Maths | None = None,
) -> Prose:
    """An abstract in both media. What `maths` does not write and `draw` cannot draw is shown in Unicode, and
    what Unicode cannot show stays LaTeX."""
    if len(source) > LONGEST:
        return _as_typed(source)
    page = Page(draw, maths=maths)
    tokens = read(source, "prose", macros)
    html = page.html(tokens)
    return Prose(Plain().text(tokens), html, tuple(page.pictures))


def _as_typed(source: str) -> Prose:
    """A text that is too long to be an abstract: its paragraphs, without any markup."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n[ ]?\n", clean(source)) if block.strip()]
    return Prose("\n\n".join(blocks), "".join(f"<p>{escape(block)}</p>\n" for block in blocks))


def titled(source: str, macros: Mapping[str, Macro] = NO_MACROS) -> Prose:
    """A title or a name in both media: one line of words with maths and TeX, without emphasis and links."""
    return _inline(source, "line", macros)


def name_text(source: str) -> str:
    """A name or a place as text: one line, its accents read."""
    return _inline(source, "line", NO_MACROS).text


def unemphasized(source: str, macros: Mapping[str, Macro] = NO_MACROS) -> Prose:
    """A sentence or two in both media: line ends kept, addresses clickable, without emphasis."""
    return _inline(source, "lines", macros)


def _inline(source: str, form: Form, macros: Mapping[str, Macro]) -> Prose:
    is_plain = _PLAIN.fullmatch(source) and "--" not in source and "://" not in source
    if is_plain or len(source) > LONGEST:
        words = " ".join(clean(source).split())
        return Prose(words, escape(words))
    tokens = read(source, form, macros)[0].children or []
    return Prose(Plain(whole=form == "line").line(tokens), Page(None, clickable=form == "lines").line(tokens))


def read(source: str, form: Form, macros: Mapping[str, Macro] = NO_MACROS) -> Sequence[Token]:
    """A text as markdown-it's tokens: blocks for prose, one `inline` for the other forms."""
    islands = islands_of(source, form, macros)
    env = {"cut": islands, "form": form, "effort": Effort()}
    if form == "prose":
        return _parser().parse(paragraphs(islands.text), env)
    return _parser().parseInline(islands.text, env)


def islands_of(source: str, form: Form, macros: Mapping[str, Macro] = NO_MACROS) -> Cut:
    """A text with its characters read and its islands cut out: the first two steps."""
    text, macros = defined(characters(source), macros)
    if form != "prose":
        lines = (" ".join(line.split()) for line in text.strip().split("\n"))
        text = ("\n" if form == "lines" else " ").join(lines).strip()
    return cut(text, macros, code=form == "prose")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """markdown-it with bare paragraphs, to which our lists and our marks are added."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero", {"maxNesting": 100})
    add_lists(parser)
    parser.inline.ruler.at("text", _words)
    parser.inline.ruler.after("text", "mark", _mark)
    parser.inline.ruler2.disable(["balance_pairs", "fragments_join"])
    parser.core.ruler.disable("text_join")
    return parser


def _marks(state: StateInline) -> dict[int, Mark | Close]:
    """The marks of this paragraph, found when it is asked for the first time."""
    env = state.env
    if env.get("paragraph") is not state:
        env["paragraph"] = state
        text, islands, form = state.src, env["cut"], env["form"]
        marks, closes = _places(text, islands, form), []
        for more, ends in _steps(text, islands, form, env["effort"]):
            marks += more
            closes += ends
        kept = nested(marks, closes)
        env["marks"] = {mark.start: mark for mark in kept}
        env["places"] = list(env["marks"])
    by_place: dict[int, Mark | Close] = env["marks"]
    return by_place


def _places(text: str, islands: Cut, form: Form) -> list[Mark]:
    marks = []
    if islands.islands:
        for match in re.finditer(f"[{PLACE}]", text):
            marks.append(Mark(start=match.start(), end=match.end(), kind="island", content=match[0]))
    if form == "lines" and "\n" in text:
        marks += [
            Mark(start=match.start(), end=match.end(), kind="hardbreak") for match in re.finditer("\n", text)
        ]
    return marks


def _steps(text: str, islands: Cut, form: Form, effort: Effort) -> Iterator[tuple[list[Mark], list[Close]]]:
    """Steps 4, 5 and 6, each where the text has a sign of it."""
    if form == "prose":
        if "*" in text or "_" in text:
            yield emphasis(text)
        if islands.islands and ("](" in text or "<" in text):
            yield with_links(text, islands)
    if _TEX.search(text):
        yield commands(text, islands, effort)
    if "<" in text:
        yield tags(text, islands)


def _words(state: StateInline, silent: bool) -> bool:
    """Words up to the next mark."""
    _marks(state)
    places = state.env["places"]
    number = bisect_left(places, state.pos)
    end = places[number] if number < len(places) else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _mark(state: StateInline, silent: bool) -> bool:
    mark = _marks(state).get(state.pos)
    if mark is None:
        return False
    if not silent:
        if isinstance(mark, Close):
            state.push(f"{mark.kind}_close", "", -1)
        elif mark.kind == "text":
            token = state.push("text", "", 0)
            token.content, token.meta = mark.content, {"shown": True}
        elif mark.kind == "naked":
            island = Island(
                kind="maths", source=" ".join(mark.content.split()), content=as_maths(mark.content)
            )
            state.push("maths", "", 0).meta = {"island": island, "naked": True}
        elif mark.kind == "island":
            island = state.env["cut"].island(mark.content)
            if island:
                state.push(island.kind, "", 0).meta = {"island": island}
        else:
            opens = mark.closer is not None
            token = state.push(f"{mark.kind}_open" if opens else mark.kind, "", 1 if opens else 0)
            token.content = mark.content
    state.pos = mark.end
    return True
