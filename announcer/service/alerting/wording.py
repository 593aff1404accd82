"""What an alert says: which mail, what changed, why, and the next step for each state."""

from __future__ import annotations

from collections.abc import Sequence

from announcer.domain.alert import Alert, Step
from announcer.domain.department import MailingList
from announcer.domain.mailing import Key, ListOutcome, Mailing, Plan, State
from announcer.domain.problem import Problem
from announcer.domain.reason import Code
from announcer.domain.snapshot import Snapshot
from announcer.domain.talk import Talk
from announcer.service.alerting.held_changes import if_nothing
from announcer.service.command_lines import command_line, to_resolve, to_send, to_skip
from announcer.service.project import CONFIG, Project
from announcer.service.subject import changed, headline, matter, subject_line
from announcer.service.wording import moment, reason_text, why
from announcer.text.prose import listed

_MANY = 3
"""More held corrections than this are told as one."""
_IS = {State.HELD: "is held", State.MISSED: "was missed"}
_BRIEFLY = {State.HELD: "waits for you", State.MISSED: "was missed"}
_INSTEAD = (Code.WENT_INSTEAD, Code.GOES_INSTEAD, Code.LATER_GOES_INSTEAD)
"""Another mail told it: nothing is lost."""


def held(project: Project, planned: Plan, mailing: Mailing, outcomes: Sequence[ListOutcome]) -> Alert:
    """What waits for a person."""
    left = if_nothing(project, mailing, [outcome.list.name for outcome in outcomes], planned)
    skip = Step(text="If it is not wanted:", command=to_skip(project, mailing.key, anywhere=True))
    if any(outcome.by_hand for outcome in outcomes):
        send = to_send(project, mailing.key, anywhere=True)
        steps = (Step(text="This sends it:", command=send), skip)
    else:
        path = project.paths.get(mailing.key.subject, CONFIG)
        until = f", until {_when(project, mailing)}" if mailing.expires else ""
        steps = (Step(text=f"Put that right in {project.root / path}. It then goes by itself{until}."), skip)
    return _waiting(project, mailing, outcomes, State.HELD, steps=steps, otherwise=left)


def missed(project: Project, _: Plan, mailing: Mailing, outcomes: Sequence[ListOutcome]) -> Alert:
    """What did not go, and will not."""
    if all(is_instead(outcome) for outcome in outcomes):
        steps: tuple[Step, ...] = (Step(text="There is nothing to do."),)
        return _waiting(project, mailing, outcomes, State.MISSED, steps=steps, needs_a_person=False)
    steps = (Step(text="It is too late to send it: if readers must still hear of it, write to them."),)
    if any(outcome.reason and outcome.reason.code is Code.NOTHING_RAN for outcome in outcomes):
        doctor = command_line(project, "doctor", anywhere=True)
        steps = (*steps, Step(text="See whether the timer that sends still runs:", command=doctor))
    return _waiting(project, mailing, outcomes, State.MISSED, steps=steps)


def left_out(project: Project, mailing: Mailing, talk: Talk) -> Alert:
    """A draft in the days of a digest, which tells nothing of it."""
    title = f"The digest {mailing.key.subject} says nothing of {talk.id}: it is a draft"
    return Alert(
        sentence=f"{title}; `status: confirmed` in {talk.path} makes it known",
        title=title,
        headline=title,
        text="The digest stands for its week, and is not sent again.",
        steps=(Step(text=f"If it takes place: set `status: confirmed` in {project.root / talk.path}."),),
        key=mailing.key,
    )


def unknown(project: Project, mailing: Mailing, outcome: ListOutcome) -> Alert:
    """What a list may have got, or not."""
    what = _mailing_words(mailing, [outcome.list.name])
    return Alert(
        sentence=f"Nobody knows whether the {what} arrived{why(outcome.reason)} ({mailing.key})",
        title=f"Nobody knows whether the {what} arrived",
        headline=headline(project, mailing, f"nobody knows whether the {mailing.occasion.value} arrived"),
        lines=subject_line(project, mailing),
        text="The connection was lost after the message was handed over. It is not sent again by itself.",
        steps=unknown_steps(project, mailing.key, outcome.list.name, anywhere=True),
        key=mailing.key,
        lists=(outcome.list.name,),
    )


def unknown_steps(project: Project, key: Key, name: str, *, anywhere: bool = False) -> tuple[Step, ...]:
    """Look, and say what became of it."""
    accepted = to_resolve(project, key, name, "--accepted", anywhere=anywhere)
    not_sent = to_resolve(project, key, name, "--not-sent", anywhere=anywhere)
    if key.row.is_to_people:
        return (
            Step(text=f"Ask the {name} whether it is there. If it is:", command=accepted),
            Step(text="If it is not:", command=not_sent),
        )
    return (
        Step(text=f"Look in the archive of {name}. If it is there:", command=accepted),
        Step(text="If it is not there:", command=not_sent),
    )


def refused(project: Project, mailing: Mailing, outcome: ListOutcome) -> Alert:
    """What a server did not take for a list."""
    what = _mailing_words(mailing, [outcome.list.name])
    if outcome.by_hand:
        step = refused_step(project, mailing.key, outcome.list, anywhere=True)
    else:
        step = Step(text=f"It is too late for this one. For the next: correct {_address(outcome.list)}.")
    return Alert(
        sentence=f"The {what} was refused by the server{why(outcome.reason)} ({mailing.key})",
        title=f"The {what} was refused by the server",
        headline=headline(project, mailing, f"the {mailing.occasion.value} was refused"),
        lines=subject_line(project, mailing),
        text=f"The server said{why(outcome.reason)}",
        steps=(step,),
        key=mailing.key,
        lists=(outcome.list.name,),
    )


def refused_step(project: Project, key: Key, mailing_list: MailingList, *, anywhere: bool = False) -> Step:
    """Correct the address, and send it again."""
    send = to_send(project, key, mailing_list.name, anywhere=anywhere)
    return Step(text=f"Correct {_address(mailing_list)}, or ask who runs the list. Then:", command=send)


def _address(mailing_list: MailingList) -> str:
    if mailing_list.person is not None:
        return f"the address of the {mailing_list.name} in its file, if that is wrong"
    return f"the address of {mailing_list.name} in announcer.yaml, {mailing_list.address}, if that is wrong"


def stuck(project: Project, mailing: Mailing, outcome: ListOutcome) -> Alert:
    """What another run took in hand and never let go."""
    what = _mailing_words(mailing, [outcome.list.name])
    since = moment(outcome.at.astimezone(project.now.tzinfo), project.now) if outcome.at else "long ago"
    text = (
        f"A run took it in hand on {since} and still holds it, so that no other sends it. "
        "That run hangs, or this account cannot read its lock file in "
        f"{project.root / '.announcer' / 'owners'}."
    )
    return Alert(
        sentence=f"The {what} has been in sending since {since}: `announcer doctor` and the lock files in "
        f".announcer/owners show who holds it ({mailing.key})",
        title=f"The {what} has been in sending since {since}",
        lines=subject_line(project, mailing),
        text=text,
        steps=(
            Step(text="See what is wrong:", command=command_line(project, "doctor", anywhere=True)),
            Step(
                text="End the run that hangs. Where no announcer runs any more, give the files in that "
                "folder back to the account that runs it: the next run then says what became of the mail."
            ),
        ),
        key=mailing.key,
        lists=(outcome.list.name,),
    )


def paused(project: Project, line: str, mailings: Sequence[Mailing]) -> Alert:
    """What somebody wrote down, once for all that it holds."""
    return Alert(
        sentence=f"announcer.yaml says {line}: nothing of it is sent until that is taken out",
        title=f"announcer.yaml says {line}",
        lines=tuple(f"{mailing.key}" for mailing in mailings),
        text="This is held for now, and so is what else falls due.",
        steps=(Step(text=f"Take that line out of {project.root / CONFIG} when mail is to go again."),),
        needs_a_person=False,
    )


def unsure(project: Project, mailings: Sequence[Mailing]) -> Alert:
    """What a new ledger cannot know of, all at once."""
    many = len(mailings)
    held = "1 mailing is held" if many == 1 else f"{many} mailings are held"
    because = "the ledger was made after it was due, and cannot know whether it went"
    return Alert(
        sentence=f"{held}: {because}; `announcer ledger` shows what there is to do",
        title=held,
        lines=tuple(str(mailing.key) for mailing in mailings),
        text=f"{because}. Look in the lists' archives.",
        steps=(
            Step(text="If none of it was sent:", command=_ledger(project, "--new")),
            Step(text="If it was sent:", command=_ledger(project, "--adopt")),
        ),
    )


def _ledger(project: Project, word: str) -> str:
    return command_line(project, "ledger", word, anywhere=True)


def gone(project: Project, announced: Snapshot, subject: str | None) -> Alert:
    """A talk that lists were told of, and whose file is no more."""
    renamed = next(
        (
            talk
            for talk in project.loaded.talks
            if (talk.series, talk.start) == (announced.series, announced.start)
        ),
        None,
    )
    put_back = "Put it back (from a backup, or from git); then the talk's mail goes as planned."
    steps = [
        Step(text=put_back),
        Step(text="If the talk is off: put it back with `status: cancelled`, and the lists are told so."),
    ]
    if renamed:
        hint = f"If it was renamed to {renamed.path}: write `id: {announced.talk}` into that file."
        steps.insert(0, Step(text=hint))
    return Alert(
        sentence=f"The file of {announced.talk} is gone, and lists were told of that talk: put it back; "
        "with `status: cancelled` in it they are told that it is off",
        title=f"The file of {announced.talk} is gone",
        lines=(f"Subject: {subject}",) if subject else (),
        text="Lists were told of this talk. Nothing more of it is sent, and nothing is cancelled.",
        steps=tuple(steps),
    )


def faulty(project: Project, problem: Problem) -> Alert:
    """An error in a file."""
    read = problem.path == CONFIG or problem.path.startswith("talks/")
    check = command_line(
        project, "check", *([str(project.root / problem.path)] if read else []), anywhere=True
    )
    return Alert(
        sentence=f"{problem.path}, line {problem.line}: {problem.message}; {problem.hint}",
        problem=problem,
        title=f"There is an error in {problem.path}, line {problem.line}",
        text=f"{problem.message}; {problem.hint}" if problem.hint else problem.message,
        steps=(Step(text=f"Correct {project.root / problem.path}; this looks at it again:", command=check),),
    )


def condensed(project: Project, alerts: Sequence[Alert]) -> list[Alert]:
    """The same, with many held corrections told as one: somebody edited announcer.yaml."""
    many = [
        alert for alert in alerts if alert.key and alert.key.row.is_inferred and alert.state is State.HELD
    ]
    if len(many) <= _MANY:
        return list(alerts)
    plan = command_line(project, "plan", anywhere=True)
    condensed_alert = Alert(
        sentence=f"{len(many)} corrections are held",
        title=f"{len(many)} corrections are held",
        lines=tuple(
            line for alert in many for line in (f"{alert.key}", *(f"  {detail}" for detail in alert.lines))
        ),
        text="So many at once look like an edit of announcer.yaml.",
        steps=(
            Step(
                text="If it was a mistake, take it back: they then vanish. Otherwise look at them:",
                command=plan,
            ),
            *(step for step in many[0].steps[:1]),
        ),
    )
    return [condensed_alert, *(alert for alert in alerts if alert not in many)]


def _waiting(
    project: Project,
    mailing: Mailing,
    outcomes: Sequence[ListOutcome],
    state: State,
    *,
    steps: tuple[Step, ...],
    needs_a_person: bool = True,
    otherwise: str = "",
) -> Alert:
    names = [outcome.list.name for outcome in outcomes]
    what = _mailing_words(mailing, names)
    reasons = [reason for reason in dict.fromkeys(outcome.reason for outcome in outcomes) if reason]
    because = f": {'; '.join(reason_text(reason) for reason in reasons)}" if reasons else ""
    return Alert(
        sentence=f"The {what} {_IS[state]}{because} ({mailing.key})",
        title=f"The {what} {_IS[state]}",
        lines=(*subject_line(project, mailing), *changed(project, mailing, names)),
        headline=headline(project, mailing, f"{matter(project, mailing)} {_BRIEFLY[state]}"),
        text="\n".join(
            [
                *(reason_text(reason, commands=False) for reason in reasons),
                *([otherwise] if otherwise else []),
            ]
        ),
        steps=steps,
        needs_a_person=needs_a_person,
        state=state,
        key=mailing.key,
        lists=tuple(names),
    )


def is_instead(outcome: ListOutcome) -> bool:
    """Whether another mail told it, so that there is nothing to do."""
    return outcome.reason is not None and outcome.reason.code in _INSTEAD


def _mailing_words(mailing: Mailing, names: Sequence[str]) -> str:
    return f"{mailing.occasion.value} of {mailing.key.subject} for {listed(names)}"


def _when(project: Project, mailing: Mailing) -> str:
    assert mailing.expires is not None  # noqa: S101 - it was just asked
    return moment(mailing.expires.astimezone(project.now.tzinfo), project.now)
