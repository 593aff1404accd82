"""gettext in templates: `{{ _("When") }}` and `{% trans %}`, in the language or languages of a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import escape

from announcer.languages.both import Both, both, each_of, first_alone, htmls_of, is_first_alone
from announcer.languages.words import Words

_BESIDE = " / "
"""Between labels of two languages."""
_WIDE_COLON = "："
"""It has its blank within (JIS X 4051)."""
_speaking: ContextVar[Sequence[Words]] = ContextVar("speaking")


@contextmanager
def speaking(words: Sequence[Words]) -> Iterator[None]:
    """The languages of the rendering within."""
    token = _speaking.set(words)
    try:
        yield
    finally:
        _speaking.reset(token)


def install(environment: Environment) -> None:
    """Gives templates the functions; the extension's `{% trans %}` calls them, too."""
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    functions = {
        "column": column,
        "in_first_language": _in_first_language,
        "_": _gettext,
        "gettext": _gettext,
        "pgettext": _pgettext,
        "ngettext": _ngettext,
    }
    environment.globals |= functions
    environment.filters |= {
        "colon": _colon,
        "column": _column,
        "in_turn": _in_turn,
        "listed": _listed,
        "mainly": _mainly,
        "sentence": _sentence,
        "stopped": _stopped,
    }


@pass_context
def _gettext(context: Context, message: str, /, **variables: Any) -> str:
    return _spoken(context, lambda words: words.gettext(message), variables)


@pass_context
def _pgettext(context: Context, within: str, message: str, /, **variables: Any) -> str:
    return _spoken(context, lambda words: words.pgettext(within, message), variables)


@pass_context
def _ngettext(context: Context, singular: str, plural: str, number: int, /, **variables: Any) -> str:
    return _spoken(context, lambda words: words.ngettext(singular, plural, number), variables)


FORMATTING = (_gettext, _pgettext, _ngettext)
"""Those whose messages are format strings."""


def _spoken(context: Context, message: Callable[[Words], str], variables: dict[str, Any]) -> str:
    """The message in each language of the mail, what stands in it in the same one."""
    languages = _speaking.get()
    is_html = context.eval_ctx.autoescape
    if len(languages) == 1 and not is_html:
        sentence = message(languages[0])
        if variables and is_first_alone():
            variables = {name: _mainly(value) for name, value in variables.items()}
        return sentence % variables if variables else sentence
    number = len(languages)
    values = {name: list(each_of(value, number)) for name, value in variables.items()}
    texts, htmls = [], []
    for index, words in enumerate(languages):
        sentence, here = message(words), {name: value[index] for name, value in values.items()}
        texts.append(sentence % {name: str(value) for name, value in here.items()} if here else sentence)
        if is_html:
            htmls.append(escape(sentence) % here if here else escape(sentence))
    if number == 1:
        return htmls[0]
    return both(texts, [words.tag for words in languages], htmls if is_html else None)


# A filter that asks for the language takes the context: Jinja would else work out `""|colon` once for all.


@pass_context
def _colon(_context: Context, text: str) -> str:
    """A text with a colon behind it, as the mail's first language writes one, and what parts it from the
    next word."""
    label = _label(text)
    return label if label.endswith(_WIDE_COLON) else f"{label} "


def _label(text: str) -> str:
    return _speaking.get()[0].gettext("%(label)s:") % {"label": text}


@pass_context
def _column(_context: Context, label: str) -> str:
    """A label of the text part with its colon, and blanks up to its value; a long one has its own line."""
    from announcer.languages.width import padded, width

    columns = column()
    if label:
        texts = label.texts if isinstance(label, Both) else (label,)
        label = _label(_BESIDE.join(texts))
    return padded(label, columns) if width(label) < columns - 1 else f"{label}\n{' ' * columns}"


def column() -> int:
    """Where values begin in the text part of the mail that is being made."""
    return max(words.column for words in _speaking.get())


def _in_first_language(caller: Callable[[], str]) -> str:
    """`{% call in_first_language() %}`: what stands within, in the mail's first language alone."""
    with speaking(_speaking.get()[:1]), first_alone():
        return caller()


@pass_context
def _in_turn(context: Context, sentences: Sequence[str], between: str = " ") -> str:
    """Sentences that belong together: all of them in the first language, then all in the second."""
    languages = _speaking.get()
    number = len(languages)
    texts = list(zip(*(each_of(sentence, number) for sentence in sentences), strict=True))
    if not context.eval_ctx.autoescape:
        return both([between.join(parts) for parts in texts], [words.tag for words in languages])
    htmls = zip(*(htmls_of(sentence, number) for sentence in sentences), strict=True)
    made = [escape(between).join(parts) for parts in htmls]
    if number == 1:
        return made[0]
    return both([between.join(parts) for parts in texts], [words.tag for words in languages], made)


def _mainly(text: Any) -> Any:
    """A text in the mail's first language alone, as an attribute must have it."""
    return text.texts[0] if isinstance(text, Both) else text


def _sentence(text: str) -> str:
    """The text with a capital where it begins, in each language; unlike `capitalize` it leaves the rest."""
    texts = text.texts if isinstance(text, Both) else (text,)
    return _BESIDE.join(wording[:1].upper() + wording[1:] for wording in texts)


@pass_context
def _stopped(_context: Context, text: str) -> str:
    """Sentences, one for each language, each with its full stop."""
    lines, languages = text.split("\n"), _speaking.get()
    if len(lines) != len(languages):
        lines, languages = [text], languages[:1]
    ends = (words.gettext("%(sentence)s.") for words in languages)
    return "\n".join(end % {"sentence": line} for end, line in zip(ends, lines, strict=True))


@pass_context
def _listed(_context: Context, names: Sequence[str]) -> str:
    """Names in a sentence."""
    languages = _speaking.get()
    return both([words.listed(names) for words in languages], [words.tag for words in languages])
