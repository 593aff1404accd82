"""How a reader of values says what is wrong with one: code, sentence, hint."""

from __future__ import annotations

from announcer.domain.errors import FaultError

FIELD = "\ue000"
"""Stands in a message or hint for the name of the field, which the reader of a value does not know."""


class FaultyValueError(FaultError, ValueError):
    """A value that is not what its field takes. The model reports it at the value's place."""

    def __init__(
        self,
        code: str,
        message: str,
        hint: str,
        *,
        column: int | None = None,
        about: str = "",
        quotable: bool = False,
    ) -> None:
        super().__init__(code, "", message, hint)
        self.column = column
        """Where in the line it is, from 0, if not where the value begins."""
        self.about = about
        """The piece of the value, as it stands in the file, that it is about, if not the whole."""
        self.quotable = quotable
        """Whether the value is right in quotes, and YAML took its brackets for a list's."""
