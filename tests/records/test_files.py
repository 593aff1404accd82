"""What stands in talks/ that is no good file: links, folders, permissions, names."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from announcer.domain.problem import Severity
from tests.departments import CONFIG
from tests.records.conftest import Folder

DAY = "date: 2026-12-02\ntitle: Fine\n"
NOBODY = 65534
NAME = "talks/colloquium/2026-odd.yaml"


def test_a_link_out_of_the_folder_is_refused(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A talk that is a link to a file elsewhere is an error: its content is not read."""
    outside = tmp_path_factory.mktemp("elsewhere") / "secret.yaml"
    outside.write_text(DAY)
    (folder.path / "talks/colloquium").mkdir(parents=True)
    (folder.path / NAME).symlink_to(outside)
    assert _problems(folder) == [(NAME, "outside-folder", Severity.ERROR)]
    assert [broken.id for broken in folder.load().broken] == ["2026-odd"]


def test_talks_elsewhere_are_refused(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where talks/ itself is a link out of the folder, nothing in it is read."""
    outside = tmp_path_factory.mktemp("elsewhere")
    (outside / "2026-a.yaml").write_text("series: colloquium\n" + DAY)
    (folder.path / "talks").symlink_to(outside)
    assert _problems(folder) == [("talks", "outside-folder", Severity.ERROR)]
    assert folder.load().talks == ()


def test_a_link_within_the_folder_is_read(folder: Folder) -> None:
    """A link to a file of the same folder is that file."""
    folder.write("drafts/a.yaml", DAY)
    (folder.path / "talks/colloquium").mkdir(parents=True)
    (folder.path / NAME).symlink_to(folder.path / "drafts/a.yaml")
    assert [talk.id for talk in folder.load().talks] == ["2026-odd"]


def test_a_dangling_link_is_told(folder: Folder) -> None:
    """A link to nothing is an error, and so is one to itself."""
    (folder.path / "talks/colloquium").mkdir(parents=True)
    (folder.path / NAME).symlink_to(folder.path / "nowhere.yaml")
    itself = folder.path / "talks/colloquium/2026-self.yaml"
    itself.symlink_to(itself)
    assert _problems(folder) == [
        (NAME, "dangling-link", Severity.ERROR),
        ("talks/colloquium/2026-self.yaml", "dangling-link", Severity.ERROR),
    ]


def test_a_folder_with_a_files_name_is_told(folder: Folder) -> None:
    """A folder called x.yaml is an error, and the talks in it are read."""
    folder.write("talks/x.yaml/2026-a.yaml", "series: colloquium\n" + DAY)
    assert _problems(folder) == [("talks/x.yaml", "not-a-file", Severity.ERROR)]
    assert [talk.id for talk in folder.load().talks] == ["2026-a"]


def test_a_linked_folder_is_told_and_not_followed(folder: Folder) -> None:
    """A link to a folder, even to its own parent, is a warning and ends nothing in a loop."""
    folder.write("talks/colloquium/2026-a.yaml", DAY)
    (folder.path / "talks/again").symlink_to(folder.path / "talks")
    assert _problems(folder) == [("talks/again", "linked-folder", Severity.WARNING)]
    assert [talk.id for talk in folder.load().talks] == ["2026-a"]


def test_a_pipe_is_no_file(folder: Folder) -> None:
    """What is neither file nor folder is told, and not waited for."""
    (folder.path / "talks/colloquium").mkdir(parents=True)
    os.mkfifo(folder.path / NAME)
    assert _problems(folder) == [(NAME, "not-a-file", Severity.ERROR)]


def test_a_file_without_permission_is_told() -> None:
    """A talk that may not be read is an error of that talk alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name))
        folder.path.chmod(0o755)
        folder.write("announcer.yaml", CONFIG)
        folder.write("talks/colloquium/2026-a.yaml", DAY)
        folder.write(NAME, DAY).chmod(0)
        root = os.geteuid() == 0
        if root:  # root may read everything
            os.seteuid(NOBODY)
        try:
            loaded = folder.load()
        finally:
            if root:
                os.seteuid(0)
    assert [talk.id for talk in loaded.talks] == ["2026-a"]
    assert [(problem.path, problem.code) for problem in loaded.problems] == [(NAME, "unreadable-file")]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("2026-a.yml", "2026-a.yaml"),
        ("2026-a.yaml.txt", "2026-a.yaml"),
        ("2026-a.yaml (1)", "2026-a.yaml"),
        ("2026-a.YML", "2026-a.yaml"),
    ],
)
def test_a_nearly_right_name_is_told(folder: Folder, name: str, right: str) -> None:
    """A file that Windows or a browser renamed is not silently left out."""
    folder.write(f"talks/colloquium/{name}", DAY)
    loaded = folder.load()
    assert [(problem.code, problem.hint) for problem in loaded.problems] == [
        ("ignored-file", f"rename it to {right}")
    ]


@pytest.mark.parametrize(
    "name", [".2026-a.yaml.swp", ".hidden.yaml", "2026-a.yaml~", "#2026-a.yaml#", "README.md"]
)
def test_what_editors_leave_behind_is_passed_over(folder: Folder, name: str) -> None:
    """Backups and hidden files are no talks."""
    folder.write(f"talks/colloquium/{name}", "no talk")
    loaded = folder.load()
    assert (loaded.talks, loaded.broken, loaded.problems) == ((), (), ())


def test_a_name_that_is_no_text_can_be_told(folder: Folder) -> None:
    """A file whose name is not UTF-8 has a problem that can be printed."""
    (folder.path / "talks").mkdir()
    Path(os.fsdecode(os.fsencode(folder.path / "talks") + b"/2026-\xff.yaml")).write_text(DAY)
    (problem,) = folder.load().problems
    assert problem.path.encode("utf-8") == b"talks/2026-?.yaml"


def test_without_talks_there_are_none(folder: Folder) -> None:
    """A folder without talks/ is a department that has none."""
    loaded = folder.load()
    assert (loaded.talks, loaded.problems) == ((), ())


def test_the_series_is_that_of_the_folder(folder: Folder) -> None:
    """In talks/colloquium/2026/ a talk belongs to colloquium; at the top it must say so."""
    folder.write("talks/colloquium/2026/2026-a.yaml", DAY)
    folder.write("talks/2026-b.yaml", DAY)
    loaded = folder.load()
    assert [(talk.id, talk.series) for talk in loaded.talks] == [("2026-a", "colloquium")]
    assert [(problem.path, problem.code, problem.hint) for problem in loaded.problems] == [
        (
            "talks/2026-b.yaml",
            "missing-field",
            "write series: colloquium, or move the file into its series' folder",
        )
    ]


def test_a_file_name_that_is_no_id_is_told(folder: Folder) -> None:
    """The id stands in keys and message ids, so a stem with blanks or accents is an error."""
    folder.write("talks/colloquium/2026 Müller.yaml", DAY)
    assert [(problem.code, problem.hint) for problem in folder.load().problems] == [
        ("bad-name", "rename the file to 2026-muller.yaml, or write id: 2026-muller")
    ]


def _problems(folder: Folder) -> list[tuple[str, str, Severity]]:
    return [(problem.path, problem.code, problem.severity) for problem in folder.load().problems]
