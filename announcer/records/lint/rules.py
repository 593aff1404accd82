"""All lint rules, and which of them announcer.yaml may silence for a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from announcer.domain.problem import Problem, Severity
from announcer.records.fields.suggest import meant
from announcer.records.lint.config import CONFIG_RULES, ConfigRemarks, config_problems
from announcer.records.lint.connections import CONNECTION_RULES
from announcer.records.lint.folder import FOLDER_RULES
from announcer.records.lint.languages import LANGUAGE_RULES
from announcer.records.lint.mojibake import mojibake
from announcer.records.lint.sent import TEXT_RULES
from announcer.records.lint.talk import TALK_RULES, private_in_public, weak_secret
from announcer.records.lint.text import meeting_in_public
from announcer.records.linting import LintRemark, LintRule, rule
from announcer.records.yaml.decoding import invisible_character
from announcer.records.yaml.files import UNREAD_RULES
from announcer.records.yaml.nodes import Mapping as Tree
from announcer.records.yaml.source import FileText

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord


GUARDS = frozenset((private_in_public.code, meeting_in_public.code))
"""What guards privacy."""


@rule("not-silenceable", "what guards privacy was to be silenced", silenceable=False)
def not_silenceable(record: DepartmentRecord) -> ConfigRemarks:
    """It counts all the same."""
    for path, codes in record.silence.items():
        for code in sorted(GUARDS.intersection(codes)):
            yield LintRemark(
                ("silence", path, codes.index(code)),
                f"{code} guards what is private, and cannot be silenced: it counts all the same",
                "delete it here, and the private value where check finds it",
            )


@rule("unknown-value", "what was to be silenced is no rule", Severity.ERROR, silenceable=False)
def unknown_code(record: DepartmentRecord) -> ConfigRemarks:
    """A word that no rule has."""
    for path, codes in record.silence.items():
        for index, code in enumerate(codes):
            if code not in SILENCEABLE and code not in GUARDS:
                right = meant(code, SILENCEABLE)
                yield LintRemark(
                    ("silence", path, index),
                    f'there is no problem "{code}" that could be silenced',
                    f"did you mean {right}?" if right else "use the word in brackets that check shows",
                )


SILENCE_RULES = (not_silenceable, unknown_code)
"""The rules on what announcer.yaml silences."""

RULES: tuple[LintRule[..., Any], ...] = (
    *CONFIG_RULES,
    *CONNECTION_RULES,
    *SILENCE_RULES,
    *LANGUAGE_RULES,
    *UNREAD_RULES,
    invisible_character,
    mojibake,
    *TEXT_RULES,
    *TALK_RULES,
    weak_secret,
    *FOLDER_RULES,
)
SILENCEABLE: Mapping[str, LintRule[..., Any]] = {
    check.code: check for check in sorted(RULES, key=lambda check: check.code) if check.silenceable
}
"""What announcer.yaml may silence, by code and in its order."""


def lint_config(source: FileText, tree: Tree, record: DepartmentRecord) -> list[Problem]:
    """What is odd about announcer.yaml, in the order of lines."""
    problems = config_problems(
        source, tree, record, (*CONFIG_RULES, *CONNECTION_RULES, *SILENCE_RULES, *LANGUAGE_RULES)
    )
    return sorted(problems, key=lambda problem: problem.place)
