"""The project in hand: a department's folder, its records, and the adapters that they choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from announcer.domain.delivery import Realm
from announcer.domain.department import Department
from announcer.domain.errors import FaultError, ProblemsError
from announcer.domain.planning.past import ALL_KNOWN, Past
from announcer.domain.problem import Problem
from announcer.domain.redaction import aliased
from announcer.service.package_data import builtin
from announcer.service.switches import switched_on

if TYPE_CHECKING:
    from announcer.domain.mailing import Entry, Plan
    from announcer.domain.planning.situation import Situation, Switched
    from announcer.domain.talk import Talk
    from announcer.ledger import Ledger
    from announcer.message.compose import Composer
    from announcer.records.load import Loaded
    from announcer.transport import Transport

CONFIG = "announcer.yaml"


class UsageFaultError(FaultError):
    """Something was asked for that is not there."""


def find_root(folder: Path) -> Path:
    """The department's folder that holds `folder`. Raises UsageFaultError where there is none."""
    start = folder.resolve()
    for candidate in (start, *start.parents):
        if (candidate / CONFIG).is_file():
            return candidate
    raise UsageFaultError(
        code="no-department",
        place=str(folder),
        message=f"there is no {CONFIG} here or in a folder above",
        hint="make a department's folder with `announcer init`, or name one with `--project DIR`",
    )


@dataclass(kw_only=True)
class Clock:
    """Where the time comes from: the command line reads it, everything else is told."""

    machine: Callable[[], datetime]
    """This machine's, aware."""
    now: Callable[[str], datetime]
    """The one that this call goes by, on the clocks of the zone of that IANA name."""
    is_machine: bool = True
    """Whether they are the same: False where another moment is rehearsed."""


@dataclass
class Project:
    """A department's folder, and what is read from it when it is first asked for."""

    root: Path
    """The department's folder."""
    timepiece: Clock
    environ: Mapping[str, str]
    past: Past = ALL_KNOWN
    """What the ledger that was opened last knows of the time before it."""
    switched: Switched = field(default_factory=dict)
    """Since when series have what they need not have, as that ledger knows it."""

    @cached_property
    def now(self) -> datetime:
        """The moment that is planned for, in the department's zone."""
        return self.clock()

    def clock(self) -> datetime:
        """The time on the clock that this call goes by, in the department's zone."""
        return self.timepiece.now(self.department.timezone)

    def load(self) -> Loaded:
        """Reads the folder anew."""
        from announcer.records.load import load

        return self._aliased(load(self.root, now=self.timepiece.machine()))

    def _aliased(self, loaded: Loaded) -> Loaded:
        """With ids of confidential talks that nobody can guess a name from, once there is a secret."""
        from announcer.ledger.secret import read_secret

        if not any(talk.confidential for talk in loaded.talks):
            return loaded
        secret = read_secret(self.root)
        return replace(loaded, talks=tuple(aliased(talk, secret) for talk in loaded.talks))

    @cached_property
    def loaded(self) -> Loaded:
        """The folder as it was when first asked for."""
        return self.load()

    @cached_property
    def department(self) -> Department:
        """What announcer.yaml says. Raises ProblemsError where it has errors."""
        if self.loaded.department is None:
            raise ProblemsError(*self.errors(CONFIG))
        return self.loaded.department

    @property
    def read_department(self) -> Department | None:
        """What announcer.yaml says, where it was asked for and has no errors: reads nothing."""
        department = self.__dict__.get("department")
        return department if isinstance(department, Department) else None

    def errors(self, path: str | None = None) -> list[Problem]:
        """The errors in all files, or in this one."""
        return [problem for problem in self.loaded.errors if path in (None, problem.path)]

    @property
    def paths(self) -> dict[str, str]:
        """The file of each talk that there is, by its id; of those with errors too."""
        paths = {broken.id: broken.path for broken in self.loaded.broken}
        return paths | {talk.id: talk.path for talk in self.loaded.talks}

    def talk(self, name: str) -> Talk:
        """The talk of that id. Raises UsageFaultError, or ProblemsError where its file has errors."""
        for talk in self.loaded.talks:
            if talk.id == name:
                return talk
        for broken in self.loaded.broken:
            if broken.id == name:
                problems = [problem for problem in self.loaded.problems if problem.path == broken.path]
                raise ProblemsError(*problems)
        if any(snapshot.talk == name for entry in self.entries() for snapshot in entry.snapshots):
            raise UsageFaultError(
                code="file-gone",
                place=name,
                message="the file of this talk is gone, and lists were told of the talk",
                hint="put it back; with `status: cancelled` in it, the lists are told that the talk is off",
            )
        raise unknown("talk", name, [talk.id for talk in self.loaded.talks])

    @property
    def rehearses(self) -> bool:
        """Whether nothing of this counts: another moment, a Maildir, or a redirected envelope."""
        delivery = self.department.delivery
        return bool(
            not self.timepiece.is_machine or delivery.transport.row.is_rehearsal or delivery.redirect_all_to
        )

    @property
    def realm(self) -> Realm:
        """Which rows of the ledger count."""
        return Realm.REHEARSAL if self.rehearses else Realm.LIVE

    def require_sendable(self) -> None:
        """Raises UsageFaultError where --now asks to really send at another moment."""
        kind = self.department.delivery.transport
        if not self.timepiece.is_machine and not kind.row.is_rehearsal:
            raise UsageFaultError(
                code="now-with-smtp",
                place="--now",
                message=f"another moment can be rehearsed, not sent: this department's transport is {kind}",
                hint="add --dry-run, or set `delivery: {transport: maildir, path: outbox}` to rehearse",
            )

    def ledger(self, *, read_only: bool = False) -> Ledger:
        """The department's ledger. Raises LedgerError."""
        from announcer.ledger.store import open_ledger

        opened = open_ledger(
            self.department.ledger,
            self.root,
            password=self.ledger_password,
            read_only=read_only,
            made=self.timepiece.machine(),
        )
        self.past = self._heeded(opened.past)
        if self.timepiece.is_machine and self.realm is Realm.LIVE:
            self.switched = switched_on(self.department, opened, self.realm, self.now)
        if not read_only:
            # The first verb that writes to the ledger makes the secret.
            self.loaded = self._aliased(self.loaded)
        return opened

    def _heeded(self, past: Past) -> Past:
        """A rehearsal is exempt; at another moment than this machine's nothing was before."""
        if not self.timepiece.is_machine:
            return ALL_KNOWN
        return past if self.realm is Realm.LIVE else replace(past, is_known=True)

    @property
    def ledger_password(self) -> str | None:
        """The database's password, from the environment or systemd's credential. Raises CredentialsError."""
        given = self.environ.get("ANNOUNCER_LEDGER_PASSWORD")
        if given or self.department.ledger == "sqlite" or "CREDENTIALS_DIRECTORY" not in self.environ:
            return given
        from announcer.transport.secrets import from_file, from_systemd

        path = from_systemd(self.environ, "ledger-password")
        return from_file(path) if path else None

    def entries(self) -> list[Entry]:
        """The rows that count, read without changing anything."""
        ledger = self.ledger(read_only=True)
        try:
            return ledger.entries(self.realm)
        finally:
            ledger.close()

    def transport(self, *, clock: Callable[[], datetime] | None = None) -> Transport:
        """The configured way to hand messages over."""
        from announcer.transport.opening import open_transport

        return open_transport(self.department.delivery, self.root, self.environ, clock or self.clock)

    @cached_property
    def composer(self) -> Composer:
        """What makes messages, with the department's own templates before the built-in ones."""
        return self.composer_for(self.department)

    def composer_for(self, department: Department) -> Composer:
        """A composer for a department as it was read at another moment."""
        from announcer.message.compose import Composer

        folders = [self.root / "templates", builtin("templates")]
        return Composer(department, root=self.root, templates=folders)

    def plan(
        self, entries: Sequence[Entry], *, until: datetime | None = None, at: datetime | None = None
    ) -> Plan:
        """What `now`, or another moment, asks for."""
        from announcer.domain.planning.plan import plan

        return plan(
            self.situation(entries, at), self.loaded.talks, self.loaded.broken, until=until, past=self.past
        )

    def situation(self, entries: Iterable[Entry], now: datetime | None = None) -> Situation:
        """What is planned from: these rows of the ledger, at `now` or another moment."""
        from announcer.domain.planning.situation import Situation

        return Situation.of(self.department, entries, now or self.now, self.switched)


def unknown(what: str, name: str, known: Sequence[str]) -> UsageFaultError:
    """The fault of naming something that is not there, with the nearest that is."""
    import difflib

    close = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    some = ", ".join(sorted(known)[:8]) or "none yet"
    return UsageFaultError(
        code=f"unknown-{what}",
        place=name,
        message=f"there is no {what} of that name",
        hint=f'did you mean "{close[0]}"?' if close else f"there are: {some}",
    )
