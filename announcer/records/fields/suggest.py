"""Did you mean: the right word for one that was misspelt, or called by another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from announcer.domain.fields import fields_of
from announcer.domain.talk import FIELDS
from announcer.languages.vocabularies import VOCABULARIES

_CALLED = {
    "organisation department name_of_department institution_name": "organization",
    "sender from_address mail_from email_from": "from",
    "reply replyto reply-to": "reply_to",
    "language languages lang": "locale",
    "digest weekly newsletter": "digests",
    "smtp mail email transport_settings server_settings": "delivery",
    "database db": "ledger",
    "start_date begins_on since": "begin",
    "mail_address e-mail email_address list_address": "address",
    "pw_file passwordfile": "password_file",
    "user login user_name": "username",
    "hostname smtp_host server_name": "host",
    "encryption ssl tls tls_mode starttls use_tls use_ssl": "security",
    "footnote signature": "footer",
    "color colour accent_color": "accent",
    "canceled cancel called_off off": "cancelled",
    "delayed moved rescheduled deferred": "postponed",
    "final ok yes definite": "confirmed",
    "provisional maybe unconfirmed": "tentative",
    "wip todo": "draft",
    "announce announcements first invitation": "announcement",
    "remind": "reminder",
    "private intern department members staff": "internal",
    "open everyone all world": "public",
    "ssl smtps": "tls",
    "plain unencrypted off": "none",
    "gmail google_workspace gsuite": "google",
    "outlook office365 o365 exchange microsoft m365": "microsoft365",
}
"""What people call the words and the fields of announcer.yaml."""


def _declared() -> Iterator[tuple[str, str]]:
    """What people call the fields of a talk and of its records, as these declare it."""
    for field in FIELDS:
        yield field.aliases, field.key
        for inner in fields_of(field.record):
            yield inner.aliases, inner.key


def _translated() -> Iterator[tuple[str, str]]:
    """What a column of a table is called in each language that we know, by its field."""
    for vocabulary in VOCABULARIES.values():
        for field, headings in vocabulary.headings.items():
            yield " ".join(words.replace(" ", "_") for words in headings), field.rpartition(".")[2]


_MEANT: dict[str, list[str]] = {}
for _names, _right in (*_declared(), *_CALLED.items(), *_translated()):
    for _name in _names.split():
        _MEANT.setdefault(_name, []).append(_right)


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that was meant, by what people call it or by its spelling; None where none is near."""
    known = list(known)
    plain = word.strip().lower().replace(" ", "_").replace("-", "_")
    by_plain = {name.lower().replace("-", "_"): name for name in known}
    if plain in by_plain:
        return by_plain[plain]
    for right in _MEANT.get(plain, ()):
        if right in known:
            return right
    near = get_close_matches(plain, by_plain, n=1, cutoff=0.7)
    return by_plain[near[0]] if near else None


def choices(known: Iterable[str]) -> str:
    """The words to choose from, as a person lists them."""
    words = list(known)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
