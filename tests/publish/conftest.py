"""A department that publishes, told and changed by the command line."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from announcer.domain.redaction import opaque
from tests import command_line
from tests.command_line import Done

CONFIG = """\
organization: Department of Physics, Example University
website: https://physics.example.edu
timezone: America/Chicago
from: Physics Talks <talks@physics.example.edu>
reply_to: committee@physics.example.edu
organizer: office@physics.example.edu
lists:
  members: {address: members@lists.example.edu, audience: internal}
  everybody: {address: everybody@lists.example.edu}
series:
  colloquium:
    name: Physics Colloquium
    lists: [members, everybody]
    time: 4:00 pm
    duration: 60 minutes
    location: {room: Crow 201, building: Crow Hall, address: "1 Example Drive, St. Louis"}
    schedule:
      - {send: announcement, when: 7 days before at 9:00 am}
      - {send: reminder, when: same day at 8:00 am}
  seminar:
    name: Condensed Matter Seminar
    lists: [everybody]
    time: 11:30 am
    duration: 75 minutes
    location: Compton 241
    schedule: [{send: announcement, when: 7 days before at 9:00 am}]
site: {url: "https://physics.example.edu/talks"}
corrections: send
"""
FULL = r"""date: 2026-12-02
title: Invariants of $SO(3)$ and the $H_0$ tension
speakers:
  - {name: Ada Example, affiliation: University of Examples, url: https://example.edu/ada, pronouns: she/her,
     bio: Ada Example counts bound states., photo: {path: photos/ada.png, alt: "Ada Example, smiling"}}
  - {name: Bo Sample, affiliation: Sample College}
abstract: |
  We study the spectrum of $H = -\Delta + V(x)$ on $\mathbb{R}^3$.

  $$ E = \sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6} $$

  - What a *bound state* is; see [the notes](https://physics.example.edu/notes).
  - What Lieb and Thirring knew in 1975.
host: {name: Max Muster, email: max.muster@physics.example.edu}
online: {url: https://video.example.edu/j/8837, meeting_id: 883 7718 2231, passcode: hemlock42}
meet: {text: Lunch with students, url: https://example.edu/meet}
refreshments: {what: Tea, time: 3:30 pm, location: Crow 241}
recording: yes
links: [{label: Paper, url: https://example.edu/paper}]
sponsor: Made possible by the Example Fund.
accessibility: The hall is step-free.
show_timezones: [Europe/Stockholm]
notes: Buy flowers for the guest.
"""
CANDIDATE = """date: 2026-12-03
title: Topological order in everyday kitchens
speaker: {name: Xenia Verborgen, affiliation: Nowhere Institute, bio: Xenia cooks.}
abstract: On kettles and on sieves.
host: {name: Hugo Heimlich, email: hugo@physics.example.edu}
confidential: yes
"""
WRITTEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET = "5" * 64
HIDDEN = opaque("2026-xenia", SECRET)
"""What the candidate's talk is called in public."""


@dataclass
class Site:
    """A department's folder, and the folder that it is published into."""

    path: Path

    @property
    def out(self) -> Path:
        """Where the files are."""
        return self.path / "public"

    def announcer(self, *args: str) -> Done:
        """Runs the command line."""
        return command_line.within(*args, cwd=self.path)

    def write(self, name: str, text: str, *, at: datetime = WRITTEN) -> None:
        """Writes one of the department's files, as of that moment."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        os.utime(file, (at.timestamp(),) * 2)

    def talk(self, name: str, text: str, *, at: datetime = WRITTEN) -> None:
        """Writes a talk of the colloquium."""
        self.write(f"talks/colloquium/{name}.yaml", text, at=at)

    def tell(self, now: str) -> None:
        """Sends what is due at that moment."""
        self.announcer("run", "-q", "--now", now)

    def publish(self, now: str, *args: str) -> Done:
        """Publishes at that moment."""
        done = self.announcer("publish", "--out", "public", "--now", now, *args)
        assert done.returncode == 0, done.stderr
        return done

    def read(self, name: str) -> str:
        """One of the files."""
        return (self.out / name).read_bytes().decode()

    def files(self) -> dict[str, bytes]:
        """All of them."""
        paths = sorted(path for path in self.out.rglob("*") if path.is_file())
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in paths}

    def mailed(self, list_name: str) -> list[str]:
        """The calendars that a list was mailed, oldest first."""
        made = []
        for file in sorted((self.path / "outbox" / "new").glob("*")):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            if str(message["To"]).startswith(f"{list_name}@"):
                parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
                made += [part.get_payload(decode=True).decode() for part in parts]  # type: ignore[union-attr]
        return made


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The department, without a talk."""
    made = Site(tmp_path)
    made.write("announcer.yaml", CONFIG)
    return made


@pytest.fixture(scope="session")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The department with a talk that has everything, a seminar, a candidate and a draft; the first three
    were announced."""
    from PIL import Image

    site = Site(tmp_path_factory.mktemp("announced"))
    site.write("announcer.yaml", CONFIG)
    site.write(".announcer/secret", SECRET)
    (site.path / "photos").mkdir()
    Image.linear_gradient("L").resize((300, 400)).convert("RGB").save(site.path / "photos" / "ada.png")
    site.talk("2026-ada", FULL)
    site.talk("2026-xenia", CANDIDATE)
    site.talk("2026-unfinished", "date: 2026-12-09\nstatus: draft\ntitle: Scribblings\nspeaker: Nobody Yet\n")
    site.talk("2026-none", "date: 2026-12-16\nkind: none\nnotice: The hall is being painted.\n")
    site.talk("2027-perhaps", "date: 2027-01-13\nstatus: tentative\nspeaker: Cy Beispiel\n")
    site.talk("2026-early", "date: 2026-11-04\ntitle: Early days\nspeaker: Di Prøve\n")
    site.write(
        "talks/seminar/2026-ice.yaml",
        "date: 2026-12-04\ntitle: Spin ice\nspeaker: {name: Åsa Prov, affiliation: Example Institute}\n",
    )
    site.tell("2026-11-25 09:00")
    site.tell("2026-11-27 09:00")
    return site.path


@pytest.fixture
def full(announced: Path, tmp_path: Path) -> Site:
    """That department, in a folder of its own."""
    shutil.copytree(announced, tmp_path, dirs_exist_ok=True)
    return Site(tmp_path)


NOW = "2026-11-30 10:00"


@pytest.fixture(scope="session")
def published(announced: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Its files, as everybody may read them."""
    path = tmp_path_factory.mktemp("published")
    shutil.copytree(announced, path, dirs_exist_ok=True)
    site = Site(path)
    site.publish(NOW)
    return site.files()
