"""A fuzzer of talk files and configs: no traceback, no second of silence, no 200 MB.

    python -m tests.records.fuzz --runs 100000            mutations of every file in the tables
    python -m tests.records.fuzz --runs 100000 --guided   the same, guided by coverage (pip install atheris)

Each input is read once as a talk and once as announcer.yaml.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

SECOND = 1.0
MEGABYTES = 200
NOW = datetime(2026, 11, 23, tzinfo=UTC)
PIECES = [
    b": ", b":", b" #", b"#", b"- ", b"\n", b"\r\n", b"\n\n", b"  ", b"\t", b"'", b'"', b"[", b"]", b"{",
    b"}", b"|", b">", b"&a ", b"*a", b"!!", b"%", b"@", b"`", b"---\n", b"...\n", b"? ", b"<<: ", b"\\",
    b"$", b"$$", b"{{ x }}", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00", b"\x1b", b"\xc2\xa0",
    b"\xe2\x80\x8b", b"\xe2\x80\xa8", b"\xc3\x83", b"\xf0\x9f\x98\x80", b"date: ", b"title: ",
    b"speaker: ", b"schedule: ", b"lists: ", b"series: ", b"password: x", b"99999999999999999999", b"-1",
    b"0", b"12/12/2026", b"Monday before at ", b"2 hours before", b"~", b"null",
]  # fmt: skip


DAY = "date: 2026-12-02\n"
SIZE = 250_000
TEXT = DAY + "abstract: |\n  "


def much(piece: str, before: str = "", behind: str = "") -> str:
    """A piece again and again, to a quarter of a megabyte."""
    return before + piece * (SIZE // len(piece)) + behind


WORST = {
    "brackets": much("["),
    "braces": much("{"),
    "hyphens": much("- "),
    "keys within keys": much("a: "),
    "escaped quotes": much('\\"', 'title: "'),
    "keys": "".join(f"k{number}: x\n" for number in range(22_000)),
    "one key": much("a: b\n"),
    "anchors": "".join(f"a{number}: &b{number} x\n" for number in range(14_000)),
    "passwords": much("password: a "),
    "blanks": much(" "),
    "line ends": much("\n"),
    "control characters": much("\x01"),
    "digits": much("9", "date: 2026-"),
    "names": much("a and ", DAY + "speaker: "),
    "rules": much("{send: reminder, when: same day at 8:00 am}, ", DAY + "schedule: [", "]"),
    "dollars": much("$a ", TEXT),
    "braces in a text": much("{", TEXT),
    "open formulas": much("\\(", TEXT),
    "display formulas": much("$$a=b$$ ", TEXT),
    "quotation marks": much("``a ", TEXT),
    "commands": much("\\emph{\\alpha ", TEXT),
    "scripts": much("x^{", TEXT),
    "open scripts in dollars": much("$_{", TEXT),
    "open definitions": much("\\def\\a{", TEXT),
    "marks": much("\u0323", TEXT),
    "private characters": much("\U000f0000", TEXT),
    "tags": much("<b><a href=", TEXT),
    "template marks": much("{% ", TEXT),
    "half links": much("](a:", TEXT),
    "hosts": much("a.", TEXT + "https://"),
    "dates": much("Tuesday, December 2 ", TEXT),
    "wrong letters": much("Ã¶", TEXT),
    "a line that goes on": much("- x: [", DAY + "notes: "),
}


def corpus() -> list[bytes]:
    """Every file of the tables, and the sample department."""
    from tests.departments import CONFIG
    from tests.records.cases import cases
    from tests.records.test_odd_talks import GOOD

    root = Path(__file__).parents[2]
    contents = [CONFIG.encode()]
    contents += [path.read_bytes() for path in sorted((root / "talks").rglob("*.yaml"))]
    contents += [
        case.text.encode() for table in ("form", "values", "meaning", "config") for case in cases(table)
    ]
    contents += [row[1] if isinstance(row[1], bytes) else row[1].encode() for row in GOOD]
    return contents


def mutations(seeds: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Files that are nearly right, without end."""
    while True:
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 6)):
            where = chance.randint(0, len(data))
            match chance.randint(0, 6):
                case 0 | 1:
                    data[where:where] = chance.choice(PIECES)
                case 2:
                    del data[where : where + chance.randint(1, 12)]
                case 3 if data:
                    data[min(where, len(data) - 1)] = chance.randint(0, 255)
                case 4:
                    other = chance.choice(seeds)
                    start = chance.randint(0, len(other))
                    data[where:where] = other[start : start + chance.randint(1, 200)]
                case 5:
                    data[where:where] = chance.choice(PIECES) * chance.randint(1, 400)
                case _:
                    lines = bytes(data).split(b"\n")
                    chance.shuffle(lines)
                    data = bytearray(b"\n".join(lines))
        yield bytes(data[:200_000])


def reader(limit: float = 60.0) -> Callable[[bytes], None]:
    """Reads bytes as a talk of a good department, and as a department, each in `limit` seconds of work."""
    from announcer.records.models.read_config import read_settings
    from announcer.records.models.read_talk import read_talk
    from announcer.records.yaml.files import Content
    from tests.departments import CONFIG

    department = read_settings(CONFIG.encode(), NOW)
    assert department.department is not None

    def read(data: bytes) -> None:
        content = Content(data=data, stamp=(0, 0, 0, 0), modified=NOW)
        began = time.process_time()
        entry = read_talk("talks/colloquium/2026-fuzz.yaml", content, department)
        middle = time.process_time()
        settings = read_settings(data, NOW)
        ended = time.process_time()
        assert (entry.talk is None) != (entry.broken is None), "a file is a talk or broken"
        for problem in (*entry.problems, *settings.problems):
            assert problem.line >= 1
            assert problem.column >= 1
            assert problem.message
            assert problem.hint
            assert len(problem.message + problem.hint) < 600, f"a problem repeats the file: {problem}"
            str(problem).encode("utf-8")
        assert max(middle - began, ended - middle) < limit, "it took too long"

    return read


def run(runs: int, seed: int) -> float:
    """Reads that many mutations; the longest time that one took, in seconds. Raises at the first fault."""
    read = reader(SECOND)
    longest = 0.0
    worst = (text.encode() for text in WORST.values())
    inputs = chain(worst, mutations(corpus(), random.Random(seed)))
    for number, data in zip(range(runs), inputs, strict=False):
        began = time.process_time()
        try:
            read(data)
        except BaseException:
            sys.stderr.write(f"input {number} of seed {seed}: {data!r}\n")
            raise
        longest = max(longest, time.process_time() - began)
    assert peak() < MEGABYTES, f"{peak()} MB"
    return longest


def peak() -> float:
    """The most memory that this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux's ru_maxrss also counts what the process had that started this one.
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if "VmHWM" in line)
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def guided(runs: int) -> None:
    """The same by atheris, which keeps what reaches new code."""
    import tempfile

    import atheris

    with atheris.instrument_imports(include=["announcer", "yaml"]):
        read = reader()
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(corpus()):
            (Path(folder) / str(number)).write_bytes(data)
        atheris.Setup([sys.argv[0], f"-runs={runs}", "-max_len=4096", "-timeout=5", folder], read)
        atheris.Fuzz()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", action="store_true")
    given = parser.parse_args()
    if given.guided:
        guided(given.runs)
        return
    began = time.perf_counter()
    longest = run(given.runs, given.seed)
    print(
        f"{given.runs} inputs in {time.perf_counter() - began:.0f} s: no traceback; "
        f"longest {longest * 1000:.0f} ms, peak {peak():.0f} MB"
    )


if __name__ == "__main__":
    main()
