"""What the ledger's entries say of each talk: who was told what, last and first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from announcer.domain.department import MailingList, normalized
from announcer.domain.mailing import Entry, EntryState, Key
from announcer.domain.occasion import Thread
from announcer.domain.snapshot import Snapshot
from announcer.domain.talk import Audience

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """One list was told of one talk, or counts as told."""

    entry: Entry
    snapshot: Snapshot


class History:
    """The entries of one realm, by mailing and by talk."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key: dict[Key, list[Entry]] = defaultdict(list)
        self._keys: dict[str, list[Key]] = defaultdict(list)
        self._announced: dict[str, list[Announced]] = defaultdict(list)
        for entry in entries:
            if entry.key not in self._by_key:
                self._keys[entry.key.subject].append(entry.key)
            self._by_key[entry.key].append(entry)
            if entry.counts_as_told:
                for snapshot in entry.snapshots:
                    self._announced[snapshot.talk].append(Announced(entry=entry, snapshot=snapshot))
        for announced in self._announced.values():
            announced.sort(key=lambda announced: announced.entry.at or _LONG_AGO)

    def entries(self, key: Key) -> list[Entry]:
        """The rows of one mailing, one for each list that was frozen into it."""
        return self._by_key.get(key, [])

    def entry(self, key: Key, mailing_list: MailingList) -> Entry | None:
        """The row of one mailing and list, found by the list's name or its address."""
        return next((entry for entry in self.entries(key) if concerns(entry, mailing_list)), None)

    def keys(self, subject: str) -> list[Key]:
        """The keys of all mailings about one talk or digest."""
        return self._keys.get(subject, [])

    def subjects(self) -> Iterable[str]:
        """Everything that has a row."""
        return self._keys.keys()

    def talks(self) -> Iterable[str]:
        """The ids of all talks that somebody was told of."""
        return self._announced.keys()

    def announced(self, talk: str) -> list[Announced]:
        """Who was told of a talk, oldest first."""
        return self._announced.get(talk, [])

    def newest(self, talk: str, audience: Audience | None = None) -> Snapshot | None:
        """The snapshot of a talk with the highest SEQUENCE, the newest of those; as told to an audience."""
        snapshots = [
            announced.snapshot
            for announced in self.announced(talk)
            if audience in (None, announced.entry.audience)
        ]
        return max(reversed(snapshots), key=lambda snapshot: snapshot.sequence, default=None)

    def last(self, talk: str, mailing_list: MailingList, *, but: Key | None = None) -> Announced | None:
        """What a list was told last of a talk, apart from what mailing `but` told it."""
        for announced in reversed(self.announced(talk)):
            if announced.entry.key != but and concerns(announced.entry, mailing_list):
                return announced
        return None

    def opening(self, talk: str, mailing_list: MailingList, *, but: Key | None = None) -> str | None:
        """The Message-ID of the last mail that a list got and to which the others about a talk reply."""
        for announced in reversed(self.announced(talk)):
            entry = announced.entry
            opens = entry.key.row.thread is Thread.OPENS and entry.key != but
            if opens and concerns(entry, mailing_list):
                return entry.message_id
        return None

    def previous(self, key: Key, mailing_list: MailingList) -> str | None:
        """The Message-ID of the last mail of a mailing's occasion about the same that this recipient got."""
        rows = [
            entry
            for other in self.keys(key.subject)
            if other.occasion == key.occasion and other != key
            for entry in self.entries(other)
            if entry.state in (EntryState.ACCEPTED, EntryState.UNKNOWN) and concerns(entry, mailing_list)
        ]
        return max(rows, key=lambda entry: entry.at or _LONG_AGO).message_id if rows else None

    def announced_lists(self, talk: str, known: dict[str, MailingList]) -> list[MailingList]:
        """Every list that was told of a talk; one that the config no longer has is as the ledger has it."""
        lists: dict[str, MailingList] = {}
        for announced in self.announced(talk):
            entry = announced.entry
            current = known.get(entry.list) or next(
                (
                    mailing_list
                    for mailing_list in known.values()
                    if normalized(mailing_list.address) == entry.address
                ),
                None,
            )
            mailing_list = current or from_entry(entry)
            lists.setdefault(mailing_list.name, mailing_list)
        return list(lists.values())


def concerns(entry: Entry, mailing_list: MailingList) -> bool:
    """Whether a row is this list's: by its name or its address, so that renaming either is safe."""
    return entry.list == mailing_list.name or entry.address == normalized(mailing_list.address)


def from_entry(entry: Entry) -> MailingList:
    """A list that the config no longer has, as its row remembers it."""
    return MailingList(name=entry.list, address=entry.address, audience=Audience(entry.audience))
