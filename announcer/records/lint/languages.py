"""What announcer.yaml says of languages: whether readers can be told in them, and its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from announcer.domain.problem import Severity
from announcer.languages.words import LABELS, LANGUAGES, language_of
from announcer.records.fields.suggest import meant
from announcer.records.lint.config import ConfigRemarks
from announcer.records.lint.translations import missing_language
from announcer.records.linting import LintRemark, rule

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord
    from announcer.records.models.validation import Loc


@rule("no-catalogue", "a language that readers cannot be told in")
def no_catalogue(record: DepartmentRecord) -> ConfigRemarks:
    """Half a language is worse than none."""
    places: list[tuple[Loc, tuple[str, ...]]] = [(("locale",), (record.locale,))]
    places += [(("series", key, "locale"), series.locale) for key, series in record.series.items()]
    places += [
        (("lists", name, "locale"), mailing_list.locale) for name, mailing_list in record.lists.items()
    ]
    for place, locales in places:
        for locale in locales:
            if language_of(locale) is None:
                yield LintRemark(
                    place,
                    f"there is no catalogue for {locale}, so this mail is in English, its dates too",
                    f"write a locale of one of these languages: {', '.join(LANGUAGES)}",
                )


@rule(
    "unknown-label",
    "a word is to be replaced that no mail has",
    Severity.ERROR,
    silenceable=False,
)
def unknown_label(record: DepartmentRecord) -> ConfigRemarks:
    """A replacement that nothing would ever show."""
    for label in record.labels:
        if label not in LABELS:
            right = meant(label, LABELS)
            yield LintRemark(
                ("labels", label),
                f'no mail has the word "{label}"',
                f"did you mean {right}?"
                if right
                else f"write one of ours, in English: {', '.join(sorted(LABELS))}",
            )


LANGUAGE_RULES = (no_catalogue, unknown_label, missing_language)
"""The rules on languages."""
