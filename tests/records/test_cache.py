"""What is kept of unchanged files, and that nothing changed is ever taken from there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from announcer.records import cache, circumstances
from announcer.records.load import Loaded
from tests.departments import CONFIG
from tests.records.conftest import Folder
from tests.thoroughness import examples

DAY = "date: 2026-12-02\n"
A = "talks/colloquium/2026-a.yaml"
B = "talks/colloquium/2026-b.yaml"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def kept(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder of a good talk, a bad one and one with a warning, loaded once, all of them kept."""
    folder.write(A, DAY + "title: Spooky\nonline: {url: 'https://example.edu/j', passcode: abcd1}\n")
    folder.write(B, DAY + "title: Dark: matter\n")
    folder.write("talks/colloquium/2026-c.yaml", "date: 2026-12-03\ntitle: Late\n")
    # Files as young as these are not kept; waiting two seconds in each test would be the other way.
    monkeypatch.setattr(cache, "RACY", -3_600_000_000_000)
    folder.load(cache=True)
    return folder


def entries(folder: Folder) -> dict[str, dict[str, object]]:
    """What the cache has of each file."""
    body = (folder.path / ".announcer/cache/records.msgpack").read_bytes().partition(b"\n")[2]
    stored: dict[str, dict[str, object]] = msgspec.msgpack.decode(body)["entries"]
    return stored


def same(folder: Folder) -> Loaded:
    """What loading says with the cache, which must be what it says without."""
    with_cache = folder.load(cache=True)
    without = folder.load(cache=False)
    assert (with_cache, with_cache.problems) == (without, without.problems)
    return with_cache


def test_what_is_kept_is_what_was_read(kept: Folder) -> None:
    """Loading from the cache gives the same department, talks, broken talks and problems."""
    assert sorted(entries(kept)) == [A, B, "talks/colloquium/2026-c.yaml"]
    loaded = same(kept)
    assert [talk.id for talk in loaded.talks] == ["2026-a", "2026-c"]
    assert [problem.code for problem in loaded.problems] == ["unquoted-colon", "other-weekday"]


def test_a_warm_load_reads_no_yaml(kept: Folder) -> None:
    """With everything unchanged neither the YAML parser nor the models are even imported."""
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from announcer.records import cache; cache.RACY = -3_600_000_000_000\n"
        "from announcer.records.load import load\n"
        "load(Path(sys.argv[1]), now=datetime(2026, 11, 23, tzinfo=UTC))\n"
        "print(sorted({'yaml', 'pydantic', 'babel', 'holidays'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(kept.path)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert runs[-1] == "[]\n"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda folder: folder.write(A, DAY + "title: Ghostly\n"), id="another content"),
        pytest.param(lambda folder: folder.write(B, DAY + "title: Mended\n"), id="a mended file"),
        pytest.param(lambda folder: (folder.path / A).unlink(), id="a file gone"),
        pytest.param(
            lambda folder: folder.write("talks/colloquium/2026-d.yaml", DAY + "title: New\n"), id="a new file"
        ),
        pytest.param(
            lambda folder: (folder.path / A).rename(folder.path / "talks/colloquium/2026-z.yaml"),
            id="a renamed file",
        ),
        pytest.param(
            lambda folder: folder.write("announcer.yaml", CONFIG.replace("4:00", "5:00")), id="another config"
        ),
        pytest.param(lambda folder: folder.write("announcer.yaml", "nonsense"), id="a broken config"),
        pytest.param(
            lambda folder: folder.write("announcer.yaml", CONFIG + "begin: 2026-12-01\n"), id="a new setting"
        ),
    ],
)
def test_no_change_is_missed(kept: Folder, change: object) -> None:
    """Whatever changed, loading with the cache says what loading without it does, twice."""
    assert callable(change)
    change(kept)
    same(kept)
    same(kept)


def test_a_change_of_the_same_size_and_time_is_not_missed(kept: Folder) -> None:
    """A file rewritten in place with its old size and its old modification time is read anew."""
    path = kept.path / A
    before = path.stat()
    text = path.read_text()
    with path.open("r+") as file:
        file.write(text.replace("Spooky", "Ghosty"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert [talk.title for talk in same(kept).talks] == ["Ghosty", "Late"]


def test_a_file_replaced_by_an_old_one_is_not_missed(kept: Folder) -> None:
    """A file that was moved into the place, with the size and time of the old, is another inode."""
    path = kept.path / A
    before = path.stat()
    other = kept.write("other", path.read_text().replace("Spooky", "Ghosty"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)
    assert [talk.title for talk in same(kept).talks] == ["Ghosty", "Late"]


def test_a_file_that_just_changed_is_not_kept(folder: Folder) -> None:
    """A file whose time is as young as the cache may change again unseen, so it is read every time."""
    folder.write(A, DAY + "title: Spooky\n")
    folder.load(cache=True)
    assert entries(folder)[A]["stamp"] is None
    folder.write(A, DAY + "title: Ghosty\n")
    assert [talk.title for talk in same(folder).talks] == ["Ghosty"]


def test_a_file_is_kept_once_it_is_old_enough(folder: Folder) -> None:
    """An hour-old file is kept, but for its ctime, which nobody can set back."""
    path = folder.write(A, DAY + "title: Spooky\n")
    os.utime(path, (time.time() - 3600,) * 2)
    folder.load(cache=True)
    assert entries(folder)[A]["stamp"] is None
    time.sleep(cache.RACY / 1e9 + 0.1)
    folder.load(cache=True)
    assert entries(folder)[A]["stamp"] is not None


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_cache_is_never_believed(kept: Folder, data: st.DataObject) -> None:
    """However its bytes are changed or cut, loading says what it says without a cache."""
    file = kept.path / ".announcer/cache/records.msgpack"
    content = bytearray(file.read_bytes())
    where = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content = content[:where]
    else:
        content[where] ^= data.draw(st.integers(1, 255))
    file.write_bytes(bytes(content))
    same(kept)


def test_another_version_of_the_program_reads_anew(kept: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older version kept is nothing to a newer one."""
    digest = cache.digest(CONFIG.encode())
    assert cache.restore(kept.path, digest) is not None
    monkeypatch.setattr(circumstances, "__version__", "999")
    assert cache.digest(CONFIG.encode()) != digest
    assert cache.restore(kept.path, cache.digest(CONFIG.encode())) is None


def test_the_cache_is_its_owners_alone(kept: Folder) -> None:
    """Talks hold passcodes, so neither the folder nor the file is for others."""
    folder = kept.path / ".announcer/cache"
    assert [oct(path.stat().st_mode & 0o777) for path in (folder, folder / "records.msgpack")] == [
        "0o700",
        "0o600",
    ]
    assert [path.name for path in folder.iterdir()] == ["records.msgpack"]


def test_without_room_for_a_cache_loading_goes_on(folder: Folder) -> None:
    """Where .announcer cannot be made, everything is read every time."""
    folder.write(A, DAY)
    folder.write(".announcer", "a file in the way")
    assert [talk.id for talk in folder.load(cache=True).talks] == ["2026-a"]


def test_a_picture_that_went_is_noticed(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The talk's file is unchanged, but its photo is gone: that is told all the same."""
    monkeypatch.setattr(cache, "RACY", -3_600_000_000_000)
    folder.write(A, DAY + "speaker: {name: Ada Example, photo: {path: small.jpg, alt: Ada}}\n")
    assert same(folder).problems == ()
    (folder.path / "small.jpg").unlink()
    assert [problem.code for problem in same(folder).problems] == ["photo-missing"]
