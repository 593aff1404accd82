"""Within step 5: maths whose dollars were forgotten. It is read where nothing else can be meant, and said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_IN_MATHS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789^_()[]|+-=/<>.,'*!:;{}")
_WORD = re.compile(r"\\(?:[A-Za-z]+|[,;:!|{}])")
_COMPOUND = re.compile(r"[-–][A-Za-z]{2,}|[,;:]$")
_COMPOUND_BEFORE = re.compile(r".*[A-Za-z]{2,}-|[A-Za-z]{3,}[:,;(]", re.DOTALL)
_OPEN, _SHUT = "([{", ")]}"
_QUOTIENT = re.compile(r"(?<=[\w)\]}|])\\(?:[NZQR]|P?[GS]L|S[OU])(?![A-Za-z])")
"""What is no command where it stands between letters: `SL(2,Z)\\SL(2,R)`, `G\\R`."""
_HYPHEN = re.compile(r"(?<=[A-Za-z]{2})-(?=[A-Za-z])|(?<=[A-Za-z])-(?=[A-Za-z]{2})")
_BEFORE, _AFTER = 40, 200
"""Characters before and after the sign that gives the formula away, within which it lies."""


@dataclass(slots=True)
class Effort:
    """What the search for such maths in a text may still cost, in characters looked at; what is not looked
    at stays as it was typed, and is said as any TeX that does."""

    left: int = 100_000


_READING = 200
"""What it costs to see whether a formula has a reading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph in which formulas are looked for."""

    text: str
    braces: Mapping[int, int]
    """Where each group that closes ends, by where it begins."""
    effort: Effort
    is_readable: Callable[[str], bool]
    """Whether a piece of LaTeX can be shown."""

    def can_show(self, latex: str, looked_at: int) -> bool:
        """The same, where the effort allows it; so many characters were looked at."""
        self.effort.left -= looked_at + _READING
        return self.effort.left > 0 and self.is_readable(latex)


def around_command(words: Paragraph, start: int, free: int) -> tuple[int, int] | None:
    """Where the formula around a command begins and ends: the signs of maths beside it, up to the blanks.
    None where they have no reading. What is before `free` was read already."""
    text, braces = words.text, words.braces
    if words.effort.left <= 0:
        return None
    begin = start
    while begin > free and start - begin < _BEFORE and text[begin - 1] in _IN_MATHS:
        begin -= 1
    end = start
    while end < len(text) and end - start < _AFTER:
        if text[end] == "{" and end in braces:
            end = braces[end] + 1
        elif text[end] == "\\" and (word := _WORD.match(text, end)):
            end = word.end()
        elif text[end] in _IN_MATHS and not _COMPOUND.match(text, end):
            end += 1
        else:
            break
    words.effort.left -= end - begin
    if _QUOTIENT.search(text, begin, end):
        return None
    if before := _COMPOUND_BEFORE.match(text[begin:start]):
        begin += before.end()
    begin, end = _balanced(text, begin, end)
    unread = begin < start and text[begin - 1 : begin] == "\\"
    if unread or begin > start or end <= start or not words.can_show(text[begin:end], 0):
        return None
    return begin, end


def has_command_near(text: str, at: int) -> bool:
    """Whether a command is so near that what stands there may be a part of its formula."""
    return text.find("\\", max(0, at - _BEFORE), at + _AFTER) >= 0


def _balanced(text: str, begin: int, end: int) -> tuple[int, int]:
    """A run of maths without the brackets and the punctuation that belong to the sentence around it."""
    while begin < end:
        run = text[begin:end]
        if run[-1] in ".,;:!'" or any(
            run[-1] == shut and run.count(shut) > run.count(open_)
            for open_, shut in zip(_OPEN, _SHUT, strict=True)
        ):
            end -= 1
        elif any(
            run[0] == open_ and run.count(open_) > run.count(shut)
            for open_, shut in zip(_OPEN, _SHUT, strict=True)
        ):
            begin += 1
        else:
            break
    return begin, end


def around_script(words: Paragraph, start: int, free: int) -> tuple[int, int] | None:
    """Where the symbol with a `_{...}` or `^{...}` begins and ends: `10^{-8}`, `YBa_2Cu_3O_{7-x}`. None
    where a name may be meant (`my_file_{i}`), or where it has no reading."""
    text, braces = words.text, words.braces
    if start + 1 not in braces or words.effort.left <= 0:
        return None
    begin = start
    while begin > free and start - begin < _BEFORE and text[begin - 1].isalnum():
        begin -= 1
        if begin > free and text[begin - 1] in "_^":
            if text[begin + 1].isalnum() and not _is_index(text, begin):
                return None
            begin -= 1
    if text[begin - 1 : begin] == "\\":  # a command's name, or an escaped mark
        return None
    end = start
    while end < len(text) and end - start < _AFTER:
        if text[end] in "_^" and end + 1 in braces:
            end = braces[end + 1] + 1
        elif text[end] in "_^" and text[end + 1 : end + 2].isalnum():
            if not _is_index(text, end + 1):
                return None
            end += 2
        elif text[end].isalnum():
            end += 1
        else:
            break
    typed = " ".join(text[begin:end].split())
    return (begin, end) if words.can_show(as_maths(typed), end - begin) else None


def _is_index(text: str, at: int) -> bool:
    """Whether the character there is a script by itself, and no word or number begins with it."""
    following = text[at + 1 : at + 2]
    return not (following.isdigit() or (following.isalpha() and not text[at].isdigit()))


def as_maths(typed: str) -> str:
    """The LaTeX of what was typed without dollars; where it has no command its letters stay upright."""
    return typed if "\\" in typed else rf"\mathrm{{{between_dollars(typed)}}}"


def between_dollars(typed: str) -> str:
    """The same as its author would write it between dollars: a hyphen between words is no minus."""
    return typed if "\\" in typed else _HYPHEN.sub(r"\\text{-}", typed)
