"""The messages of the program -> its catalogues: `python -m tests.languages.catalogues` renews them.

What is new stands in each .po without a translation, until somebody writes one; what is gone goes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from announcer.domain.fields import fields_of
from announcer.domain.occasion import Occasion
from announcer.domain.talk import CANDIDATE, Talk
from announcer.languages.words import CATALOGUES, ENGLISH, LANGUAGES

_BEGAN = datetime(2026, 11, 26, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
_KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_PLACES = (
    (ROOT / "templates", [("**.html", "jinja2"), ("**.txt", "jinja2")]),
    (ROOT / "announcer" / "message", [("**.py", "python")]),
    (ROOT / "announcer" / "publish", [("**.py", "python")]),
)
_WITHIN = {
    "asked of a speaker": ("title", "abstract", "affiliation", "short biography", "photo"),
    "what has changed": ("date", "time", "room", "online link", "speaker", "passcode"),
}
"""Marked words that are looked up with a context."""
_OF_DIGESTS = ("This week", "Next week", "This month", "Coming talks")
"""What people call their digests in English."""
_OF_FILTERS = ("%(label)s:", "%(sentence)s.")
"""What filters of templates put around a text."""


def template() -> Catalog:
    """All messages, in the order of where they stand."""
    made = Catalog()
    with_context = {message for messages in _WITHIN.values() for message in messages}
    for folder, methods in _PLACES:
        extracted = extract_from_dir(
            folder,
            methods,
            {"**.html": _OPTIONS, "**.txt": _OPTIONS},
            keywords=_KEYWORDS,
            directory_filter=lambda _: True,
        )
        for _, _, message, _, context in extracted:
            if context is None and message in with_context:
                continue
            made.add(message, context=context)
    for context, messages in _WITHIN.items():
        for message in messages:
            made.add(message, context=context)
    for message in (*_OF_DIGESTS, *_OF_FILTERS, CANDIDATE):
        made.add(message)
    for field in fields_of(Talk):
        if field.detail:
            made.add(field.label)
    for occasion in Occasion:
        if occasion.row.state:
            made.add(occasion.row.state[1])
    return made


_OPTIONS = {"newstyle_gettext": "true", "silent": "false"}


def new(language: str) -> Catalog:
    """An empty catalogue, whose head is the same whenever it is written."""
    return Catalog(
        locale=language,
        project="announcer",
        version="1",
        header_comment=f"# What readers are told, in {Locale.parse(language).english_name}.",
        creation_date=_BEGAN,
        revision_date=_BEGAN,
        last_translator="announcer",
        language_team=language,
        charset="utf-8",
        fuzzy=False,
    )


def read(language: str) -> Catalog:
    """A language's catalogue, as it is in the repository."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """What the program reads of it."""
    made = BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def updated(language: str) -> Catalog:
    """A language's catalogue with the messages of now, and their translations of before."""
    path = CATALOGUES / f"{language}.po"
    made = new(language)
    before = read(language) if path.exists() else Catalog(locale=language)
    for message in template():
        if message.id:
            old = before.get(message.id, message.context)
            made.add(message.id, old.string if old else "", context=message.context)
    return made


def write(language: str) -> int:
    """Writes both files of a language, and gives the number of messages that lack a translation."""
    catalogue = updated(language)
    with (CATALOGUES / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=False, sort_output=False)
    (CATALOGUES / f"{language}.mo").write_bytes(compiled(catalogue))
    return sum(not message.string for message in catalogue if message.id)


if __name__ == "__main__":
    for language in LANGUAGES:
        if language != ENGLISH:
            print(language, write(language), "without a translation")
