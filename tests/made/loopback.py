"""A server of a test: it runs in a thread, on 127.0.0.1, while its context lasts."""

import socket
import threading
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Self


class Loopback:
    """Starts and ends a server that a subclass has made.

    `over` is set at the end, for answers that wait.
    """

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.over = threading.Event()
        self._running = server
        self._thread = threading.Thread(target=server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        self._running.shutdown()
        self._running.server_close()
        self._thread.join()


def free_port() -> int:
    """A port that nothing listens on, a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
