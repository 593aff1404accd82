"""Links that lead nowhere or in clear, and pictures that say nothing to those who do not see them."""

from __future__ import annotations

from collections import defaultdict

from announcer.message.html_pieces import Element, Text, enclosing, pieces
from announcer.preview.checks.finding import Check, CheckedLine, Examined, Grade
from announcer.service.wording import counted


def anchors(page: str) -> list[tuple[str, str]]:
    """The URL and the words of each link of a page; a picture's are its alternative text."""
    texts: dict[Element, str] = {}
    for piece in pieces(page):
        words = ""
        if isinstance(piece, Text):
            words = piece.text
        elif isinstance(piece, Element) and piece.tag == "img":
            words = piece.get("alt") or ""
        elif isinstance(piece, Element) and piece.tag == "a" and "href" in dict(piece.attributes):
            texts[piece] = ""
        for element in enclosing(piece) if words else ():
            if element in texts:
                texts[element] += words
    return [((anchor.get("href") or "").strip(), " ".join(words.split())) for anchor, words in texts.items()]


def links(examined: Examined) -> Check:
    """Every link, with what is wrong with it. None is opened."""
    pairs = anchors(examined.message.html or "")
    faults, items = [], []
    words: dict[str, set[str]] = defaultdict(set)
    for url, text in pairs:
        words[text.casefold()].add(url)
    for url, text in dict.fromkeys(pairs):
        fault = _fault(url, text)
        if not fault and len(words[text.casefold()]) > 1:
            fault = "the same words lead to different places"
        faults += [fault] if fault else []
        shown = f"{text or '(no words)'}: {url or '(nowhere)'}" + (f" ({fault})" if fault else "")
        items.append(CheckedLine(text=shown, url=url if url.startswith(("http://", "https://")) else None))
    number = len(pairs)
    if faults:
        says = f"{len(faults)} of {number} need{'s' * (len(faults) == 1)} a look: {faults[0]}"
        return Check(level=Grade.WARNING, name="Links", says=says, items=tuple(items))
    says = f"{counted(number, 'link')}, in good order"
    return Check(level=Grade.GOOD, name="Links", says=says if number else "no links", items=tuple(items))


def _fault(url: str, text: str) -> str | None:
    if url in ("", "#"):
        return "it leads nowhere"
    if not text:
        return "it has no words"
    if url.startswith("http://"):
        return "http: browsers warn of it"
    if not url.startswith(("https://", "mailto:", "tel:")):
        return "it is no web or mail address"
    return None


def images(examined: Examined) -> Check | None:
    """Every picture, whether it has words, and whether it is fetched; None where there is none."""
    page = pieces(examined.message.html or "")
    pictures = [piece for piece in page if isinstance(piece, Element) and piece.tag == "img"]
    if not pictures:
        return None
    bare = [piece for piece in pictures if piece.get("alt") is None]
    remote = [src for piece in pictures if (src := piece.get("src") or "").startswith(("http:", "https:"))]
    items = [CheckedLine(text=f"“{piece.get('alt')}”") for piece in pictures if piece.get("alt")]
    items += [
        CheckedLine(text=f"{src} is fetched by the reader's client, and not here", url=src) for src in remote
    ]
    count = counted(len(pictures), "picture")
    if bare:
        says = f"{len(bare)} of {count} without words for those who do not see it"
        return Check(level=Grade.WARNING, name="Pictures", says=says, items=tuple(items))
    says = f"{count}, each with words" + (f"; {len(remote)} from the network" if remote else "")
    return Check(level=Grade.NOTE if remote else Grade.GOOD, name="Pictures", says=says, items=tuple(items))
