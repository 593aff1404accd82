"""The department's files: its config, its talks, its templates."""

from __future__ import annotations

from collections.abc import Iterator

from announcer.cli.doctor import Finding, error, warning
from announcer.cli.session import Session
from announcer.domain.problem import Problem
from announcer.service.package_data import builtin
from announcer.service.project import CONFIG
from announcer.service.trial import trial
from announcer.service.wording import destination


def check_config(session: Session) -> Iterator[Finding]:
    """announcer.yaml and the talks. Where announcer.yaml has errors, nothing else can be looked at."""
    errors = session.project.errors(CONFIG)
    for problem in errors:
        yield error("config", _with_place(problem), problem.hint)
    if errors:
        return
    department = session.project.department
    lists, series = ", ".join(department.lists), ", ".join(department.series)
    yield Finding(check="config", message=f"{session.project.root / CONFIG}: lists {lists}; series {series}")
    broken = session.project.errors()
    talks = len(session.project.loaded.talks)
    if broken:
        files = len({problem.path for problem in broken})
        yield warning(
            "talks",
            f"{talks} can be read, and {files} file{'s have' if files > 1 else ' has'} errors",
            "`announcer check` shows them; the others are sent all the same",
        )
    else:
        yield Finding(check="talks", message=f"{talks} can be read")
    yield from _who_hears(session)


def _who_hears(session: Session) -> Iterator[Finding]:
    department = session.project.department
    if department.organizer is None:
        yield warning(
            "organizer",
            "nobody hears of what needs a person",
            "write `organizer: committee@physics.example.edu` in announcer.yaml",
        )
    if department.paused:
        yield warning(
            "paused", f"nothing is sent: {department.paused}", "take `paused` out of announcer.yaml"
        )
    if department.heartbeat:
        yield Finding(check="heartbeat", message="its URL is asked after every run")
    else:
        yield Finding(
            check="heartbeat",
            message="none: if the timer stops, no monitor notices",
            hint="if you have a monitor that expects signs of life, write its URL as `heartbeat:`",
        )


def check_templates(session: Session) -> Iterator[Finding]:
    """The department's own templates, and whether the messages of the coming weeks can be composed."""
    own, known = session.project.root / "templates", builtin("templates")
    replaced = []
    for path in sorted(own.rglob("*")) if own.is_dir() and own.resolve() != known.resolve() else ():
        name = path.relative_to(own).as_posix()
        if path.is_file() and (known / name).is_file():
            replaced.append(name)
        elif path.suffix in (".html", ".txt"):
            yield warning(
                "templates",
                f"templates/{name} replaces no built-in template",
                "see that its folder and name are right, unless your own templates include it",
            )
    failed = trial(session.project)
    for problem in failed:
        yield error("templates", _with_place(problem), problem.hint)
    if not failed:
        templates = f"your own: {', '.join(replaced)}" if replaced else "the built-in ones"
        yield Finding(check="templates", message=f"{templates}; what is planned can be composed")


def check_delivery(session: Session) -> Iterator[Finding]:
    """Where mail goes: to the lists, or not yet."""
    delivery = session.project.department.delivery
    where = destination(delivery)
    if delivery.transport.row.is_rehearsal:
        yield Finding(
            check="delivery",
            message=where,
            hint="when you are ready to send: `delivery: {transport: smtp, host: ...}` in announcer.yaml",
        )
        return
    if delivery.redirect_all_to:
        yield warning(
            "delivery",
            where,
            "take `redirect_all_to` out of announcer.yaml when you are ready to send",
        )
    else:
        rate = delivery.rate
        pace = f", at most {rate.count} in {int(rate.per.total_seconds())} seconds" if rate else ""
        yield Finding(check="delivery", message=f"{where}{pace}")


def _with_place(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column}: {problem.message}"
