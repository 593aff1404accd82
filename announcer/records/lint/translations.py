"""Lints on texts in several languages: none may lack one that a list gets its mail in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from announcer.domain.fields import fields_of
from announcer.domain.problem import Severity
from announcer.domain.talk import Talk
from announcer.languages.words import ENGLISH, language_of
from announcer.records.linting import LintRemark, rule
from announcer.records.models.values import in_first_language
from announcer.records.yaml.nodes import find

if TYPE_CHECKING:
    from announcer.domain.fields import Translation
    from announcer.records.models.department import DepartmentRecord
    from announcer.records.models.resolve import ParsedTalk
    from announcer.records.models.validation import Loc

Readers = dict[str, tuple[str, ...]]
"""The languages of lists' mail, by the lists' names."""


@rule(
    "missing-language",
    "a text lacks a language that one of its lists gets mail in",
    Severity.ERROR,
    silenceable=False,
)
def missing_language(record: DepartmentRecord) -> Iterator[LintRemark[Loc]]:
    """Half a mail would be in another language than the rest."""
    everybody = {name: lang for key in record.series for name, lang in _of_series(record, key).items()}
    everybody |= {name: lang for key in record.digests for name, lang in _of_digest(record, key).items()}
    yield from _lacking(("organization",), record.organization, everybody)
    yield from _lacking(("style", "footer"), record.style.footer, everybody)
    for key, digest in record.digests.items():
        yield from _lacking(("digests", key, "name"), digest.name, _of_digest(record, key))
    for key, series in record.series.items():
        readers = _of_series(record, key)
        yield from _lacking(("series", key, "name"), series.name, readers)
        for field in fields_of(Talk):
            if field.inherited:
                for path, texts in _texts(in_first_language(field, getattr(series, field.key))[1]).items():
                    yield from _lacking(("series", key, *path), texts, readers)


@rule(
    "missing-translation",
    "a talk's text lacks a language that one of its lists gets mail in",
    Severity.ERROR,
    silenceable=False,
)
def missing_translation(
    file: ParsedTalk, talk: Talk, config: DepartmentRecord
) -> Iterator[LintRemark[str | tuple[int, int]]]:
    """Half a mail would be in another language than the rest."""
    readers = _of_series(config, talk.series, talk.lists)
    for path, texts in _texts(talk.translations).items():
        if path[0] in file.tree.entries:
            for remark in _lacking(path, texts, readers):
                node = find(file.tree, path)
                yield LintRemark((node.line, node.column), remark.message, remark.hint)


def _of_series(config: DepartmentRecord, key: str, lists: Iterable[str] = ()) -> Readers:
    series = config.series[key]
    return _languages(config, lists or series.lists, series.locale or (config.locale,))


def _of_digest(config: DepartmentRecord, name: str) -> Readers:
    return _languages(config, config.digests[name].lists, (config.locale,))


def _languages(config: DepartmentRecord, lists: Iterable[str], silent: tuple[str, ...]) -> Readers:
    known = {name: config.lists[name].locale or silent for name in lists if name in config.lists}
    return {
        name: tuple(language_of(locale) or ENGLISH for locale in locales) for name, locales in known.items()
    }


def _texts(translations: Iterable[Translation]) -> dict[tuple[str, ...], dict[str, str]]:
    """The texts in several languages, by their places in the file."""
    texts: dict[tuple[str, ...], dict[str, str]] = {}
    for translation in translations:
        texts.setdefault(tuple(translation.key.split(".")), {})[translation.language] = translation.text
    return texts


def _lacking(place: Loc, texts: dict[str, str] | None, readers: Readers) -> Iterator[LintRemark[Loc]]:
    """What a text lacks, one remark for each language."""
    if not texts or "" in texts:
        return
    lacked = {language: name for name, all_of in readers.items() for language in all_of}
    for language, name in lacked.items():
        if language not in texts:
            yield LintRemark(
                place,
                f"there is no text for {language}, in which {name} gets its mail",
                f"add it: {language}: ...",
            )
