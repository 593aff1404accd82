"""`announcer import - --talk ID`: an answer about one talk, shown beside what its file says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from announcer.cli.exits import Exit
from announcer.cli.output import print_json, show_problems
from announcer.cli.session import Session
from announcer.domain.plain import Plain, in_words
from announcer.service.importing.answers import Answer, accept, answered, with_labelled
from announcer.service.project import UsageFaultError
from announcer.transport.printable import printable

_SHOWN = 300


def take_answer(
    session: Session, source: str, talk: str, pasted: Callable[[], bytes], *, yes: bool, ask: bool
) -> Exit:
    """Reads a letter, shows what it changes, and writes it after a yes. Raises UsageFaultError."""
    answer = answered(session.project, talk, pasted() if source == "-" else _file(source))
    if answer.unlabelled and ask:
        answer = with_labelled(answer, _labelled_by_hand(answer.unlabelled))
    if not session.json:
        _show(answer)
    written = bool(answer.changes) and (
        yes or (ask and click.confirm("Write that into the file?", default=False))
    )
    if written:
        accept(session.project, answer)
    if session.json:
        print_json(_as_json(answer, written=written))
    elif written:
        click.echo(f"Written: {answer.path}")
        show_problems([problem for problem in session.project.load().problems if problem.path == answer.path])
    elif answer.changes and not ask:
        click.echo("Nothing was written. Add --yes to write it.")
    return Exit.DONE


def _file(source: str) -> bytes:
    try:
        return Path(source).expanduser().read_bytes()
    except OSError as error:
        raise UsageFaultError(
            code="no-file",
            place=source,
            message=f"the letter cannot be read: {error.strerror}",
            hint="name a saved letter (.eml), or - to paste its text",
        ) from error


def _labelled_by_hand(text: str) -> dict[str, Plain]:
    """What the words of a letter without labels are, as a person says."""
    click.echo(f"Nothing in it is labelled. It says:\n\n{printable(text[:2000])}\n")
    fields: dict[str, Plain] = {}
    if title := click.prompt("Which is the title (Enter for none)", default="", show_default=False).strip():
        fields["title"] = title
    rest = text.replace(title, "", 1).strip() if title else text
    if rest and click.confirm("Is the rest the abstract?", default=False):
        fields["abstract"] = rest
    return fields


def _show(answer: Answer) -> None:
    for remark in answer.remarks:
        click.echo(f"Note: {remark.text}.")
    if answer.unlabelled:
        click.echo(
            "Nothing in it is labelled: put Title: and Abstract: before what they are, and paste it again."
        )
    elif not answer.changes:
        click.echo(f"It says nothing that {answer.path} does not say.")
    for change in answer.changes:
        click.echo(f"{change.field}:")
        if change.was is not None:
            click.echo(f"  file:   {printable(in_words(change.was)[:_SHOWN])}")
        click.echo(f"  answer: {printable(in_words(change.now)[:_SHOWN])}")


def _as_json(answer: Answer, *, written: bool) -> dict[str, object]:
    return {
        "source": "pasted",
        "written": [answer.path] if written else [],
        "remarks": [{"code": remark.code, "text": remark.text} for remark in answer.remarks],
        "talks": [
            {
                "state": "changed" if answer.changes else "same",
                "id": answer.talk,
                "path": answer.path,
                "title": None,
                "start": None,
                "speakers": [],
                "reason": None,
                "changes": [
                    {"field": change.field, "was": change.was, "is": change.now, "yours": None}
                    for change in answer.changes
                ],
            }
        ],
    }
