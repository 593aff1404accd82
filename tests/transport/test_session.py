"""What becomes of a message, whatever the server does at whatever stage."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from announcer.domain.delivery import Envelope, Reply, Result
from announcer.transport import UnavailableError
from announcer.transport.connecting import Server
from announcer.transport.pace import Pace
from announcer.transport.session import Timeouts
from announcer.transport.smtp import SmtpTransport
from announcer.transport.wire import has_bare_line_ends, size_limit, stuffed
from tests.thoroughness import examples
from tests.transport.scripted import DROP, GARBAGE, HANG, ScriptedServer

ENVELOPE = Envelope(sender="bounces@physics.example.edu", recipient="colloquium@lists.example.edu")
MESSAGE = b"Subject: Physics Colloquium\r\n\r\n.hidden\r\n..\r\n.\r\nCrow 201\r\n"
LARGE = MESSAGE + b"All work and no play makes Jack a dull boy.\r\n" * 200_000
QUICK = Timeouts(connect=0.3, command=0.3, data=0.3, block=0.3, final=0.3, quit=0.3)
"""For a server that hangs; with others a slow machine must not decide the outcome."""


def local(server: ScriptedServer, security: str = "none") -> Server:
    """How to reach the test's server, with little patience where it hangs."""
    return Server(
        host="127.0.0.1",
        port=server.port,
        security=security,
        hello="test.example.edu",
        timeouts=QUICK if server.hangs else Timeouts(),
    )


class Attempting:
    """Counts how often a message was about to be handed over."""

    def __init__(self, answer: bool = True) -> None:
        self.answer = answer
        self.count = 0

    async def __call__(self) -> bool:
        self.count += 1
        return self.answer


def sending(server: ScriptedServer, act: Callable[[SmtpTransport, ScriptedServer], Awaitable[None]]) -> None:
    """Runs a test's part against a server."""

    async def run() -> None:
        async with server:
            transport = SmtpTransport(local(server), pace=Pace(pause=0))
            await transport.open()
            await act(transport, server)
            await transport.close()

    asyncio.run(run())


DEFERRED, REFUSED, UNKNOWN = Result.DEFERRED, Result.REFUSED, Result.UNKNOWN


@pytest.mark.parametrize(
    ("stage", "done", "result", "code", "attempts"),
    [
        ("mail", "451 4.7.1 greylisted", DEFERRED, 451, 0),
        ("mail", "550 5.7.1 not you", REFUSED, 550, 0),
        ("mail", "421 4.3.2 closing", DEFERRED, 421, 0),
        ("mail", "999 what", DEFERRED, 999, 0),
        ("mail", DROP, DEFERRED, None, 0),
        ("mail", HANG, DEFERRED, None, 0),
        ("mail", GARBAGE, DEFERRED, None, 0),
        ("rcpt", "450 4.2.0 greylisted", DEFERRED, 450, 0),
        ("rcpt", "550 5.1.1 no such list", REFUSED, 550, 0),
        ("rcpt", "421 4.3.2 closing", DEFERRED, 421, 0),
        ("rcpt", "354 what", DEFERRED, 354, 0),
        ("rcpt", DROP, DEFERRED, None, 0),
        ("rcpt", HANG, DEFERRED, None, 0),
        ("rcpt", GARBAGE, DEFERRED, None, 0),
        ("data", "451 4.3.0 later", DEFERRED, 451, 1),
        ("data", "554 5.5.1 no valid recipients", REFUSED, 554, 1),
        ("data", "421 4.3.2 closing", DEFERRED, 421, 1),
        ("data", "250 what", DEFERRED, 250, 1),
        ("data", DROP, DEFERRED, None, 1),
        ("data", HANG, DEFERRED, None, 1),
        ("data", GARBAGE, DEFERRED, None, 1),
        ("dot", "451 4.3.0 queue file write error", DEFERRED, 451, 1),
        ("dot", "554 5.7.1 rejected as spam", REFUSED, 554, 1),
        ("dot", "421 4.3.2 closing", DEFERRED, 421, 1),
        ("dot", "354 what", UNKNOWN, 354, 1),
        ("dot", DROP, UNKNOWN, None, 1),
        ("dot", HANG, UNKNOWN, None, 1),
        ("dot", GARBAGE, UNKNOWN, None, 1),
    ],
)
def test_each_fault_at_each_stage(
    stage: str, done: str, result: Result, code: int | None, attempts: int
) -> None:
    """4yz and what was lost before the final dot are deferred, 5yz is refused, what was lost after it is
    unknown; nothing is accepted by it, and the next message goes through."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        attempting = Attempting()
        reply = await transport.send(ENVELOPE, MESSAGE, attempting)
        assert (reply.result, reply.stage, reply.code) == (result, stage, code)
        assert reply.text
        assert attempting.count == attempts
        assert server.accepted == []
        again = await transport.send(ENVELOPE, MESSAGE, attempting)
        assert again.result is Result.ACCEPTED
        assert server.accepted == [MESSAGE]

    sending(ScriptedServer({stage: (done,)}), act)


@pytest.mark.parametrize("size", [1, 100_000], ids=["at its start", "in its middle"])
def test_a_message_that_breaks_off_is_deferred(size: int) -> None:
    """The final dot was never written, so the server cannot have taken it."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        reply = await transport.send(ENVELOPE, LARGE, Attempting())
        assert (reply.result, reply.stage) == (Result.DEFERRED, "data")
        assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
        assert server.accepted == [MESSAGE]

    sending(ScriptedServer(body=size), act)


def test_accepted_with_the_server_s_words() -> None:
    """250 to the final dot, and the words go into the log in one line."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        attempting = Attempting()
        assert await transport.send(ENVELOPE, MESSAGE, attempting) == Reply(
            result=Result.ACCEPTED, stage="dot", code=250, text="2.0.0 Ok queued as 4Xy"
        )
        assert attempting.count == 1
        assert server.accepted == [MESSAGE]
        assert server.commands == [
            "EHLO test.example.edu",
            "MAIL FROM:<bounces@physics.example.edu>",
            "RCPT TO:<colloquium@lists.example.edu>",
            "DATA",
        ]

    sending(ScriptedServer({"dot": "250-2.0.0 Ok\r\n250 queued as 4Xy"}), act)


def test_one_list_of_two_is_refused() -> None:
    """Each list is a transaction of its own: one refusal holds up no other."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        first = await transport.send(ENVELOPE, MESSAGE, Attempting())
        second = await transport.send(
            replace(ENVELOPE, recipient="public@lists.example.edu"), MESSAGE, Attempting()
        )
        assert [first.result, second.result] == [Result.REFUSED, Result.ACCEPTED]
        assert server.connections == 1

    sending(ScriptedServer({"rcpt": ("550 5.1.1 no such list",)}), act)


def test_greylisting() -> None:
    """451 at first and 250 later: deferred, then accepted, on one connection."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        results = [(await transport.send(ENVELOPE, MESSAGE, Attempting())).result for _ in range(3)]
        assert results == [Result.DEFERRED, Result.DEFERRED, Result.ACCEPTED]
        assert (server.connections, len(server.accepted)) == (1, 1)

    sending(ScriptedServer({"rcpt": ("451 4.7.1 greylisted",) * 2}), act)


def test_given_up_before_data() -> None:
    """Where the row is another process's by now, the transaction ends and no DATA is said."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        reply = await transport.send(ENVELOPE, MESSAGE, Attempting(answer=False))
        assert (reply.result, reply.stage) == (Result.DEFERRED, "data")
        assert server.commands[-1] == "RSET"
        assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED

    sending(ScriptedServer(), act)


def test_a_ledger_that_fails_before_data() -> None:
    """Its error is the caller's to see; nothing was handed over, and the connection is not kept."""

    class LedgerFailedError(Exception):
        pass

    def fail() -> bool:
        raise LedgerFailedError

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        with pytest.raises(LedgerFailedError):
            await transport.send(ENVELOPE, MESSAGE, fail)
        await asyncio.wait_for(server.left.wait(), 5)
        assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
        assert (server.connections, server.accepted) == (2, [MESSAGE])

    sending(ScriptedServer(), act)


def test_cancelled_within_data() -> None:
    """Ctrl-C while the server thinks about it: the connection is dropped, not reused in the middle."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        task = asyncio.create_task(transport.send(ENVELOPE, MESSAGE, Attempting()))
        await server.heard.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
        assert (server.connections, server.accepted) == (2, [MESSAGE])

    sending(ScriptedServer({"dot": (HANG,)}), act)


@pytest.mark.parametrize("how", ["dropped", "421 at MAIL"])
def test_a_kept_connection_that_the_server_ended(how: str) -> None:
    """A server that closes between two messages is connected to again, and nothing is deferred for it."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        first = await transport.send(ENVELOPE, MESSAGE, Attempting())
        if how == "dropped":
            server.drop_all()
        second = await transport.send(ENVELOPE, MESSAGE, Attempting())
        assert [first.result, second.result] == [Result.ACCEPTED] * 2
        assert (server.connections, len(server.accepted)) == (2, 2)

    script = {"mail": ("250 2.1.0 Ok", "421 4.7.0 enough")} if how == "421 at MAIL" else {}
    sending(ScriptedServer(script), act)


@pytest.mark.parametrize(
    ("stage", "done", "result", "attempts"),
    [
        ("mail", "250 2.1.0 Ok\r\n550 5.7.1 no", DEFERRED, 0),
        ("mail", "550 5.7.1 no\r\n250 2.1.0 Ok", REFUSED, 0),
        ("rcpt", "250 2.1.5 Ok\r\n250 2.1.5 Ok", DEFERRED, 0),
        ("rcpt", "250 2.1.5 Ok\r\n354 go ahe", DEFERRED, 0),
        ("data", "354 go ahead\r\n250 2.0.0 queued", DEFERRED, 1),
        ("dot", "250 2.0.0 queued\r\n550 5.7.1 no", Result.ACCEPTED, 1),
        ("dot", "250 2.0.0 queued\r\n421 4.4.2 idle", Result.ACCEPTED, 1),
        ("dot", "550 5.7.1 no\r\n250 2.0.0 queued", REFUSED, 1),
        ("dot", "250 2.0.0 queued\r\n550", Result.ACCEPTED, 1),
    ],
)
def test_a_surplus_reply_is_nobody_s(stage: str, done: str, result: Result, attempts: int) -> None:
    """A server that says more than it was asked: its first word counts where it ends something, and no later
    message is taken for accepted or refused by the rest."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        attempting = Attempting()
        reply = await transport.send(ENVELOPE, MESSAGE, attempting)
        assert (reply.result, reply.stage, attempting.count) == (result, stage, attempts)
        taken = 1 if result is Result.ACCEPTED else 0
        assert len(server.accepted) == taken
        again = await transport.send(ENVELOPE, MESSAGE, attempting)
        assert (again.result, again.text) == (Result.ACCEPTED, "2.0.0 Ok: queued as 4Xy")
        assert (len(server.accepted), server.connections) == (taken + 1, 2)

    sending(ScriptedServer({stage: (done,)}), act)


def test_a_reply_before_the_final_dot_is_not_the_final_one() -> None:
    """A server that says "queued" in the midst of the message, and "no" after it: it is refused."""

    async def run() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"220 mx.example.edu\r\n")
            while line := await reader.readline():
                if line.startswith(b"DATA"):
                    writer.write(b"354 go ahead\r\n")
                    await reader.readline()
                    writer.write(b"250 2.0.0 queued\r\n")
                    await asyncio.sleep(0.2)
                    await reader.readuntil(b"\r\n.\r\n")
                    writer.write(b"550 5.7.1 no\r\n")
                else:
                    writer.write(b"250 Ok\r\n")
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=64 * 2**20)
        port = server.sockets[0].getsockname()[1]
        transport = SmtpTransport(Server(host="127.0.0.1", port=port, security="none"))
        await transport.open()
        large = MESSAGE + (b"y" * 70 + b"\r\n") * 400_000
        reply = await transport.send(ENVELOPE, large, Attempting())
        await transport.close()
        assert (reply.result, reply.text) == (Result.REFUSED, "5.7.1 no")
        server.close()

    asyncio.run(run())


def test_a_surplus_reply_to_rset() -> None:
    """Neither does one that comes with the reply to RSET reach the next message."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is REFUSED
        assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
        assert (len(server.accepted), server.connections) == (1, 2)

    sending(ScriptedServer({"rcpt": ("550 5.1.1 no",), "rset": ("250 Ok\r\n550 5.7.1 no",)}), act)


@pytest.mark.parametrize("stage", ["greeting", "ehlo"])
def test_a_surplus_reply_at_the_start(stage: str) -> None:
    """A session whose beginning is out of step is not begun."""

    async def run() -> None:
        done = {"greeting": "220 mx.example.edu\r\n250 mx", "ehlo": "250 mx.example.edu\r\n550 no"}[stage]
        async with ScriptedServer({stage: done}) as server:
            with pytest.raises(UnavailableError) as caught:
                await SmtpTransport(local(server)).open()
            assert "more than it was asked" in caught.value.message

    asyncio.run(run())


def test_a_server_that_goes_away() -> None:
    """Where it cannot be reached again, the rest is deferred, and no error is raised."""

    async def run() -> None:
        async with ScriptedServer() as server:
            transport = SmtpTransport(local(server), pace=Pace(pause=0))
            await transport.open()
        await asyncio.sleep(0.05)
        attempting = Attempting()
        reply = await transport.send(ENVELOPE, MESSAGE, attempting)
        assert (reply.result, reply.stage, attempting.count) == (Result.DEFERRED, "connect", 0)
        await transport.close()

    asyncio.run(run())


@pytest.mark.parametrize("done", ["554 5.3.2 no", "421 4.3.2 busy", DROP, HANG, GARBAGE])
@pytest.mark.parametrize("stage", ["greeting", "ehlo"])
def test_no_session_no_attempt(stage: str, done: str) -> None:
    """A server that will not begin: an error with the server's name and what to look at."""

    async def run() -> None:
        async with ScriptedServer({stage: done}) as server:
            transport = SmtpTransport(local(server), pace=Pace(pause=0))
            if (stage, done) == ("ehlo", "554 5.3.2 no"):
                # An old server knows HELO alone (RFC 5321 3.2).
                await transport.open()
                assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
                await transport.close()
                return
            with pytest.raises(UnavailableError) as caught:
                await transport.open()
            assert (caught.value.code, caught.value.place) == (
                "server-unreachable",
                f"127.0.0.1:{server.port}",
            )

    asyncio.run(run())


class _LeavesAfterEhlo(ScriptedServer):
    """Answers EHLO and closes in the same breath."""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        writer.write(b"220 mx.example.edu\r\n")
        await reader.readline()
        writer.write(b"250 mx.example.edu\r\n")
        writer.close()


def test_a_server_that_leaves_after_ehlo() -> None:
    """No session came about, or it is gone at MAIL: an error at the start, deferred later, no traceback."""

    async def run() -> None:
        async with _LeavesAfterEhlo() as server:
            transport = SmtpTransport(local(server), pace=Pace(pause=0))
            for _ in range(5):
                with suppress(UnavailableError):
                    await transport.open()
                attempting = Attempting()
                reply = await transport.send(ENVELOPE, MESSAGE, attempting)
                assert (reply.result, attempting.count) == (Result.DEFERRED, 0)
            await transport.close()

    asyncio.run(run())


def test_the_server_s_size_limit_is_respected_before_mail() -> None:
    """A message that is too large is refused without being offered (RFC 1870)."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        reply = await transport.send(ENVELOPE, MESSAGE * 100, Attempting())
        assert (reply.result, reply.stage, reply.code) == (Result.REFUSED, "mail", None)
        assert [line for line in server.commands if line.startswith("MAIL")] == []
        assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
        assert server.commands[-3] == f"MAIL FROM:<bounces@physics.example.edu> SIZE={len(MESSAGE)}"

    sending(ScriptedServer(offers=("SIZE 1000",)), act)


@pytest.mark.parametrize(
    ("parameter", "limit"),
    [
        (None, None),
        ("", None),
        ("0", None),
        ("35882577", 35882577),
        (" 100 ", 100),
        ("many", None),
        ("-1", None),
    ],
)
def test_size_parameters(parameter: str | None, limit: int | None) -> None:
    """Zero and nothing are no limit; what is no number is none either."""
    assert size_limit(parameter) == limit


def test_an_international_address_needs_a_server_that_takes_it() -> None:
    """RFC 6531: SMTPUTF8 where it is offered, refused where not."""
    envelope = replace(ENVELOPE, recipient="kolloquium-für-alle@lists.example.edu")

    async def refused(transport: SmtpTransport, _server: ScriptedServer) -> None:
        assert (await transport.send(envelope, MESSAGE, Attempting())).result is Result.REFUSED

    async def accepted(transport: SmtpTransport, server: ScriptedServer) -> None:
        assert (await transport.send(envelope, MESSAGE, Attempting())).result is Result.ACCEPTED
        assert "MAIL FROM:<bounces@physics.example.edu> SMTPUTF8" in server.commands
        assert "RCPT TO:<kolloquium-für-alle@lists.example.edu>" in server.commands

    sending(ScriptedServer(), refused)
    sending(ScriptedServer(offers=("SMTPUTF8",)), accepted)


@pytest.mark.parametrize(
    "recipient",
    ["a@example.edu>\r\nRCPT TO:<b@example.edu", "a@example.edu b", "<a@example.edu>, b@example.edu"],
)
def test_an_address_cannot_be_two_commands(recipient: str) -> None:
    """What would end the command line is refused, and never said."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        reply = await transport.send(replace(ENVELOPE, recipient=recipient), MESSAGE, Attempting())
        assert reply.result is Result.REFUSED
        assert server.commands == ["EHLO test.example.edu"]
        assert (await transport.send(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED

    sending(ScriptedServer(), act)


@pytest.mark.parametrize("message", [b"a\nb\r\n", b"a\rb\r\n", b"\r\n.\n", b"\n"])
def test_a_bare_line_end_is_never_sent(message: bytes) -> None:
    """Servers disagree on what it ends; a second message could be smuggled behind it."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        attempting = Attempting()
        assert (await transport.send(ENVELOPE, message, attempting)).result is Result.REFUSED
        assert (attempting.count, server.accepted) == (0, [])

    assert has_bare_line_ends(message)
    sending(ScriptedServer(), act)


lines = st.lists(st.sampled_from([b"", b".", b"..", b".x", b"x.", b" .", "ü".encode(), b"x" * 998]))


@given(lines.map(lambda parts: b"".join(part + b"\r\n" for part in parts)))
def test_dots_are_doubled_and_come_back(message: bytes) -> None:
    """RFC 5321 4.5.2: the receiver's rule gives the same bytes, and no line of them is a final dot."""
    sent = stuffed(message)
    assert b".\r\n" not in sent.splitlines(keepends=True)
    assert b"".join(line.removeprefix(b".") for line in sent.splitlines(keepends=True)) == message


@settings(max_examples=examples(10))
@given(
    st.lists(
        lines.map(lambda parts: b"Subject: x\r\n\r\n" + b"".join(part + b"\r\n" for part in parts)),
        max_size=4,
    )
)
def test_what_arrives_is_what_was_given(messages: list[bytes]) -> None:
    """Byte for byte, one after another on one connection."""

    async def act(transport: SmtpTransport, server: ScriptedServer) -> None:
        for message in messages:
            assert (await transport.send(ENVELOPE, message, Attempting())).result is Result.ACCEPTED
        assert server.accepted == messages

    sending(ScriptedServer(), act)
