"""Step 5 of reading: TeX outside maths. Accents, dashes, quotation marks, spaces, and commands for words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

from announcer.text.formulas import MATHS, render_maths
from announcer.text.islands import PLACE, Cut
from announcer.text.macros import groups_of
from announcer.text.marks import Close, Mark
from announcer.text.naked import Effort, Paragraph, around_command, around_script, has_command_near
from announcer.text.prose import NO_BREAK
from announcer.text.symbols import DECLARATIONS

_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
}  # fmt: skip
_LETTER = r"\\?[A-Za-z]"
_ACCENT = re.compile(
    rf"\{{?\\(?:(?P<sign>[`'^~=.\"])[ ]?(?:\{{(?P<a>{_LETTER})\}}|(?P<b>[A-Za-z]|\\[ij](?![A-Za-z])\s?))"
    rf"|(?P<name>[uvHcdbrk])(?:[ ]?\{{(?P<c>{_LETTER})\}}|\s(?P<d>[A-Za-z]))"
    r"|(?P<letter>ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|[oOlLij])(?:\{\}|(?![A-Za-z])[ ]?))"
)

_PAIRS = {
    "emph": "em", "textit": "em", "textsl": "em", "textbf": "strong", "texttt": "code", "underline": "em",
    "textsc": "plain", "textrm": "plain", "textup": "plain", "textsf": "plain", "text": "plain",
    "textnormal": "plain", "mbox": "plain", "hbox": "plain", "textmd": "plain", "uline": "em",
    "textsuperscript": "sup", "textsubscript": "sub", "enquote": "quote", "title": "plain",
    "textcolor": "plain",
}  # fmt: skip
_DECLARED = {
    "it": "em", "em": "em", "sl": "em", "itshape": "em", "bf": "strong", "bfseries": "strong", "tt": "code",
    "ttfamily": "code", "sc": "plain", "rm": "plain", "sf": "plain", "small": "plain", "large": "plain",
}  # fmt: skip
_WORDS = {
    "ldots": "…", "dots": "…", "textellipsis": "…", "LaTeX": "LaTeX", "TeX": "TeX", "textendash": "–",
    "textemdash": "—", "textdegree": "°", "degree": "°", "copyright": "©", "textcopyright": "©", "S": "§",
    "P": "¶", "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "dag": "†", "ddag": "‡",
    "textasciitilde": "~", "textbackslash": "\\", "textasciicircum": "^", "textunderscore": "_",
    "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’",
    "lq": "‘", "rq": "’", "guillemotleft": "«", "guillemotright": "»", "og": "« ", "fg": " »",
    "textbullet": "•", "textmu": "µ", "textregistered": "®", "texttrademark": "™", "textperiodcentered": "·",
    "quad": " ", "qquad": " ", "enspace": " ", "space": " ", "thinspace": NO_BREAK, "noindent": "",
    "centering": "", "indent": "", "smallskip": "", "medskip": "", "bigskip": "", "xspace": "", "relax": "",
    "nobreak": "", "maketitle": "", "textless": "<", "textgreater": ">", "textbar": "|", "slash": "/",
}  # fmt: skip
_BREAKS = frozenset(["newline", "linebreak"])
_SPACES = {
    ",": NO_BREAK,
    ";": " ",
    ":": " ",
    ">": " ",
    " ": " ",
    "\n": " ",
    "!": "",
    "/": "",
    "-": "",
    "@": "",
}
_ESCAPED = frozenset("%&_#${}*`<|+")
_COMMAND = re.compile(
    r"\\(?P<name>[A-Za-z]+)\*?|\\(?P<sign>.)|(?P<open>\{)(?=\\)|(?P<tilde>~)|(?P<dash>-{2,})|(?P<ticks>`+)"
    r"|(?P<quote>'{2,3}|\")|(?P<script>[_^])(?=\{)",
    re.DOTALL,
)
_HREF = re.compile(rf"\\href\s*\{{\s*(?P<place>[{PLACE}])\s*\}}\s*\{{")
_PLAIN_WORD = re.compile(r"(?:^|[^\w\\])[^\W\d_]{2,}[,;:!?]?$")
_PATH = re.compile(r"[A-Za-z]:$")


def accent_at(text: str, at: int) -> tuple[str, int] | None:
    """The accented letter that LaTeX writes at that place (`\\"o`, `{\\'e}`, `\\c{c}`, `\\ss`), and where
    the text goes on; None where there is none."""
    match = _ACCENT.match(text, at)
    if match is None:
        return None
    end = match.end()
    if match[0].startswith("{"):
        if text[end : end + 1] != "}":
            return None
        end += 1
    if match["letter"]:
        return _LETTERS[match["letter"]], end
    base = next(match[group] for group in "abcd" if match[group]).strip("\\ \n")
    return unicodedata.normalize("NFC", base + _MARKS[match["sign"] or match["name"]]), end


def commands(text: str, cut: Cut, effort: Effort) -> tuple[list[Mark], list[Close]]:
    """What TeX means in the words of a paragraph."""
    return _Scanner(text, cut, effort).read()


def _is_readable(latex: str) -> bool:
    return render_maths(latex) is not None


class _Scanner:
    """One walk over a paragraph, from each sign to the next."""

    def __init__(self, text: str, cut: Cut, effort: Effort) -> None:
        self.text, self.cut = text, cut
        self.marks: list[Mark] = []
        self.closes: list[Close] = []
        self.braces = {at: end - 1 for at, end in groups_of(text).items()} if "{" in text else {}
        self.words = Paragraph(text=text, braces=self.braces, effort=effort, is_readable=_is_readable)
        self.singles = [
            match.start() for match in re.finditer(r"(?<=[^\s`])['’](?![\w'])", text)
        ] if "`" in text else []  # fmt: skip
        self.single = self.free = 0
        self.quoting = False
        self.last = text.rfind("''")

    def read(self) -> tuple[list[Mark], list[Close]]:
        """The marks, in their order."""
        at = 0
        while match := _COMMAND.search(self.text, at):
            done = self._read_sign(match)
            self.free = done or self.free
            at = max(match.end(), done)
        return self.marks, self.closes

    def _shown(self, start: int, end: int, words: str) -> int:
        self.marks.append(Mark(start=start, end=end, kind="text", content=words))
        return end

    def _break(self, start: int, end: int) -> int:
        while end < len(self.text) and self.text[end] in " \n":
            end += 1
        self.marks.append(Mark(start=start, end=end, kind="hardbreak"))
        return end

    def _read_sign(self, match: re.Match[str]) -> int:
        """Reads one sign; where the text goes on, or 0 where it is only text."""
        start, end = match.span()
        if match["name"] or match["sign"] or match["open"]:
            accent = accent_at(self.text, start)
            if accent:
                return self._shown(start, accent[1], accent[0])
            if match["open"]:
                return self._declared(start)
            return self._named(match) if match["name"] else self._sign(match)
        if match["tilde"]:
            before, after = self.text[start - 1 : start], self.text[end : end + 1]
            between = before.strip() and after.strip() and "~" not in (before, after)
            return self._shown(start, end, NO_BREAK) if between and start else 0
        if match["dash"]:
            return self._dash(start, end)
        if match["script"]:
            return self._script(start)
        return self._ticks(start, end) if match["ticks"] else self._quote(start, match["quote"])

    def _sign(self, match: re.Match[str]) -> int:
        start, end, sign = match.start(), match.end(), match["sign"]
        after = self.text[end : end + 1]
        if sign == "\\":
            space = re.compile(r"\*?(?:\[[^\]\n]{0,20}\])?(?=\s|$)").match(self.text, end)
            return self._break(start, space.end()) if space else 0
        if sign in _ESCAPED:
            return self._shown(start, end, sign)
        if sign not in _SPACES:
            return 0
        if sign == "\n" and _PLAIN_WORD.search(self.text[max(0, start - 20) : start]):
            return self._break(start, end)  # Markdown's; behind `i.e.` or `\LaTeX` it is TeX's blank
        if sign == "\n" or (sign == " " and after == " "):
            return self._shown(start, end, " ")
        if sign in "-/@" and not (self.text[start - 1 : start].isalnum() or sign == "@"):
            return 0
        return self._shown(start, end, _SPACES[sign])

    def _named(self, match: re.Match[str]) -> int:
        name, start, end = match["name"], match.start(), match.end()
        group = re.compile(r"\s*\{").match(self.text, end)
        if name == "href":
            return self._link(start)
        if name == "textcolor" and group and group.end() - 1 in self.braces:  # its words, in no colour
            group = re.compile(r"\s*\{").match(self.text, self.braces[group.end() - 1] + 1)
        if name in _PAIRS and group:
            return self._pair(start, group.end(), group.end() - 1, _PAIRS[name])
        if name in _WORDS and not _PATH.search(self.text[max(0, start - 2) : start]):
            empty = self.text.startswith("{}", end)
            return self._shown(start, end + 2 * empty, _WORDS[name])
        if name in _BREAKS:
            return self._break(start, end)
        if name in ("hspace", "vspace") and group and group.end() - 1 in self.braces:
            return self._shown(start, self.braces[group.end() - 1] + 1, " " if name[0] == "h" else "")
        return (
            self._naked(start)
            if name in MATHS and not _PATH.search(self.text[max(0, start - 2) : start])
            else 0
        )

    def _naked(self, start: int) -> int:
        """Maths whose dollars were forgotten."""
        return self._marked(around_command(self.words, start, self.free))

    def _script(self, start: int) -> int:
        """A script in braces; with a command beside it, it is a part of that one's formula."""
        place = around_command(self.words, start, self.free) if has_command_near(self.text, start) else None
        if place is None or "\\" not in self.text[slice(*place)]:
            place = around_script(self.words, start, self.free)
        return self._marked(place)

    def _marked(self, place: tuple[int, int] | None) -> int:
        if place is None:
            return 0
        begin, end = place
        self.marks.append(Mark(start=begin, end=end, kind="naked", content=self.text[begin:end]))
        return end

    def _pair(self, start: int, end: int, brace: int, kind: str) -> int:
        closer = self.braces.get(brace)
        if closer is None:
            return 0
        self.marks.append(Mark(start=start, end=end, kind=kind, closer=closer))
        self.closes.append(Close(start=closer, end=closer + 1, kind=kind))
        return end

    def _declared(self, start: int) -> int:
        """`{\\it ...}`."""
        match = re.compile(r"\{\\([a-z]+)(?![A-Za-z])[ \n]*").match(self.text, start)
        if match and match[1] in DECLARATIONS and start in self.braces and match[1] not in _DECLARED:
            return self._naked(start)
        if match is None or match[1] not in _DECLARED:
            return 0
        return self._pair(start, match.end(), start, _DECLARED[match[1]])

    def _link(self, start: int) -> int:
        match = _HREF.match(self.text, start)
        closer = self.braces.get(match.end() - 1) if match else None
        if match is None or closer is None:
            return 0
        island = self.cut.island(match["place"])
        target = island.content if island else ""
        self.marks.append(Mark(start=start, end=match.end(), kind="link", content=target, closer=closer))
        self.closes.append(Close(start=closer, end=closer + 1, kind="link"))
        return match.end()

    def _dash(self, start: int, end: int) -> int:
        before, after = self.text[start - 1 : start] if start else "", self.text[end : end + 1]
        option = not before.strip() and after.isalpha()
        alone = before in ("", "\n") and after in ("", "\n")
        other = before in ("/", "=", "\\", "<", "!", "-") or after in (">", "!")
        if end - start > 3 or option or alone or (before and other):
            return 0
        return self._shown(start, end, "–" if end - start == 2 else "—")

    def _ticks(self, start: int, end: int) -> int:
        after, count = self.text[end : end + 1], end - start
        if not after.strip() or count > 3 or (count == 3 and self.last < end):
            if count == 2 and self.quoting:  # ``so closed``
                self.quoting = False
                return self._shown(start, end, "”")
            return 0
        if count == 1:
            return self._shown(start, end, "‘") if self._is_quoted(start) else 0
        if self.quoting and count == 2 and self.text[start - 1 : start].strip():
            self.quoting = False
            return self._shown(start, end, "”")
        self.quoting = True
        return self._shown(start, end, "“" + "‘" * (count - 2))

    def _is_quoted(self, start: int) -> bool:
        """Whether a single backtick meets an apostrophe, and begins a word; that is then a closing mark."""
        before = self.text[start - 1 : start] if start else ""
        self.single = max(self.single, bisect_left(self.singles, start))
        if before.isalnum() or self.single == len(self.singles):
            return False
        place = self.singles[self.single]
        self.single += 1
        self.marks.append(Mark(start=place, end=place + 1, kind="text", content="’"))
        return True

    def _quote(self, start: int, quote: str) -> int:
        if not self.quoting or (quote == '"' and not self.text[start - 1 : start].strip()):
            return 0
        self.quoting = False
        return self._shown(start, start + len(quote), {"'''": "’”"}.get(quote, "”"))
