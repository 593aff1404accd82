"""The wheel carries all that a department needs: built, and used from another folder without the repo."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked into a folder that is not the repo."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("talk_announcer-*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel)],
        check=True,
        capture_output=True,
    )
    return folder / "site"


def announcer(installed: Path, cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Runs the installed program, and no other."""
    run = "import announcer, sys; assert announcer.__file__.startswith(sys.argv.pop(1)); "
    run += "from announcer.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", run, str(installed), *args],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_department_of_ones_own_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    """init, check, plan, show, run and units work with nothing but the wheel."""
    assert announcer(installed, tmp_path, "init", "physics", "--now", "2026-11-23").returncode == 0
    folder = tmp_path / "physics"
    (talk,) = folder.glob("talks/*/*.yaml")
    talk.write_text(
        talk.read_text(encoding="utf-8").replace("status: draft", "status: confirmed"), encoding="utf-8"
    )
    assert announcer(installed, folder, "check").returncode == 0
    assert announcer(installed, folder, "show", talk.stem, "announcement", "--format", "eml").returncode == 0
    monday = announcer(installed, folder, "run", "--now", "2026-12-07 09:00")
    assert (monday.returncode, monday.stderr) == (0, "")
    assert len(list((folder / "outbox" / "new").iterdir())) == 1
    assert '"title"' in announcer(installed, tmp_path, "schema", "talk").stdout
    assert "OnCalendar=*:0/5" in announcer(installed, folder, "units", "systemd").stdout
