"""What of a department's templates nobody reads: a misspelt folder or file, a block that nothing shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from jinja2 import BaseLoader, Environment, TemplateSyntaxError, nodes

from announcer.domain.problem import Problem, Severity
from announcer.message.templates.files import HeldLoader

_BUILTIN = "builtin/"
_SUFFIXES = (".txt", ".html", ".css")


def unread(own: HeldLoader, builtin: HeldLoader) -> list[Problem]:
    """Warnings for templates of `own` that replace none of `builtin` and stand in no other one, and for
    blocks that the template which they extend does not have. What cannot be parsed is left to composing."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    known = {name: _source(builtin, environment, name) for name in builtin.list_templates()}
    mine = {
        name: _source(own, environment, name) for name in own.list_templates() if name.endswith(_SUFFIXES)
    }
    problems = [*_strays(mine, known), *_blocks(environment, mine, known)]
    return sorted(problems, key=lambda problem: (problem.path, problem.line))


def _source(loader: BaseLoader, environment: Environment, name: str) -> str:
    return loader.get_source(environment, name)[0]


def _strays(mine: Mapping[str, str], known: Mapping[str, str]) -> Iterator[Problem]:
    for name in mine:
        others = "\n".join(text for other, text in mine.items() if other != name)
        if name in known or name in others:
            continue
        near = get_close_matches(name, known, n=1, cutoff=0.7)
        yield _warning(
            name,
            "template-unread",
            "no mail is made with this template",
            f"rename it to templates/{near[0]}" if near else "give it the path of the one that it replaces",
        )


def _blocks(environment: Environment, mine: Mapping[str, str], known: Mapping[str, str]) -> Iterator[Problem]:
    for name, text in mine.items():
        tree = _parsed(environment, text)
        parent = _parent(tree) if tree else None
        if tree is None or parent is None:
            continue
        there = set(_all_blocks(environment, parent, mine, known))
        for block in (node for node in tree.body if isinstance(node, nodes.Block)):
            if there and block.name not in there:
                near = get_close_matches(block.name, there, n=1)
                line = text.split("\n")[block.lineno - 1]
                yield _warning(
                    name,
                    "template-block",
                    f"{parent} has no block {block.name}, so that nothing of this one is shown",
                    f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(there))}",
                    line=block.lineno,
                    column=max(line.find(block.name), 0) + 1,
                    excerpt=line,
                )


def _all_blocks(
    environment: Environment, name: str, mine: Mapping[str, str], known: Mapping[str, str]
) -> Iterator[str]:
    """The blocks of a template and of all that it extends."""
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        plain = name.removeprefix(_BUILTIN)
        text = known.get(plain) if name.startswith(_BUILTIN) else mine.get(plain, known.get(plain))
        tree = _parsed(environment, text) if text is not None else None
        if tree is None:
            return
        yield from (block.name for block in tree.find_all(nodes.Block))
        parent = _parent(tree) or ""
        # A built-in one's parent is a department's where that has replaced it.
        name = parent


def _parsed(environment: Environment, text: str) -> nodes.Template | None:
    try:
        return environment.parse(text)
    except TemplateSyntaxError:  # composing says where
        return None


def _parent(tree: nodes.Template) -> str | None:
    extends = next(tree.find_all(nodes.Extends), None)
    return str(extends.template.value) if extends and isinstance(extends.template, nodes.Const) else None


def _warning(
    name: str, code: str, message: str, hint: str, *, line: int = 1, column: int = 1, excerpt: str = ""
) -> Problem:
    return Problem(
        path=f"templates/{name}",
        line=line,
        column=column,
        severity=Severity.WARNING,
        code=code,
        message=message,
        hint=hint,
        excerpt=excerpt,
    )
