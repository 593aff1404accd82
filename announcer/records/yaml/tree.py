"""YAML text -> a tree of texts, lists and mappings that remember their place; nothing is interpreted."""

from __future__ import annotations

from typing import Any

from announcer.domain.errors import ProblemsError
from announcer.domain.problem import Problem
from announcer.records.yaml.files import CONFIG
from announcer.records.yaml.nodes import Mapping, Node, Scalar, Sequence
from announcer.records.yaml.source import OR_A_PASSCODE, SECRET_KEY, TAKE_IT_OUT, FileText
from announcer.records.yaml.syntax import explain, explain_start

ENOUGH = 100
"""Faults of form that are told of one file at once."""
DEPTH = 12
"""Mappings and lists within each other, at most: a talk needs four."""


def read_tree(source: FileText) -> tuple[Mapping | None, list[Problem]]:
    """The file's top mapping, None where YAML cannot be read, and the problems of its form."""
    import yaml

    problems: list[Problem] = []
    try:
        root = _Composer(source, problems).document()
    except yaml.MarkedYAMLError as error:
        better = _second_opinion(source, error)
        return None, [better.problems[0] if isinstance(better, ProblemsError) else explain(source, better)]
    except ProblemsError as error:
        return None, [*error.problems]
    if isinstance(root, Mapping):
        return root, problems
    if isinstance(root, Scalar) and not root.text.strip():
        return None, [_empty(source)]
    if isinstance(root, Sequence):
        return None, [*problems, _a_list(source, root)]
    return None, [*problems, explain_start(source, root.line, root.column)]


def _second_opinion(source: FileText, error: Exception) -> Exception:
    """The same error from the pure Python parser, whose marks are better than the C one's.

    Its work grows with the square of the depth, so it reads no deeper than a file may be.
    """
    import yaml

    class Shallow(yaml.BaseLoader):
        def fetch_more_tokens(self) -> Any:
            if self.flow_level + len(self.indents) > DEPTH + 1:
                raise _too_deep(source, self.tokens[-1].start_mark if self.tokens else self.get_mark())
            return super().fetch_more_tokens()

    try:
        for _ in yaml.parse(source.text[:60_000], Loader=Shallow):
            pass
    except (yaml.MarkedYAMLError, ProblemsError) as better:
        return better
    return error


def _too_deep(source: FileText, mark: Any) -> ProblemsError:
    return ProblemsError(
        source.problem(
            "too-deep",
            "there are too many levels of brackets or indentation here",
            "put the value in quotes if it begins with [ or {; else compare with an example talk",
            line=mark.line,
            column=mark.column,
        )
    )


class _Composer:
    """Builds the tree from the parser's events: no tags, no anchors, bounded depth, no recursion in C."""

    def __init__(self, source: FileText, problems: list[Problem]) -> None:
        import yaml

        self.source = source
        self.problems = problems
        self.yaml = yaml
        self.next = (yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader)(source.text).get_event

    def document(self) -> Node:
        root: Node | None = None
        while not isinstance(event := self.next(), self.yaml.StreamEndEvent):
            if isinstance(event, self.yaml.DocumentStartEvent) and root is not None:
                raise self._fault(
                    event.start_mark,
                    "two-documents",
                    'a line "---" begins a second document here, and one file holds one talk',
                    "delete this line, or move what follows it into a file of its own",
                )
            if isinstance(event, self.yaml.NodeEvent):
                root = self._node(event, 0)
        if root is None:
            raise ProblemsError(_empty(self.source))
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if event.anchor or event.tag:  # an alias has an anchor
            raise ProblemsError(explain_start(self.source, event.start_mark.line, event.start_mark.column))
        if depth > DEPTH:
            raise _too_deep(self.source, event.start_mark)
        if isinstance(event, self.yaml.ScalarEvent):
            return self._scalar(event)
        mark = event.start_mark
        if isinstance(event, self.yaml.SequenceStartEvent):
            sequence = Sequence(line=mark.line, column=mark.column)
            while not isinstance(item := self.next(), self.yaml.SequenceEndEvent):
                sequence.items.append(self._node(item, depth + 1))
            return sequence
        mapping = Mapping(line=mark.line, column=mark.column)
        while not isinstance(item := self.next(), self.yaml.MappingEndEvent):
            key = self._node(item, depth + 1)
            self._add(mapping, key, self._node(self.next(), depth + 1))
        return mapping

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        at, quote, lost, rest = end.line, (event.style or "").strip(), None, ""
        if not quote and at < len(self.source.lines):
            rest = self.source.lines[at][end.column :]
            lost = end.column + 1 if rest.startswith(" #") else None
        return Scalar(
            text=event.value,
            line=start.line,
            column=start.column,
            quote=quote,
            lost=lost,
            rest=rest if lost else "",
            end_line=at,
        )

    def _add(self, mapping: Mapping, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            raise ProblemsError(explain_start(self.source, key.line, key.column))
        if SECRET_KEY.fullmatch(f"{key.text}: x") and not key.text.endswith(("_file", "_command")):
            self.problems.append(self._secret(key))
            return
        first = mapping.entries.get(key.text)
        if first is None:
            mapping.entries[key.text] = (key, value)
            return
        if len(self.problems) >= ENOUGH:
            return
        self.problems.append(
            self.source.problem(
                "duplicate-key",
                f'"{key.text}" stands here and on line {first[0].line + 1}; YAML would keep the last alone',
                "delete one of the two lines",
                line=key.line,
                column=key.column,
            )
        )

    def _secret(self, key: Scalar) -> Problem:
        return self.source.problem(
            "secret-in-file",
            f'a password has no place in a file that people read and copy: "{key.text}"',
            TAKE_IT_OUT if self.source.path == CONFIG else OR_A_PASSCODE,
            line=key.line,
            column=key.column,
        )

    def _fault(self, mark: Any, code: str, message: str, hint: str) -> ProblemsError:
        return ProblemsError(self.source.problem(code, message, hint, line=mark.line, column=mark.column))


def _a_list(source: FileText, root: Sequence) -> Problem:
    return source.problem(
        "wrong-shape",
        "the file begins with a hyphen or a bracket, which makes all of it a list",
        "delete the hyphens, and write one talk in one file: each field at the margin, like date: 2026-12-02",
        line=root.line,
        column=root.column,
    )


def _empty(source: FileText) -> Problem:
    return source.problem(
        "empty-file",
        "there is nothing in the file, or only comments",
        "write the talk into it, starting with a line like date: 2026-12-02, or delete the file"
        if source.path != CONFIG
        else "copy the one that announcer init writes into an empty folder, and change it",
        line=0,
        column=0,
    )
