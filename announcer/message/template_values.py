"""A group -> the variables of its templates, in each language of its lists and in all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from announcer.domain.department import Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.problem import Problem
from announcer.languages.both import merged
from announcer.languages.words import Words, words_of
from announcer.message.context import TemplateContext
from announcer.message.photos import FINEST, Fineness
from announcer.message.views import StateView, TalkView


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateValues:
    """A group as its templates get it."""

    languages: Sequence[Words]
    """Of the mail, the first one first."""
    values: dict[str, object]
    """The variables; words that differ are there in each language."""
    first: dict[str, object]
    """The same in the first language alone."""
    warnings: tuple[Problem, ...]

    @property
    def of_subject(self) -> dict[str, object]:
        """The variables of a subject, which has room for the state alone in each language."""
        if self.values is self.first:
            return self.first
        values = dict(self.first)
        for name in ("talks", "talk"):
            if name in values:
                values[name] = _with_changes(self.first[name], self.values[name])
        state, here = self.values["state"], self.first["state"]
        if isinstance(state, StateView) and isinstance(here, StateView):
            values["state"] = replace(state, detail=here.detail)
        return values


def _with_changes(first: object, every: object) -> object:
    """Talks with what has changed called in every language."""
    if isinstance(first, tuple) and isinstance(every, tuple):
        return tuple(_with_changes(*pair) for pair in zip(first, every, strict=True))
    if isinstance(first, TalkView) and isinstance(every, TalkView):
        return replace(first, changed=every.changed, changed_brief=every.changed_brief)
    return first


def languages_of(group: AudienceGroup, department: Department) -> tuple[Words, ...]:
    """The languages of a group's mail."""
    locales = department.locales(group.lists, group.series)
    return tuple(words_of(locale, department.labels) for locale in locales)


def read(
    group: AudienceGroup,
    department: Department,
    *,
    root: Path,
    pictures: bool = True,
    fineness: Fineness = FINEST,
) -> TemplateValues:
    """The group, read; `root` is the department's folder."""
    languages = languages_of(group, department)
    contexts = [
        TemplateContext(
            department=department.in_language(words.language),
            root=root,
            group=group,
            words=words,
            other_locales=tuple(other.locale for other in languages if other is not words),
            pictures=pictures,
            fineness=fineness,
        )
        for words in languages
    ]
    versions = [context.values() for context in contexts]
    values = versions[0]
    if len(versions) > 1:
        values = merged(versions, [words.tag for words in languages]) | {"language": versions[0]["language"]}
    return TemplateValues(
        languages=languages, values=values, first=versions[0], warnings=tuple(contexts[0].warnings)
    )
