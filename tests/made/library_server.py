"""A stand-in for libraries' servers on 127.0.0.1, by TLS, good and bad ones.

What it does is asked for by the first part of the path: `/200`, `/302`, `/500`,
`/slow` (headers one sign at a time), `/silent`, `/huge`, `/cut`. Redirects lead to
`onward` of their path, else to an address within.
"""

import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

from made.loopback import Loopback
from ownjournal.readers.institutions.asking import Asker

HOST = "library.merrow.test"
HUGE = 200_000_000  # bytes that are promised, and sent to whoever reads them


class LibraryServer(Loopback):
    """The server; its address needs a look-up of its own: `asker`."""

    def __init__(self, host: str = HOST) -> None:
        self.asked: list[tuple[str, str]] = []  # Host header and path
        self.sent = 0  # bytes of huge bodies
        self.files: dict[str, bytes] = {}
        self.onward: dict[str, str] = {}
        self._authority = trustme.CA()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.library = self
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(host).configure_cert(context)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        super().__init__(self._server)

    @property
    def port(self) -> int:
        port: int = self._server.server_address[1]
        return port

    def address(self, path: str, host: str = HOST) -> str:
        return f"https://{host}:{self.port}{path}"

    def asker(self, *, trusting: bool = True, seconds: float = 5.0) -> Asker:
        """One that finds every name here, and may."""
        trusted = ssl.create_default_context()
        if trusting:
            self._authority.configure_trust(trusted)
        return Asker(
            seconds=seconds,
            look_up=lambda host, port: ["127.0.0.1"],
            may_ask=lambda address: True,
            trusted=trusted,
        )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    library: LibraryServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that leave are what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        library = self.server.library
        library.asked.append((self.headers["Host"], self.path))
        what = self.path.split("?")[0].split("/")[1]
        if self.path in library.files:
            self._body(library.files[self.path])
        elif what.isdigit():
            self.send_response(int(what))
            within = "http://127.0.0.1:9/login"
            self.send_header("Location", library.onward.get(self.path, within))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif what == "huge":
            self._huge()
        elif what == "slow":
            self._slowly(b"HTTP/1.0 200 OK\r\nX: " + b"y" * 10_000)
        elif what == "silent":
            library.over.wait(60)
        elif what == "cut":
            self.wfile.write(b"HTTP/1.0 20")
            self.close_connection = True

    def _body(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _huge(self) -> None:
        library = self.server.library
        self.send_response(200)
        self.send_header("Content-Length", str(HUGE))
        self.end_headers()
        for _ in range(HUGE // 100_000):
            if library.over.is_set():
                return
            self.wfile.write(b" " * 100_000)
            library.sent += 100_000

    def _slowly(self, content: bytes) -> None:
        for number in range(len(content)):
            if self.server.library.over.wait(0.1):
                return
            self.wfile.write(content[number : number + 1])

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""
