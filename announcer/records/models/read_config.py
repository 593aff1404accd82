"""announcer.yaml -> the Department, with what its parts say of each other checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from announcer.domain.department import (
    Delivery,
    Department,
    Digest,
    MailingList,
    Series,
    Site,
    Style,
)
from announcer.domain.fields import Seen, fields_of
from announcer.domain.occasion import Occasion
from announcer.domain.problem import Problem, Severity
from announcer.domain.provider import PROVIDERS
from announcer.domain.redaction import texts_in
from announcer.domain.talk import Talk
from announcer.records.lint.rules import SILENCEABLE, lint_config
from announcer.records.models.references import NO_NAMES, KnownNames, known_in
from announcer.records.models.schedule import rules, rungs
from announcer.records.models.sources import source_of
from announcer.records.models.validation import validate
from announcer.records.models.values import in_first_language, sponsor
from announcer.records.yaml.decoding import decode
from announcer.records.yaml.files import CONFIG
from announcer.records.yaml.tree import read_tree

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord, DigestRecord, ListRecord, SeriesRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What announcer.yaml gives: the record for resolving talks, the department, its problems."""

    record: DepartmentRecord | None
    """None where the file cannot be read as one."""
    department: Department | None
    """None where it has any error."""
    problems: tuple[Problem, ...]
    known: KnownNames = NO_NAMES
    """What talks may name."""

    @property
    def silence(self) -> dict[str, tuple[str, ...]]:
        """The codes that are not told of, by path."""
        by_path = self.record.silence if self.record else {}
        return {path: tuple(code for code in codes if code in SILENCEABLE) for path, codes in by_path.items()}

    @property
    def macros(self) -> dict[str, str]:
        """The department's own commands."""
        return self.record.macros if self.record else {}

    def heard(self, problems: list[Problem]) -> list[Problem]:
        """Those that announcer.yaml does not silence."""
        return [problem for problem in problems if problem.code not in self.silence.get(problem.path, ())]


def read_settings(data: bytes, modified: datetime) -> Settings:
    """Reads the bytes of announcer.yaml, which changed last at `modified`."""
    from announcer.records.models.department import DepartmentRecord

    keys = [field.alias or name for name, field in DepartmentRecord.model_fields.items()]
    source, problems = decode(CONFIG, data, keys)
    tree = None
    if source is not None:
        tree, faults = read_tree(source)
        problems += faults
    if source is None or tree is None:
        return Settings(record=None, department=None, problems=tuple(problems))
    known = known_in(tree)
    record, faults = validate(DepartmentRecord, tree, source, known)
    problems += faults
    department = None
    if record is not None:
        problems += lint_config(source, tree, record)
        silenced = set(record.silence.get(CONFIG, ())) & SILENCEABLE.keys()
        problems = [problem for problem in problems if problem.code not in silenced]
        if all(problem.severity is Severity.WARNING for problem in problems):
            department = _department(record, modified)
    return Settings(record=record, department=department, problems=tuple(problems), known=known)


def _department(record: DepartmentRecord, modified: datetime) -> Department:
    return Department(
        organization=_first(record.organization),
        names=_named(record.organization),
        website=record.website,
        timezone=record.timezone,
        locale=record.locale,
        sender=record.from_,
        reply_to=record.reply_to,
        organizer=record.organizer,
        lists={name: _list(name, mailing_list) for name, mailing_list in record.lists.items()},
        series={key: _series(key, series) for key, series in record.series.items()},
        digests={name: _digest(name, digest) for name, digest in record.digests.items()},
        corrections=record.corrections,
        begin=record.begin,
        paused=record.paused or None,
        style=Style(
            accent=record.style.accent,
            logo=record.style.logo.url if record.style.logo else None,
            logo_alt=record.style.logo.alt if record.style.logo else None,
            footer=_first(record.style.footer) or None,
            footers=_named(record.style.footer),
        ),
        delivery=_delivery(record),
        site=_site(record),
        country=record.holidays,
        sources={name: source_of(name, source) for name, source in record.sources.items()},
        ledger=record.ledger,
        keep=record.keep,
        heartbeat=record.heartbeat,
        macros=dict(record.macros),
        labels=_labels(record),
        calendar_links=record.calendar_links,
        weekly_line=record.weekly_line,
        modified=modified,
    )


def _list(name: str, record: ListRecord) -> MailingList:
    return MailingList(
        name=name,
        address=record.address,
        audience=record.audience,
        server=record.server,
        text_only=record.format == "text",
        locale=record.locale,
        # Sympa answers 250 to such posts and drops them.
        auto_submitted=record.server != "sympa" if record.auto_submitted is None else record.auto_submitted,
    )


def _digest(name: str, record: DigestRecord) -> Digest:
    return Digest(
        name=name,
        title=_first(record.name),
        titles=_named(record.name),
        when=record.when,
        covers=record.covers,
        series=record.series,
        lists=record.lists,
        send_when_empty=record.when_empty == "send",
    )


def _labels(record: DepartmentRecord) -> dict[str, dict[str, str]]:
    """The department's own words, by language."""
    labels: dict[str, dict[str, str]] = {}
    for label, texts in record.labels.items():
        for language, word in texts.items():
            labels.setdefault(language, {})[label] = word
    return labels


def _site(record: DepartmentRecord) -> Site | None:
    site = record.site
    if site is None:
        return None
    return Site(url=site.url.rstrip("/") if site.url else None, out=site.out, audience=site.audience)


_PLACE = next(field for field in fields_of(Talk) if field.name == "place")


def _first(texts: dict[str, str] | None) -> str:
    """The text that holds for every language, or that was written first."""
    return next(iter((texts or {}).values()), "")


def _named(texts: dict[str, str] | None) -> dict[str, str]:
    """Those for one language each."""
    return {language: text for language, text in (texts or {}).items() if language}


def _series(key: str, record: SeriesRecord) -> Series:
    shared = {field.name: getattr(record, field.key) for field in fields_of(Talk) if field.inherited}
    shared["sponsor"] = sponsor(shared["sponsor"], None)
    open_to_all = [field for field in fields_of(Talk) if field.inherited and field.seen >= Seen.PUBLIC]
    texts: list[str] = []
    for field in open_to_all:
        original, translations = in_first_language(field, shared[field.name])
        texts += (*texts_in(field, original), *(translation.text for translation in translations))
    return Series(
        key=key,
        name=_first(record.name) or key,
        names=_named(record.name),
        subject_prefix=record.subject_prefix or "",
        sender=record.from_,
        reply_to=record.reply_to,
        calendar_links=record.calendar_links,
        lists=tuple(dict.fromkeys(record.lists)),
        day=record.day,
        time=record.time,
        duration=record.duration,
        place=in_first_language(_PLACE, shared["place"])[0],
        texts=tuple(texts),
        schedule=rules(record.schedule),
        requires=_requires(record),
        corrections=record.corrections,
        paused=record.paused or None,
        requests=rungs(record.request),
        request_needs=tuple(dict.fromkeys(record.request_needs)),
        request_form=record.request_form,
        locale=record.locale,
        has_afterwards=record.after,
    )


def _requires(record: SeriesRecord) -> dict[Occasion, tuple[str, ...]]:
    required = {occasion: getattr(record.requires, occasion, None) for occasion in Occasion}
    return {occasion: names for occasion, names in required.items() if names is not None}


def _delivery(record: DepartmentRecord) -> Delivery:
    delivery = record.delivery
    silent = Delivery()
    profile = PROVIDERS.get(delivery.provider or "")
    # A host of the department's own has nothing of the provider's but its pace.
    theirs = profile if profile and delivery.host in (None, profile.host) else None
    return Delivery(
        transport=delivery.transport,
        path=delivery.path,
        provider=delivery.provider,
        host=delivery.host or (profile.host if profile else silent.host),
        port=delivery.port or (theirs.port if theirs and delivery.security in (None, theirs.security) else 0),
        security=delivery.security or (profile.security if profile else silent.security),
        connections=delivery.connections or (profile.connections if profile else None) or silent.connections,
        rate=delivery.rate or (profile.rate if profile else None),
        username=delivery.username,
        password_file=delivery.password_file,
        password_command=delivery.password_command,
        oauth_token_command=delivery.oauth_token_command,
        ca_file=delivery.ca_file,
        envelope_from=delivery.envelope_from,
        redirect_all_to=delivery.redirect_all_to,
    )
