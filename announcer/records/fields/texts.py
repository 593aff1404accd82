"""Text as people write it: what of it was lost, what is unseen, what only says that it is to come."""

from __future__ import annotations

import re
import unicodedata

from announcer.languages.words import language_of
from announcer.records.fields.errors import FIELD, FaultyValueError
from announcer.records.yaml.decoding import strip_invisible
from announcer.records.yaml.line_faults import curly, quoted
from announcer.records.yaml.nodes import Scalar, Value

_COMMANDS = """
    alpha approx ast beta bar binom bigl bigr big bm boldsymbol bf theta text times tilde tau to tan tfrac nu
    nabla neq notin not natural varepsilon varphi vartheta vec vee frac forall flat rho rangle rightarrow
    right rm eta epsilon equiv ell exp emph exists Psi Phi Pi Lambda Nabla
"""
_ESCAPES = {"a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
            "P": "\u2029", "L": "\u2028", "N": "\x85"}  # fmt: skip
_TEX_NAMES = {_ESCAPES[name[0]] + name[1:]: name for name in _COMMANDS.split() if name[0] in _ESCAPES}
_TEX_ESCAPE = re.compile(
    "(?:" + "|".join(sorted(map(re.escape, _TEX_NAMES), key=len, reverse=True)) + ")(?![A-Za-z])"
)


IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
"""What may stand in keys, message ids and on the command line."""
LONGEST_PROSE = 20_000
"""Characters of an abstract: what is longer fits into no mail."""
LONGEST_LINE = 2_000
"""Characters of a title, a notice or another text of one line."""
ONLY_A_COMMENT = "only-a-comment"
"""The code of a value that is none: behind the colon of a field that takes no prose, a comment stands."""


def text_of(value: Value) -> str:
    """A scalar's text, without what people cannot see. Raises FaultyValueError for anything else."""
    if value is None:
        raise FaultyValueError(
            "missing-value", f'there is nothing after "{FIELD}:"', "write a value there, or delete the line"
        )
    if isinstance(value, str):
        return value
    if isinstance(value, Scalar):
        if value.lost is not None and not value.text:
            raise FaultyValueError(ONLY_A_COMMENT, "there is only a comment here", "write a value before it")
        return strip_invisible(value.text)
    if isinstance(value, dict) and value and language_of(str(next(iter(value)))):
        raise FaultyValueError(
            "wrong-shape", f"the {FIELD} is in one language", f"write {FIELD}: {_first(value)}"
        )
    raise FaultyValueError(
        "wrong-shape", _no_text(value), f"write the {FIELD} on one line: {FIELD}: text", quotable=True
    )


def _first(value: list[Value] | dict[str, Value]) -> str:
    """The first text in a list or among keys, as a hint has it."""
    inner = value.values() if isinstance(value, dict) else value
    text = next((scalar.text for scalar in inner if isinstance(scalar, Scalar)), "text")
    return text if len(text) <= 60 else text[:57] + "..."


def _no_text(value: Value) -> str:
    return f"the {FIELD} should be text, and it is {'a list' if isinstance(value, list) else 'a set of keys'}"


def short(value: Value, limit: int = 200) -> str:
    """A scalar's text of at most `limit` characters, for what is no prose. Raises FaultyValueError."""
    if isinstance(value, list | dict):
        raise FaultyValueError("wrong-shape", _no_text(value), f"write {FIELD}: {_first(value)}")
    text = text_of(value).strip()
    _not_longer(text, limit)
    return text


def _not_longer(text: str, limit: int) -> None:
    """Raises FaultyValueError where a text has more characters than that."""
    if len(text) > limit:
        raise FaultyValueError(
            "too-long",
            f"the {FIELD} has {len(text)} characters, which is too long for it",
            f"write at most {limit} characters",
        )


def not_lost(value: Value) -> None:
    """Raises FaultyValueError where YAML has dropped the end of a text, or all of it, as a comment."""
    if isinstance(value, Scalar) and value.lost is not None:
        raise FaultyValueError(
            "text-lost",
            'everything after " #" is ignored by YAML',
            f"put the {FIELD} in quotes: {quoted(value.text + value.rest)}",
            column=value.lost,
        )


def _prose(value: Value, limit: int) -> str:
    not_lost(value)
    text = text_of(value)
    _not_longer(text, limit)
    if isinstance(value, Scalar):
        if value.quote == '"' and (command := _TEX_ESCAPE.search(value.text)):
            raise FaultyValueError(
                "backslash",
                f"in double quotes YAML takes the backslash of \\{_TEX_NAMES[command[0]]} for an escape, and "
                "the formula is spoilt",
                "use single quotes instead, or begin the text on the next line after a |",
                about="\\" + _TEX_NAMES[command[0]],
            )
        if not value.quote and re.fullmatch(r"[“”„«‘‚].*[“”»’‘]", text):
            fault = curly(value.line, value.column, FIELD, text)
            raise FaultyValueError(fault.code, fault.message, fault.hint)
    return text


def read_prose(value: Value) -> str:
    """Text of several lines, its line ends kept. A mail of more than 40 KB is held by list servers."""
    return _prose(value, LONGEST_PROSE).strip("\n").rstrip()


def read_line(value: Value) -> str:
    """Text of one line: blanks and line ends in it become one blank."""
    return " ".join(_prose(value, LONGEST_LINE).split())


def identifier_like(text: str) -> str:
    """The nearest identifier: accents off, everything else that cannot be in one a hyphen."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._]+", "-", plain).strip("-._")[:80].lower()
