"""Folders to measure with: 200 departments' talks in one, all of them due, or all of them over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

SERIES = 200
ABSTRACT = r"""
  We study the spectrum of $H = -\Delta + V(x)$ on $\mathbb{R}^3$ and show that the number of bound states
  is at most $C \int |V|^{3/2}\,dx$. **No** assumption of symmetry is made, and the constant is
  explicit: $C \approx 0.1156$. We then turn to random potentials, where $\langle N \rangle \sim L^3$.

  The second half is for everybody: what a *bound state* is, why counting them tells how stable matter is,
  and what Lieb and Thirring knew in 1975. See [the notes](https://physics.example.edu/notes) for more.
"""


def department(root: Path, talks: int, *, port: int = 0, due: bool = True) -> None:
    """Writes announcer.yaml and so many talks: each is due for one list now, or over for years."""
    lists = "".join(f"  list-{n:03}: {{address: list-{n:03}@lists.example.edu}}\n" for n in range(SERIES))
    series = "".join(
        f"  dept-{n:03}:\n    name: Colloquium of Department {n}\n    lists: [list-{n:03}]\n"
        "    time: 4:00 pm\n    duration: 60 minutes\n    location: {room: "
        f"Crow {n}, building: Crow Hall"
        "}\n"
        "    schedule: [{send: announcement, when: 30 days before at 9:00 am}]\n"
        for n in range(SERIES)
    )
    delivery = (
        f"{{transport: smtp, host: 127.0.0.1, port: {port}, security: none}}"
        if port
        else "{transport: maildir}"
    )
    (root / "announcer.yaml").write_text(
        "organization: Example University\nwebsite: https://www.example.edu\ntimezone: America/Chicago\n"
        "from: Talks <talks@example.edu>\norganizer: office@example.edu\n"
        f"lists:\n{lists}series:\n{series}delivery: {delivery}\n",
        encoding="utf-8",
    )
    first = datetime.now(UTC).date() + timedelta(days=3) if due else date(2012, 1, 2)
    for number in range(talks):
        of, turn = number % SERIES, number // SERIES
        folder = root / "talks" / f"dept-{of:03}"
        folder.mkdir(parents=True, exist_ok=True)
        day = first + timedelta(days=turn if due else 7 * turn)
        (folder / f"{day.year}-speaker-{number:05}.yaml").write_text(
            f"date: {day}\ntitle: Bound states and their number, part {number}\n"
            f"speaker: {{name: Ada Example{number}, affiliation: University of Examples}}\n"
            f"host: Max Sample{of}\nabstract: |{ABSTRACT}",
            encoding="utf-8",
        )
