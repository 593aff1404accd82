"""Header fields survive: what is written is what every reader decodes."""

from __future__ import annotations

import email
import email.policy
import random
import re
import subprocess
from dataclasses import replace
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.domain.department import Address, MailingList
from announcer.message import mime
from announcer.message.headers import header_field
from announcer.text.characters import clean
from announcer.text.prose import one_line
from tests.message.programs import program
from tests.message.samples import SENT, composer, group, seed
from tests.thoroughness import examples

WORDS = (
    "naïve Schrödinger Poincaré ΛCDM H₀ ν_{eff} 𝒩=4 超伝導 квантовая physics, theory: Deep Learning "
    '"quoted" (comment) <angle> a=?b?= =?utf-8?q?x?= Straße — … $5 back\\slash a@b.example.edu ; [list] '
    "🎓 łódź Ångström O'Neill and of the 12:00 x" + " W" * 3
).split()


ASCII = [word for word in WORDS if word.isascii()]


def generated(count: int) -> list[str]:
    """That many subjects, the same each time: short, long, of many scripts, with every special."""
    chance = random.Random(20261202)
    made = []
    for _ in range(count):
        some = chance.choice((WORDS, ASCII))
        words = chance.choices(some, k=chance.randint(1, 22))
        if chance.random() < 0.1:
            words.append(chance.choice("aé超") * chance.randint(60, 120))
        made.append(one_line(clean(" ".join(words))))
    return made


def written(name: str, value: str | list[Address]) -> bytes:
    """A message with that one header, as its bytes."""
    return mime.serialized([(name, value)], mime.text_part("", "plain"), "<x@example.edu>")


def header_lines(data: bytes) -> list[bytes]:
    """The lines of the header."""
    return data.partition(b"\r\n\r\n")[0].split(b"\r\n")


SUBJECTS = generated(examples(300))


def test_generated_subjects_survive_pythons_parser() -> None:
    """Read back by Python, each is what was written, in lines of 76 at most."""
    for subject in SUBJECTS:
        data = written("Subject", subject)
        assert email.message_from_bytes(data, policy=email.policy.default)["Subject"] == subject
        assert max(map(len, header_lines(data))) <= 78


def read_by(command: list[str], messages: list[bytes], folder: Path) -> list[str]:
    """What a program prints of each message, a line for each."""
    files = []
    for number, data in enumerate(messages):
        file = folder / f"{number:04}"
        file.write_bytes(data)
        files.append(str(file))
    read: list[str] = []
    for begin in range(0, len(files), 500):
        done = subprocess.run(
            [*command, *files[begin : begin + 500]], capture_output=True, check=True, timeout=60
        )
        read += done.stdout.decode().removesuffix("\n").split("\n")
    return read


def test_generated_subjects_survive_another_parser(tmp_path: Path) -> None:
    """Read back by mblaze, which shares no code with Python, each is what was written."""
    mhdr = program("mhdr", "apt-get install mblaze")
    read = read_by(
        [mhdr, "-d", "-h", "subject"], [written("Subject", subject) for subject in SUBJECTS], tmp_path
    )
    assert [(a, b) for a, b in zip(SUBJECTS, read, strict=True) if a != b] == []


def named(name: str) -> bytes:
    """A message from somebody of that name."""
    return written("From", [Address(name=name, address="talks@physics.example.edu")])


def test_generated_names_survive_python() -> None:
    """A display name of any words comes back whole, with one address behind it."""
    for name in SUBJECTS:
        lines = b" ".join(header_lines(named(name))[:-3]).decode()
        shown, address = parseaddr(re.sub(r"\s+", " ", lines.removeprefix("From:")))
        read = str(make_header(decode_header(shown))) if shown.startswith("=?utf-8?") else shown
        assert (read, address) == (name, "talks@physics.example.edu")
        assert max(map(len, header_lines(named(name)))) <= 998


def test_generated_names_survive_another_parser(tmp_path: Path) -> None:
    """mblaze reads each name whole; one in ASCII within its quotes, where it has them."""
    mhdr = program("mhdr", "apt-get install mblaze")
    read = read_by([mhdr, "-d", "-h", "from"], [named(name) for name in SUBJECTS], tmp_path)
    for name, line in zip(SUBJECTS, read, strict=True):
        shown = line.removesuffix(" <talks@physics.example.edu>")
        if shown.startswith('"') and b"=?utf-8?" not in named(name):
            shown = re.sub(r"\\(.)", r"\1", shown[1:-1])
        assert shown == name


def test_names_in_quotes_are_one_mailbox_for_another_parser(tmp_path: Path) -> None:
    """A comma, a quote or an address in a name makes no second recipient."""
    maddr = program("maddr", "apt-get install mblaze")
    plain = [name for name in SUBJECTS if b"=?utf-8?" not in named(name)]
    assert len(plain) > len(SUBJECTS) / 30
    read = read_by([maddr, "-a", "-h", "from"], [named(name) for name in plain], tmp_path)
    assert read == ["talks@physics.example.edu"] * len(plain)


def test_structured_headers_are_never_encoded() -> None:
    """No `=?` in identifiers, addresses without names and parameters, however long they are."""
    long = "<" + "a1b2" * 30 + "@physics.example.edu>"
    address = MailingList(name="x", address=f"{'very-long-name-' * 4}@lists.example.edu")
    other = replace(address, address="colloquium@lists.example.edu")
    made = replace(group(seed(title="Ωmega — ünïcode")), in_reply_to=long, lists=(address, other))
    message = composer(locale="de_DE").compose(made, date=SENT)
    unfolded = re.sub(rb"\r\n[ \t]", b" ", message.data.partition(b"\r\n\r\n")[0])
    fields = dict(line.split(b": ", 1) for line in unfolded.split(b"\r\n"))
    assert b"=?" in fields[b"Subject"]
    assert [name for name, value in fields.items() if b"=?" in value] == [b"Subject"]
    assert fields[b"In-Reply-To"] == fields[b"References"] == long.encode()
    assert fields[b"To"] == f"{address.address}, {other.address}".encode()
    assert fields[b"Content-Language"] == b"de-DE"


@given(st.text(max_size=200))
def test_no_subject_makes_a_second_header(text: str) -> None:
    """Whatever is written, once cleaned, is one field of one line for its reader."""
    subject = one_line(clean(text))
    data = written("Subject", subject)
    names = [line.split(b":")[0] for line in header_lines(data) if not line.startswith(b" ")]
    assert names == [
        b"Subject",
        b"MIME-Version",
        b"Content-Type",
        b"Content-Transfer-Encoding",
    ]
    assert email.message_from_bytes(data, policy=email.policy.default)["Subject"] == subject


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
@pytest.mark.parametrize("name", ["Subject", "Message-ID", "From", "Content-Type"])
def test_a_line_end_in_a_value_is_refused(name: str, end: str) -> None:
    """Nobody's words begin a field of their own, were they not cleaned before."""
    words = f"x{end}Bcc: everybody@example.edu"
    with pytest.raises(ValueError, match="more than one line"):
        header_field(name, [Address(name=words, address="a@example.edu")] if name == "From" else words)
    with pytest.raises(ValueError, match="more than one line"):
        header_field("To", [Address(address=words)])


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Physics Colloquium", b"From: Physics Colloquium <a@example.edu>"),
        ("Physics, Department of", b'From: "Physics, Department of" <a@example.edu>'),
        ('The "Quantum" Seminar', b'From: "The \\"Quantum\\" Seminar" <a@example.edu>'),
        ("", b"From: a@example.edu"),
    ],
)
def test_names_are_quoted_where_they_need_it(name: str, line: bytes) -> None:
    """RFC 5322 3.2.4: a comma or a quote in a name stands within quotes."""
    data = composer(sender=Address(address="a@example.edu", name=name)).compose(group(), date=SENT).data
    assert header_lines(data)[1] == line
