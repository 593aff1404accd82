"""Mail servers of the tests' own, on loopback: Postfix, its smtp-sink, and aiosmtpd."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from tests.transport.certificates import Certificates

USERNAME = "announcer@example.edu"
PASSWORD = "correct horse battery staple"


def find(program: str, package: str) -> str:
    """Where a program is; skips (in CI: fails) where it is not installed."""
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib/postfix/sbin")
    if path is None:
        lacking(f"{program} is not installed: apt-get install -y {package}")
    return path


def lacking(what: str) -> NoReturn:
    """Skips a test that lacks something; in CI it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Waits until somebody listens on a loopback port."""
    for _ in range(1000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError(f"nobody listens on port {port}")


@dataclass(frozen=True, kw_only=True)
class Sink:
    """A running smtp-sink, which writes each message into a file."""

    port: int
    folder: Path

    def messages(self) -> list[bytes]:
        """What was accepted, without the lines that smtp-sink puts before it."""
        bodies = []
        for path in sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns):
            content = path.read_bytes()
            # It keeps LF where the wire had CRLF, and adds a blank line at the end.
            _, _, rest = content.partition(b"\tby smtp-sink")
            bodies.append(rest.partition(b"\n\t")[2].partition(b"\n")[2].removesuffix(b"\n"))
        return bodies


@contextmanager
def sink(*options: str, store: bool = True) -> Iterator[Sink]:
    """Postfix's smtp-sink, while the block lasts; with `store` it keeps what it accepts."""
    program, port = find("smtp-sink", "postfix"), free_port()
    with tempfile.TemporaryDirectory(prefix="announcer-sink-") as folder:
        Path(folder).chmod(0o777)
        who = ["-u", "nobody"] if os.geteuid() == 0 else []
        keep = ["-d", f"{folder}/"] if store else []
        command = [program, *who, *options, *keep, f"127.0.0.1:{port}", "100"]
        process = subprocess.Popen(command, cwd=folder)
        try:
            wait_for(port)
            yield Sink(port=port, folder=Path(folder))
        finally:
            process.terminate()
            process.wait()


@dataclass(frozen=True, kw_only=True)
class Postfix:
    """A running Postfix: a relay for this machine, and submission with a password."""

    relay: int
    """No password wanted, STARTTLS offered."""
    submission: int
    """STARTTLS and a password needed."""
    submissions: int
    """TLS from the start, and a password needed."""
    folder: Path

    def messages(self, count: int) -> list[bytes]:
        """What was put into mailboxes, once there are so many."""
        for _ in range(1000):
            paths = sorted((self.folder / "mail").glob("*/new/*"))
            if len(paths) >= count:
                break
            time.sleep(0.01)
        return [path.read_bytes() for path in paths]


MASTER = """\
127.0.0.1:{relay} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{submissions} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.edu
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = lists.example.edu
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ {{ colloquium@lists.example.edu = colloquium/ }} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
message_size_limit = 50000
smtpd_tls_chain_files = {folder}/chain.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
cyrus_sasl_config_path = {folder}/sasl
smtpd_sasl_local_domain = example.edu
smtpd_peername_lookup = no
"""


@contextmanager
def postfix(certificates: Certificates, kind: str = "good") -> Iterator[Postfix]:
    """A Postfix of its own, with a certificate of that kind, while the block lasts."""
    program, saslpasswd = find("postfix", "postfix"), find("saslpasswd2", "sasl2-bin libsasl2-modules")
    if os.geteuid() != 0:
        lacking("Postfix starts as root only: run the tests as root")
    folder = Path(tempfile.mkdtemp(prefix="announcer-postfix-"))
    folder.chmod(0o755)
    user = pwd.getpwnam("postfix")
    running = Postfix(relay=free_port(), submission=free_port(), submissions=free_port(), folder=folder)
    for name in ("queue", "data", "mail", "sasl"):
        (folder / name).mkdir()
    for name in ("data", "mail"):
        shutil.chown(folder / name, "postfix", "postfix")
    ports = {"relay": running.relay, "submission": running.submission, "submissions": running.submissions}
    (folder / "master.cf").write_text(MASTER.format(**ports), encoding="utf-8")
    (folder / "main.cf").write_text(
        MAIN.format(folder=folder, uid=user.pw_uid, gid=user.pw_gid), encoding="utf-8"
    )
    certificates.issue(kind).private_key_and_cert_chain_pem.write_to_path(folder / "chain.pem")
    database = folder / "sasl" / "sasldb2"
    (folder / "sasl" / "smtpd.conf").write_text(
        f"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {database}\n",
        encoding="utf-8",
    )
    subprocess.run(
        [saslpasswd, "-p", "-c", "-f", database, "-u", "example.edu", "announcer"],
        input=PASSWORD.encode(),
        check=True,
    )
    shutil.chown(database, "postfix")
    try:
        subprocess.run([program, "-c", folder, "start"], check=True, capture_output=True)
        wait_for(running.relay)
        yield running
    finally:
        subprocess.run([program, "-c", folder, "stop"], check=False, capture_output=True)
        shutil.rmtree(folder)


@contextmanager
def aiosmtpd(
    handler: object, *, tls: ssl.SSLContext | None = None, authenticator: object = None
) -> Iterator[int]:
    """aiosmtpd on a loopback port, in a thread of its own, while the block lasts."""
    from aiosmtpd.controller import Controller

    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=tls,
        require_starttls=tls is not None,
        authenticator=authenticator,
        auth_required=authenticator is not None,
        auth_exclude_mechanism=["LOGIN", "PLAIN"] if authenticator else [],
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
