"""A stand-in for a web service on 127.0.0.1, which can also misbehave.

Real HTTP by real sockets. What it answers is given by a subclass; a fault is
spent one request at a time.
"""

from collections import deque
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from made.loopback import Loopback

PAGE = b"<!DOCTYPE html>\n<html><head><title>Error</title></head></html>\n"


class Asked(NamedTuple):
    """One request as it came."""

    path: str  # unquoted
    parameters: Mapping[str, str]
    agent: str | None


class Reply(NamedTuple):
    """What is sent back."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}


class ServiceServer(Loopback):
    """The server; use it as a context."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.faults: deque[str] = deque()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.service = self
        super().__init__(self._server)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def misbehave(self, *faults: str) -> None:
        """Answer the next requests by these faults, one each.

        "429" or another status · "429 0.1" with Retry-After · "page" of HTML with
        status 200 · "drop" half a body and close · "truncate" it and say so ·
        "nothing" at all · "endless" body · "elsewhere" redirect · "ok"
        """
        self.faults.extend(faults)

    def reply(self, asked: Asked) -> Reply:
        """The right answer."""
        raise NotImplementedError


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64
    service: ServiceServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""

    def do_GET(self) -> None:
        service = self.server.service
        parts = urlsplit(self.path)
        asked = Asked(
            unquote(parts.path),
            dict(parse_qsl(parts.query)),
            self.headers["User-Agent"],
        )
        service.asked.append(asked)
        fault = service.faults.popleft() if service.faults else "ok"
        reply = service.reply(asked)
        if fault[0].isdigit():
            status, _, wait = fault.partition(" ")
            self._send(Reply(int(status), PAGE, {"Retry-After": wait} if wait else {}))
        elif fault == "page":
            self._send(Reply(200, PAGE))
        elif fault == "elsewhere":
            self._send(Reply(302, b"", {"Location": "http://192.0.2.1/"}))
        elif fault == "nothing":
            service.over.wait(5)
        elif fault == "endless":
            self._endless()
        else:
            self._send(reply, fault)

    def _send(self, reply: Reply, fault: str = "ok") -> None:
        half = len(reply.body) // 2
        body = reply.body[:half] if fault == "truncate" else reply.body
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:half] if fault == "drop" else body)
        self.close_connection = fault == "drop"

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.server.service.over.is_set():
            self.wfile.write(b" " * 100_000)
