"""The preview on a port of this machine alone."""

from __future__ import annotations

import socket
from collections.abc import Callable

from announcer.preview.desk.workplace import Workplace
from announcer.preview.source import PreviewSource
from announcer.preview.state import StateKeeper

LOOPBACK = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A socket on loopback at that port, or at a free one where it is taken."""
    for wanted in (port, 0):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, wanted))
            listener.listen()
        except OSError:
            listener.close()
            if wanted == 0:
                raise
        else:
            return listener
    raise AssertionError("port 0 is always free or raises")


def serve(
    source: PreviewSource,
    workplace: Workplace,
    listening: socket.socket,
    started: Callable[[str], None],
    *,
    root: str,
    token: str,
) -> None:
    """Serves until the process is told to end; `started` gets the address once it answers.

    The address has the `token` in it, without which nobody is answered, and begins with `root`, which no
    other server of the machine knows: browsers send a cookie to every port, but to this path alone.
    """
    import uvicorn

    from announcer.preview.app import application
    from announcer.preview.guard import OPENS

    port = listening.getsockname()[1]
    names = [f"{name}:{port}" for name in (LOOPBACK, "localhost")]

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started(f"http://{LOOPBACK}:{port}{root}/?{OPENS}={token}")

    server: Server
    app = application(
        StateKeeper(source),
        workplace,
        hosts=names,
        root=root,
        token=token,
        is_over=lambda: server.should_exit,
    )
    server = Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3
        )
    )
    server.run(sockets=[listening])
