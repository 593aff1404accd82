"""A draft -> what its file would say: in the series' terms, which supplies what is the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from announcer.domain.clock import clock_time
from announcer.domain.department import Department, Series
from announcer.domain.plain import Plain, in_words
from announcer.domain.talk import FIELDS
from announcer.importers.contract import Draft
from announcer.records.fields.addresses import read_mailbox, read_url
from announcer.records.fields.errors import FaultyValueError
from announcer.records.writing import length

_AN_HOUR = timedelta(hours=1)
_ADDRESSES = {"url": read_url, "email": read_mailbox, "map": read_url}
_INHERITED = {field.key for field in FIELDS if field.inherited}
_ORDER = [key for field in FIELDS for key in field.keys]


def series_of(draft: Draft, department: Department, given: str | None) -> str | None:
    """The series of a draft: the one that was named, the one that the source names, or the only one."""
    if given:
        return given
    names = {_plain(name) for name in (draft.series or "", *draft.categories)} - {""}
    for key, series in department.series.items():
        if names & {_plain(key), _plain(series.name)}:
            return key
    return next(iter(department.series)) if len(department.series) == 1 else None


def file_values(draft: Draft, series: Series) -> dict[str, Plain]:
    """What the talk's file says of the source's facts, but for its status and where it came from."""
    values: dict[str, Plain] = {"series": series.key, "date": draft.day.isoformat() if draft.day else ""}
    if draft.at is not None and draft.at != series.time:
        values["time"] = clock_time(draft.at)
    if draft.length is not None and draft.length != (series.duration or _AN_HOUR):
        values["duration"] = length(draft.length)
    for name, value in draft.values.items():
        if (kept := _readable(value, name)) and not _supplied(name, kept, series):
            values[name] = kept
    return dict(sorted(values.items(), key=lambda item: _ORDER.index(item[0])))


def _supplied(name: str, value: Plain, series: Series) -> bool:
    """Whether the series says the same."""
    plain = _plain(in_words(value))
    if name == "location" and series.place:
        place = series.place
        same = (place.label, place.room, f"{place.building}, {place.room}", f"{place.building} {place.room}")
        return plain in {_plain(label) for label in same if label}
    return name in _INHERITED and plain in {_plain(text) for text in series.texts}


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _readable(value: Plain, name: str) -> Plain:
    """The value without addresses that no file may have: an import cannot break its own file."""
    if isinstance(value, Mapping):
        return {key: kept for key, part in value.items() if (kept := _readable(part, key))}
    if not isinstance(value, str):
        return [kept for part in value if (kept := _readable(part, name))]
    if read := _ADDRESSES.get(name):
        try:
            read(value)
        except FaultyValueError:
            return ""
    return value
