"""What a template may build: an environment whose expressions, loops and calls cost, up to a bound."""

from __future__ import annotations

import re
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, Sized, ValuesView
from contextvars import ContextVar
from functools import wraps
from itertools import islice
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

from announcer.languages.saying import FORMATTING

LARGEST = 1_000_000
"""Characters of one text, or items of one list; a mail has at most 40 KB."""
WORK = 4_000_000
"""What one rendering may do altogether: characters written, items gone through."""
_LONGEST_NUMBER = 4096
"""Bits."""
_TURN = 16
"""What a turn of a loop or a call costs."""
_WIDE = re.compile(r"%(?:\([^()]*\))?[^a-zA-Z%(]*(?:\d{5}|\*)|%\([^()]*\(|\{[^{}]*(?:\d{5}|\{)")
"""A field of a format string that is as wide as somebody says, or wider than any mail; or a name in brackets
that has brackets itself, which no variable has."""
_light: set[type] = set()
"""The types of what is no text, number or container, as they are met: a record is as good as nothing."""
_METHODS = (MethodType, BuiltinMethodType)
_TEXTS = (str, bytes)
_CONTAINERS = (list, tuple, set, frozenset)
_CHANCE = ("random", "lipsum")
"""A preview would not be what is sent."""


class TooMuchError(Exception):
    """A template wants to build more than a mail can hold."""


class _Budget:
    """What is left of one rendering's work."""

    def __init__(self) -> None:
        self.left = WORK

    def spend(self, amount: int) -> None:
        """Raises TooMuchError where it is used up."""
        self.left -= amount
        if self.left < 0:
            raise TooMuchError


_budget: ContextVar[_Budget] = ContextVar("budget")


def begin() -> None:
    """Gives the rendering that follows its budget."""
    _budget.set(_Budget())


def _weighed(value: Any) -> Any:
    """What is compared, which takes as long as it is."""
    _budget.get().spend(_bearable(value))
    return value


class _Generator(CodeGenerator):
    """Writes `a ~ b` as a bounded joining."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.joined(context.eval_ctx, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        if node.ctx == "load":
            self._weighed(super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        self._weighed(super().visit_List, node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self._weighed(super().visit_Dict, node, frame)

    def _weighed(self, visit: Callable[..., None], node: nodes.Expr, frame: Frame) -> None:
        """A pair of a pair of itself soon is larger than any memory: it is weighed as it is made."""
        self.write("environment.weighed(")
        visit(node, frame)
        self.write(")")


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which `'x' * 99999999999` is refused and not tried."""

    code_generator_class = _Generator
    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=_written, **options)
        self._safe: dict[tuple[type, str], bool] = {}
        for name in _CHANCE:
            self.filters.pop(name, None)
            self.globals.pop(name, None)
        self.filters = {name: _bounded(function) for name, function in self.filters.items()}
        self.tests = {name: _bounded(function) for name, function in dict[str, Any](self.tests).items()}
        self.filters |= {"_counted": _counted, "_turn": _turn, "_weighed": _weighed}

    def _generate(self, source: nodes.Template, *rest: Any, **options: Any) -> str:
        for loop in source.find_all(nodes.For):
            loop.iter = _call(loop.iter, "_counted")
        for comparison in source.find_all(nodes.Compare):
            for operand in comparison.ops:
                operand.expr = _call(operand.expr, "_weighed")
        for body in source.find_all((nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)):
            _charge(body)  # type: ignore[arg-type]
        _charge(source)
        return super()._generate(source, *rest, **options)

    weighed = staticmethod(_weighed)

    def joined(self, context: EvalContext, parts: tuple[object, ...]) -> str:
        """`a ~ b`."""
        size = sum(map(_weight, parts))
        if size > LARGEST:
            raise TooMuchError
        _budget.get().spend(size)
        return (markup_join if context.autoescape else str_join)(parts)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """A call within a template, with what it may cost."""
        if __obj in FORMATTING:
            return _spoken(__obj, __context, args, kwargs)
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, str):
            args = tuple(_at_hand(argument) for argument in args)
        _check(owner if isinstance(owner, str) else None, [*args, *kwargs.values()])
        return super().call(__context, __obj, *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have it, found out once for a type."""
        asked = type(obj), attr
        if asked not in self._safe:
            self._safe[asked] = super().is_safe_attribute(obj, attr, value)
        return self._safe[asked]

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """A text's own method `format`, where no field of it is too wide."""
        if not isinstance(value, _METHODS):
            return None
        owner = getattr(value, "__self__", None)
        if isinstance(owner, str) and value.__name__ in ("format", "format_map") and _WIDE.search(owner):
            raise TooMuchError
        format_ = super().wrap_str_format(value)
        if format_ is None:
            return None

        def bounded(*args: Any, **kwargs: Any) -> str:
            _check(owner, [*args, *kwargs.values()])
            return format_(*args, **kwargs)

        return bounded

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """An operation whose result may be larger than both of its sides."""
        if operator == "+":
            if _weight(left) + _weight(right) > LARGEST:
                raise TooMuchError
        elif operator == "%":
            _check(left, [right])
            if isinstance(left, str) and _WIDE.search(left):
                raise TooMuchError
        elif isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length() * (abs(right) if operator == "**" else 1) + right.bit_length()
            if bits > _LONGEST_NUMBER:
                raise TooMuchError
        elif operator == "*":
            amount = next((side for side in (left, right) if isinstance(side, int)), 1)
            if max(_weight(left), _weight(right)) * max(amount, 1) > LARGEST:
                raise TooMuchError
        return super().call_binop(context, operator, left, right)


def _spoken(function: Any, context: Context, messages: tuple[Any, ...], variables: dict[str, Any]) -> Any:
    """What `{{ _("Join %(name)s", name=...) }}` and `{% trans %}` say."""
    variables.pop("_loop_vars", None)
    variables.pop("_block_vars", None)
    for message in messages:
        if variables and isinstance(message, str) and _WIDE.search(message):
            raise TooMuchError
        _check(message, variables.values())
    return function(context, *messages, **variables)


def _written(value: object) -> object:
    """What `{{ }}` writes."""
    _budget.get().spend(_bearable(value))
    return value


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, with what it may cost; `attr` and its like keep what Jinja notes of them."""
    skipped = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        args = tuple(_at_hand(argument) for argument in args)
        value, rest = args[skipped] if len(args) > skipped else None, args[skipped + 1 :]
        _check(value, [*rest, *kwargs.values()])
        if function.__name__ == "do_format" and _WIDE.search(str(value)):
            raise TooMuchError
        return function(*args, **kwargs)

    return bounded


def _at_hand(value: object) -> object:
    """What a generator or a range gives, made and counted: in itself it has no length."""
    if not isinstance(value, Iterator | range | KeysView | ValuesView | ItemsView):
        return value
    made = list(islice(value, LARGEST + 1))
    if len(made) > LARGEST:
        raise TooMuchError
    return made


def _check(value: object, arguments: Iterable[object]) -> None:
    """Raises TooMuchError where a function could make too much of a value with these arguments."""
    size = _bearable(value)
    cost = size + _TURN
    for argument in arguments:
        times = abs(argument) if isinstance(argument, int) else _bearable(argument)
        if times > LARGEST or (size + 1) * (times + 1) > 16 * LARGEST:
            raise TooMuchError
        cost += times
    _budget.get().spend(cost)


def _bearable(value: object) -> int:
    """Its weight. Raises TooMuchError where it would be too long as text."""
    weight = _weight(value)
    if weight > LARGEST:
        raise TooMuchError
    return weight


def _weight(value: object, left: int = LARGEST) -> int:
    """About how many characters it would be as text; more than `left` where it is more than that."""
    if isinstance(value, _TEXTS):
        return len(value)
    if isinstance(value, int):
        return 1 + value.bit_length() // 3
    if type(value) in _light:
        return _TURN
    if hasattr(value, "__html__"):
        return len(str(value)) + len(value.__html__())
    if not isinstance(value, _CONTAINERS):
        if not isinstance(value, Mapping):
            _light.add(type(value))
            return _TURN
        value = [*value.keys(), *value.values()]
    total = len(value)
    for item in value:
        if total > left:
            break
        total += _weight(item, left - total)
    return total


@pass_context
def _counted(_: Context, value: Any) -> Any:
    """What a loop goes through, counted before it begins."""
    if not isinstance(value, Sized):
        # A generator has no length: one item more than there may be tells that it is too long.
        value = list(islice(value, LARGEST + 1))
    if len(value) > LARGEST:
        raise TooMuchError
    _budget.get().spend(len(value))
    return value


@pass_context
def _turn(_: Context, cost: int) -> str:
    """One turn of a loop, or one call of a macro."""
    _budget.get().spend(cost)
    return ""


def _charge(body: nodes.For | nodes.Macro | nodes.Block | nodes.CallBlock | nodes.Template) -> None:
    """Lets each turn of a body pay for the words that stand in it."""
    words = sum(len(data.data) for data in body.find_all(nodes.TemplateData))
    paying = nodes.ExprStmt(
        _call(nodes.Const(_TURN + words, lineno=body.lineno or 1), "_turn"), lineno=body.lineno or 1
    )
    paying.set_environment(body.environment)  # type: ignore[arg-type]
    body.body.insert(0, paying)


def _call(value: nodes.Node, name: str) -> nodes.Filter:
    made = nodes.Filter(value, name, [], [], None, None, lineno=value.lineno or 1)
    made.set_environment(value.environment)  # type: ignore[arg-type]
    return made
