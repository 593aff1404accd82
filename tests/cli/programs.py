"""Servers of the tests' own, on loopback: a monitor that hears heartbeats, and a name server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import dns.flags
import dns.message
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset


@dataclass
class Monitor:
    """What was asked of it."""

    url: str = ""
    status: int = 200
    location: str = ""
    """Where it sends who asks, with a status of 302."""
    asked: list[str] = field(default_factory=list)


@contextmanager
def monitor(status: int = 200, location: str = "") -> Iterator[Monitor]:
    """An HTTP server that answers everything with that status, while the block lasts."""
    heard = Monitor(status=status, location=location)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is http.server's
            heard.asked.append(self.path)
            self.send_response(heard.status)
            if heard.location:
                self.send_header("Location", heard.location)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        heard.url = f"http://127.0.0.1:{server.server_address[1]}/ping/1"
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


@contextmanager
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never says anything."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(10)
        yield int(listening.getsockname()[1])


@contextmanager
def name_server(records: Mapping[str, list[str]]) -> Iterator[str]:
    """A name server that knows these TXT records, and no other name; its `address:port`."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind(("127.0.0.1", 0))
    address, port = listening.getsockname()

    def answer() -> None:
        while True:
            query, client = listening.recvfrom(4096)
            if not query:
                return
            asked = dns.message.from_wire(query)
            name = asked.question[0].name
            texts = records.get(name.to_text(omit_final_dot=True))
            reply = dns.message.make_response(asked)
            reply.flags |= dns.flags.RA
            if texts is None:
                reply.set_rcode(dns.rcode.NXDOMAIN)
            elif texts:
                quoted = [f'"{text}"' for text in texts]
                reply.answer.append(
                    dns.rrset.from_text(name, 60, dns.rdataclass.IN, dns.rdatatype.TXT, *quoted)
                )
            listening.sendto(reply.to_wire(), client)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield f"{address}:{port}"
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", (address, port))
        thread.join(timeout=10)
        listening.close()
