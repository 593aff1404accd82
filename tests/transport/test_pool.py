"""Connections are kept, shared and bounded."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from announcer.domain.delivery import Result
from announcer.transport import CredentialsError, UnavailableError
from announcer.transport.connecting import Login
from announcer.transport.pace import Pace
from announcer.transport.smtp import SmtpTransport
from tests.thoroughness import examples
from tests.transport.certificates import Certificates
from tests.transport.scripted import DROP, GARBAGE, LOSE, USUAL, ScriptedServer
from tests.transport.test_connecting import reaching
from tests.transport.test_session import ENVELOPE, MESSAGE, Attempting, local


@pytest.mark.parametrize(("connections", "tasks"), [(1, 10), (4, 40), (4, 2)])
def test_no_more_connections_than_allowed(connections: int, tasks: int) -> None:
    """Any number of tasks may send at once; they share so many connections, and no more are opened than
    there is work for."""

    async def run() -> None:
        async with ScriptedServer() as server:
            transport = SmtpTransport(local(server), connections=connections)
            await transport.open()
            messages = [MESSAGE + f"{number}\r\n".encode() for number in range(tasks)]
            replies = await asyncio.gather(
                *(transport.send(ENVELOPE, message, Attempting()) for message in messages)
            )
            await transport.close()
            assert Counter(reply.result for reply in replies) == Counter({Result.ACCEPTED: tasks})
            assert sorted(server.accepted) == sorted(messages)
            assert server.connections == min(connections, tasks)
            assert server.commands.count("QUIT") == server.connections

    asyncio.run(run())


def test_one_lost_connection_of_many() -> None:
    """What was on it is unknown; what was on the others is accepted; each message has one outcome."""

    async def run() -> None:
        async with ScriptedServer({"dot": (DROP,)}) as server:
            transport = SmtpTransport(local(server), connections=3, pace=Pace(pause=0))
            await transport.open()
            replies = await asyncio.gather(
                *(transport.send(ENVELOPE, MESSAGE, Attempting()) for _ in range(12))
            )
            await transport.close()
            results = Counter(reply.result for reply in replies)
            assert results == Counter({Result.ACCEPTED: 11, Result.UNKNOWN: 1})
            assert len(server.accepted) == 11

    asyncio.run(run())


def test_opened_again_after_it_was_closed() -> None:
    """A service opens and closes for each batch."""

    async def run() -> None:
        async with ScriptedServer() as server:
            transport = SmtpTransport(local(server))
            for _ in range(2):
                await transport.open()
                assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
                await transport.close()
            assert server.connections == 2

    asyncio.run(run())


def test_a_token_is_asked_for_anew(certificates: Certificates) -> None:
    """Tokens do not last: each connection gets a fresh one; a password is asked for once."""

    async def run(is_token: bool) -> int:
        asked = 0

        async def login() -> Login:
            nonlocal asked
            asked += 1
            return Login(username="announcer", secret=f"secret-{asked}", is_token=is_token)

        server = ScriptedServer(offers=("AUTH PLAIN XOAUTH2",), tls=certificates.server(), implicit=True)
        async with server:
            transport = SmtpTransport(reaching(server, certificates, "tls"), login)
            await transport.open()
            await transport.send(ENVELOPE, MESSAGE, Attempting())
            server.drop_all()
            assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
            await transport.close()
        return asked

    assert asyncio.run(run(is_token=True)) == 2
    assert asyncio.run(run(is_token=False)) == 1


@pytest.mark.parametrize("is_token", [False, True], ids=["password", "token"])
def test_a_refused_login_is_not_repeated(certificates: Certificates, is_token: bool) -> None:
    """A password that is refused at a reconnect is tried once, for the account may be locked for more; the
    rest is deferred without it, until the transport is opened anew."""

    async def login() -> Login:
        return Login(username="announcer", secret="correct horse", is_token=is_token)

    async def run() -> None:
        script = {"auth": (USUAL, "535 5.7.8 wrong"), "mail": (USUAL, DROP)}
        tls = certificates.server()
        async with ScriptedServer(script, offers=("AUTH PLAIN XOAUTH2",), tls=tls, implicit=True) as server:
            transport = SmtpTransport(reaching(server, certificates, "tls"), login, pace=Pace(pause=0))
            await transport.open()
            assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
            assert transport.fault is None
            attempting = Attempting()
            for _ in range(5):
                reply = await transport.send(ENVELOPE, MESSAGE, attempting)
                assert (reply.result, reply.stage, reply.code) == (Result.DEFERRED, "connect", None)
            assert isinstance(transport.fault, CredentialsError)
            assert len([line for line in server.commands if line.startswith("AUTH")]) == 2
            assert attempting.count == 0
            await transport.close()
            await transport.open()
            assert transport.fault is None
            assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
            await transport.close()

    asyncio.run(run())


def test_the_log_has_no_secret_and_no_address(
    certificates: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    """It says what happened, with what server, encrypted how, and how large; not to whom, nor what."""
    caplog.set_level(logging.INFO, "announcer")

    async def login() -> Login:
        return Login(username="announcer", secret="correct horse")

    async def run() -> int:
        tls = certificates.server()
        script = {"rcpt": ("450 4.7.0 colloquium@lists.example.edu is greylisted",)}
        async with ScriptedServer(script, offers=("AUTH PLAIN",), tls=tls, implicit=True) as server:
            transport = SmtpTransport(reaching(server, certificates, "tls"), login, pace=Pace(pause=0))
            await transport.open()
            for _ in range(2):
                await transport.send(ENVELOPE, MESSAGE, Attempting())
            await transport.close()
            return server.port

    server = f"127.0.0.1:{asyncio.run(run())}"
    size = len(MESSAGE)
    ours = [record for record in caplog.records if record.name.startswith("announcer")]
    assert [(record.getMessage(), vars(record)["fields"]) for record in ours] == [
        ("connected", {"server": server, "tls": "TLSv1.3", "login": True}),
        ("deferred", {"server": server, "stage": "rcpt", "code": 450, "bytes": size}),
        ("accepted", {"server": server, "stage": "dot", "code": 250, "bytes": size}),
    ]


actions = st.sampled_from(
    [USUAL, USUAL, USUAL, "451 4.3.0 later", "550 5.7.1 no", "421 4.3.2 closing", DROP, GARBAGE]
)
scripts = st.fixed_dictionaries(
    {},
    optional={
        "greeting": st.lists(st.sampled_from([USUAL, "421 4.3.2 busy", DROP]), max_size=6),
        "mail": st.lists(actions, max_size=8),
        "rcpt": st.lists(actions, max_size=8),
        "data": st.lists(actions, max_size=8),
        "dot": st.lists(st.one_of(actions, st.just(LOSE)), max_size=8),
        "rset": st.lists(actions, max_size=4),
    },
)


@settings(max_examples=examples(50))
@given(scripts, st.integers(1, 3))
def test_an_outcome_never_lies(script: dict[str, list[str]], connections: int) -> None:
    """Whatever the server does, and on however many connections: what is accepted arrived once, what is
    deferred or refused did not arrive, what is unknown arrived at most once; and after DATA was begun
    nothing is sent again by itself."""

    async def run() -> None:
        async with ScriptedServer({stage: tuple(done) for stage, done in script.items()}) as server:
            transport = SmtpTransport(local(server), connections=connections, pace=Pace(pause=0))
            with suppress(UnavailableError):
                await transport.open()
            messages = [f"Subject: {number}\r\n\r\n".encode() for number in range(6)]
            attempts = [Attempting() for _ in messages]
            replies = await asyncio.gather(
                *(
                    transport.send(ENVELOPE, message, attempting)
                    for message, attempting in zip(messages, attempts, strict=True)
                )
            )
            await transport.close()
            arrived = Counter(server.accepted)
            for message, attempting, reply in zip(messages, attempts, replies, strict=True):
                allowed = {Result.ACCEPTED: {1}, Result.UNKNOWN: {0, 1}}.get(reply.result, {0})
                assert arrived[message] in allowed
                assert attempting.count <= 1
                assert attempting.count == 1 or reply.result in (Result.DEFERRED, Result.REFUSED)

    asyncio.run(run())
