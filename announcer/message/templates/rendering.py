"""Templates, first folder first, in a sandbox; a fault in one becomes a problem with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from announcer.domain.problem import Problem
from announcer.languages import saying
from announcer.languages.words import Words, english
from announcer.message import TemplateFaultError
from announcer.message.templates import bounds
from announcer.message.templates.files import HeldLoader, Stamps, stamps
from announcer.text.prose import shorten

_UNESCAPED = (".txt", ".css")


class Absence(str):
    """The sentence of an UndefinedError, with what was asked of what."""

    __slots__ = ("asked", "name")
    name: str
    asked: object


class _Absent(StrictUndefined):
    """A variable that there is not; any use of it fails, and says which names are near."""

    @property
    def _undefined_message(self) -> str:
        sentence = Absence(super()._undefined_message)
        sentence.name = str(self._undefined_name)
        sentence.asked = self._undefined_obj
        return sentence


class _Compiled(BytecodeCache):
    """What this process compiled: where one template was saved, the others need not be compiled anew.

    Kept on no disk: code from a folder that others can write to would be run.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled of the same text under the same name."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it. An afternoon of edits is forgotten at once rather than one by one."""
        if len(self._codes) >= _MOST_COMPILED:
            self._codes.clear()
        self._codes[bucket.key, bucket.checksum] = bucket.code


_MOST_COMPILED = 256
"""Templates: all of ours and many edits of them."""
_compiled = _Compiled()


@lru_cache(maxsize=8)
def _environment(
    folders: tuple[Path, ...], _: tuple[Stamps, ...]
) -> tuple[list[HeldLoader], bounds.BoundedEnvironment]:
    """Templates take longer to compile than a message takes, and are compiled anew where a file differs."""
    held = [HeldLoader(folder) for folder in folders]
    environment = bounds.BoundedEnvironment(
        loader=ChoiceLoader([*held, PrefixLoader({"builtin": held[-1]})]),
        undefined=_Absent,
        autoescape=lambda name: not (name or "").endswith(_UNESCAPED),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_compiled,
    )
    saying.install(environment)
    environment.filters["shorten"] = lambda text, width: shorten(str(text), width)
    return held, environment


class Templates:
    """The templates of some folders, as they are now; where two have the same path, the earlier folder's is
    taken.

    The last folder's are also there under `builtin/`, so that a file can extend what it replaces.
    """

    def __init__(self, folders: Sequence[Path], languages: Sequence[Words] = (english("en_US"),)) -> None:
        """`languages` are spoken where `render` is given none."""
        self._languages = languages
        self._folders = [folder.resolve() for folder in folders]
        self._held, self._environment = _environment(tuple(folders), tuple(map(stamps, folders)))

    def own(self) -> str:
        """The text of all templates that are not built in."""
        names = {name for held in self._held[:-1] for name in held.list_templates()}
        return "\n".join(self._held_text(name) for name in sorted(names))

    def _held_text(self, name: str) -> str:
        assert self._environment.loader is not None  # noqa: S101 - it was given one
        return self._environment.loader.get_source(self._environment, name)[0]

    def render(self, name: str, values: Mapping[str, object], languages: Sequence[Words] = ()) -> str:
        """The template of that path with these variables. Raises TemplateFaultError."""
        bounds.begin()
        try:
            with saying.speaking(languages or self._languages):
                return self._environment.get_template(name).render(values)
        except TemplateFaultError:
            raise
        except Exception as error:
            # Not a list of what a template can raise: there was always one more.
            raise TemplateFaultError(self._problem(name, error, values)) from error

    def _problem(self, name: str, error: Exception, values: Mapping[str, object]) -> Problem:
        if isinstance(error, TemplateNotFound):
            return _problem(
                f"templates/{name}",
                code="template-missing",
                message=f"there is no template {error.name}",
                hint="correct the path behind extends, include or import; it begins at the templates folder",
            )
        if isinstance(error, TemplateSyntaxError):
            path = self._path(error.filename or "") or f"templates/{error.name or name}"
            return _problem(
                path,
                line=error.lineno,
                excerpt=self._line(error.filename, error.lineno),
                code="template-syntax",
                message=f"the template cannot be read: {error.message or 'a syntax error'}",
                hint="check that each {{ has its }}, each {% its %} and each block its end",
            )
        file, line = self._where(error.__traceback__)
        path = (self._path(file) if file else None) or f"templates/{name}"
        place: dict[str, Any] = {"line": line, "excerpt": self._line(file, line)}
        if isinstance(error, UndefinedError) and error.args and isinstance(error.args[0], Absence):
            return _absent(path, place, error.args[0], values)
        if isinstance(error, SecurityError):
            return _problem(
                path,
                **place,
                code="template-unsafe",
                message=f"the template does what is not allowed: {error.message}",
                hint="a template may read the variables it gets, and nothing else",
            )
        if isinstance(error, bounds.TooMuchError | RecursionError | MemoryError | SyntaxError):
            is_deep = isinstance(error, RecursionError | SyntaxError)
            why = "it is nested too deeply" if is_deep else "this builds more than any mail can hold"
            return _problem(
                path,
                **place,
                code="template-too-much",
                message=f"the template failed: {why}",
                hint="make it simpler: a mail has at most 40 KB",
            )
        return _problem(
            path,
            **place,
            code="template-failed",
            message=f"the template failed: {str(error) or type(error).__name__}",
            hint="correct this line; `announcer show --context` prints what the template gets",
        )

    def _where(self, trace: TracebackType | None) -> tuple[str | None, int]:
        """The innermost template file and line that the error passed."""
        file, line = None, 1
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if self._path(name):
                file, line = name, trace.tb_lineno
            trace = trace.tb_next
        return file, line

    def _path(self, file: str) -> str | None:
        for folder in self._folders:
            if file and Path(file).is_relative_to(folder):
                return f"templates/{Path(file).relative_to(folder).as_posix()}"
        return None

    def _line(self, file: str | None, line: int) -> str:
        if not file or not self._path(file):
            return ""
        lines = Path(file).read_text(encoding="utf-8", errors="replace").split("\n")
        return lines[line - 1] if 0 < line <= len(lines) else ""


def _absent(path: str, place: dict[str, Any], absence: Absence, values: Mapping[str, object]) -> Problem:
    owner = absence.asked
    if owner is missing:
        known, whole = list(values), absence.name
    else:
        known = [field.name for field in fields(owner)] if is_dataclass(owner) else []
        whole = f"{type(owner).__name__.removesuffix('View').lower()}.{absence.name}"
        if owner is None:
            return _problem(
                path,
                **place,
                code="template-variable",
                message=f"{absence.name} is asked of something that this message does not have",
                hint="put {% if ... %} around it: what a talk lacks is none",
            )
    near = get_close_matches(absence.name, known, n=1, cutoff=0.5)
    return _problem(
        path,
        **place,
        code="template-variable",
        message=f"there is no variable {whole}",
        hint=f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(known)) or 'none'}",
        name=absence.name,
    )


def _problem(
    path: str, *, code: str, message: str, hint: str, line: int = 1, excerpt: str = "", name: str = ""
) -> Problem:
    column = excerpt.find(name) + 1 if name and name in excerpt else len(excerpt) - len(excerpt.lstrip()) + 1
    return Problem(
        path=path, line=line, column=column, code=code, message=message, hint=hint, excerpt=excerpt
    )
