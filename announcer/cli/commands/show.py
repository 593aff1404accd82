"""`announcer show`: one message exactly as it went, or as it would be sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from announcer.cli.exits import Exit
from announcer.cli.message_output import FORMATS, write_part
from announcer.cli.options import verb
from announcer.cli.output import print_json, show_problems
from announcer.cli.session import Session
from announcer.domain.mailing import AudienceGroup, Mailing
from announcer.domain.occasion import Occasion
from announcer.domain.talk import Status
from announcer.service.project import Project, UsageFaultError
from announcer.service.selection import OCCASIONS, Selection, group_for, select
from announcer.service.sent import Sent, newest, sent, when_and_to_whom


@verb("show", example="announcer show 2026-bordelon announcement --format eml --out message.eml")
@click.argument("talk")
@click.argument("occasion", type=click.Choice(OCCASIONS))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--list", "list_name", metavar="NAME", help="As this list gets it; the first where silent.")
@click.option("--anew", is_flag=True, help="As it would be composed now, also where it went.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Into this file.")
@click.option("--context", is_flag=True, help="What a template gets, instead.")
def command(
    session: Session,
    talk: str,
    occasion: str,
    form: str,
    list_name: str | None,
    anew: bool,
    out: Path | None,
    context: bool,
) -> Exit:
    """Show one message as it went, or exactly as it would be sent: text, html, all of it or its calendar."""
    project, place = session.project, f"{talk} {occasion}"
    selection = Selection(subject=talk, occasion=Occasion(occasion))
    try:
        mailing = select(project, selection, project.entries())
    except UsageFaultError as fault:
        past = None if anew or context else _past(project, selection, list_name, fault)
        if past is None or past.message is None:
            raise
        write_part(past.message, form, place, out)
        _say(_as_it_went(project, past, anew=False))
        return Exit.DONE
    group = group_for(project, mailing, list_name)
    if context:
        print_json(_plain(project.composer.context(group)))
        return Exit.DONE
    names = [list_name] if list_name else [mailing_list.name for mailing_list in group.lists]
    went = sent(project, mailing.key, names)
    if went and went.message and not anew:
        write_part(went.message, form, place, out)
        _say(_as_it_went(project, went, anew=True))
    else:
        message = project.composer.compose(group, date=group.moment)
        write_part(message, form, place, out)
        show_problems(message.warnings, err=True)
        for sentence in _composed_now(project, mailing, group, went):
            _say(sentence)
    _name_the_others(mailing, list_name)
    return Exit.DONE


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _past(project: Project, selection: Selection, name: str | None, fault: UsageFaultError) -> Sent | None:
    """What went of an occasion of which nothing is to be told any more."""
    if fault.code != "nothing-to-tell":
        return None
    key = newest(project, selection.subject, selection.occasion.value)
    return sent(project, key, [name] if name else ()) if key else None


def _as_it_went(project: Project, went: Sent, *, anew: bool) -> str:
    more = "; --anew composes it as it would be now" if anew else ""
    return f"As it went {when_and_to_whom(project, went.attempt)}{more}."


def _composed_now(
    project: Project, mailing: Mailing, group: AudienceGroup, went: Sent | None
) -> Iterator[str]:
    """What this message is not: what went, what goes."""
    if went is not None:
        to = when_and_to_whom(project, went.attempt)
        kept = (
            f"`announcer log {mailing.key}` shows what went"
            if went.message
            else "what went is no longer kept:"
        )
        yield f"Composed now; {kept} {to}."
    else:
        other = newest(project, mailing.key.subject, mailing.occasion.value)
        if other is not None and other != mailing.key:
            yield f"Another {mailing.occasion.value} of it went: `announcer log {other}` shows that one."
    if any(talk.status is Status.DRAFT for talk in group.talks):
        yield "This talk is a draft: nothing of it is sent before its file says `status: confirmed`."


def _name_the_others(mailing: Mailing, list_name: str | None) -> None:
    shown = list_name or mailing.groups[0].lists[0].name
    others = [name for name in mailing.lists if name != shown]
    if others and list_name is None:
        click.echo(f"As {shown} gets it; --list shows {' or '.join(others)}.", err=True)


def _plain(value: object) -> object:
    """A template's context as JSON can say it."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    fields = getattr(value, "__dataclass_fields__", None)
    if fields:
        return {name: _plain(getattr(value, name)) for name in fields}
    return value if value is None or isinstance(value, bool | int | float) else str(value)
