"""Bad announcer.yaml files: for each one its code, line, column and hint."""

from __future__ import annotations

import pytest

from announcer.domain.problem import Severity
from tests.departments import CONFIG
from tests.records.cases import Case, cases
from tests.records.conftest import TALK, Folder

TABLE = list(cases("config"))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.name)
def test_a_bad_config_has_one_problem_with_its_place_and_a_hint(folder: Folder, case: Case) -> None:
    """Each bad announcer.yaml yields exactly the problem that its table says."""
    folder.write("announcer.yaml", case.text)
    loaded = folder.load()
    assert [(problem.code, problem.line, problem.column, problem.hint) for problem in loaded.problems] == [
        case.problem
    ]
    errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
    assert (loaded.department is None) == bool(errors)


def test_a_fault_of_the_config_hides_no_name_that_there_is_not(folder: Folder) -> None:
    """Unknown lists and series are told beside a phrase that cannot be read."""
    text = CONFIG.replace("lists: [colloquium, public-lectures]", "lists: [colloquium, nope]")
    text = text.replace("when: same day at 8:00 am", "when: in the morning, lists: nobody")
    digest = "{when: Monday, covers: 7 days, series: [seminar], lists: [colloquia]}"
    folder.write("announcer.yaml", f"{text}digests:\n  this-week: {digest}\n")
    assert [
        (problem.code, problem.line, problem.hint)
        for problem in folder.load().problems
        if problem.code != "bad-when"
    ] == [
        ("unknown-list", 10, "the lists in announcer.yaml are colloquium or public-lectures"),
        ("unknown-list", 17, "the lists in announcer.yaml are colloquium or public-lectures"),
        ("unknown-series", 19, "the series in announcer.yaml are colloquium"),
        ("unknown-list", 19, "did you mean colloquium?"),
    ]


def test_a_broken_config_hides_no_mistake_of_a_talk(folder: Folder) -> None:
    """With an error in announcer.yaml there are no talks, but their files' mistakes are told as well."""
    folder.write("announcer.yaml", CONFIG.replace("America/Chicago", "CST"))
    folder.write(TALK, "date: 02/12/2026\n")
    loaded = folder.load()
    assert (loaded.department, loaded.talks, loaded.broken) == (None, (), ())
    assert [problem.code for problem in loaded.problems] == ["bad-timezone", "ambiguous-date"]


def test_without_a_config_the_folder_is_no_departments(folder: Folder) -> None:
    """A folder without announcer.yaml is one problem, not an exception."""
    (folder.path / "announcer.yaml").unlink()
    loaded = folder.load()
    assert [(problem.path, problem.code) for problem in loaded.problems] == [("announcer.yaml", "no-file")]


SECRET = "hunter2-Xy"
HIDING = [
    f"delivery:\n  password: {SECRET}\n",
    f"delivery:\n  password:\n    {SECRET}\n",
    f"delivery:\n  password: |\n    {SECRET}\n",
    f"delivery:\n  smtp_password: '{SECRET}\n",
    f"delivery: {{transport: smtp, password: {SECRET}}}\n",
    f'delivery: {{"password": "{SECRET}", host: [}}\n',
    f"delivery:\n  Password = {SECRET}\n",
    f"delivery:\n\tpassword: {SECRET}\n",
    f"password:{SECRET}\n",
    f"ledger: postgresql://me:{SECRET}@db/x\n",
    f"ledger: postgresql://me:{SECRET}@db/x: y\n",
    f"ledger: postgres://me:{SECRET}@db/x\n",
    f"website: https://me:{SECRET}@example.edu: x\n",
    f"delivery:\n  api_key: {SECRET}\n  oauth_token: {SECRET}\n",
    f"delivery:\n  host: a: b\n  password: {SECRET}\n",
]


@pytest.mark.parametrize("text", HIDING)
def test_a_password_is_an_error_and_is_never_shown(folder: Folder, text: str) -> None:
    """Wherever a password stands, and however broken the file is, no problem repeats it."""
    folder.write("announcer.yaml", CONFIG + text)
    loaded = folder.load()
    assert loaded.department is None
    assert SECRET not in repr(loaded.problems)


@pytest.mark.parametrize("text", HIDING)
def test_a_password_in_a_talk_is_never_shown_either(folder: Folder, text: str) -> None:
    """The same in a talk's file."""
    folder.write(TALK, "date: 2026-12-02\n" + text)
    loaded = folder.load()
    assert loaded.talks == ()
    assert SECRET not in repr(loaded)
