"""A stand-in for NLM's file server on 127.0.0.1, which can also misbehave.

Real HTTP by real sockets: folders as Apache lists them, files with ranges,
ETag and Last-Modified, checksum files in NLM's form. A fault is given for a
path and spent one request at a time.
"""

import hashlib
from collections import defaultdict, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from made.loopback import Loopback

FOLDERS = {"baseline": "/pubmed/baseline/", "update": "/pubmed/updatefiles/"}
PAGE = b"<!DOCTYPE html>\n<html><head><title>Maintenance</title></head></html>\n"
ROW = '<a href="{name}">{name}</a>{pad} {modified}  {size:>4}  \n'


class Asked(NamedTuple):
    """One request as it came."""

    path: str
    agent: str | None
    range: str | None
    if_range: str | None
    status: int


class NlmServer(Loopback):
    """The server; its address is that of the folder above both."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.modified: dict[str, str] = {}  # by path, as the folder shows it
        self.faults: dict[str, deque[str]] = defaultdict(deque)
        self.asked: list[Asked] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.nlm = self
        super().__init__(self._server)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/pubmed/"

    def put(
        self, kind: str, name: str, content: bytes, sidecar: bytes | None = b""
    ) -> str:
        """Publish a file; `sidecar` b"" is the right one, None is none."""
        path = FOLDERS[kind] + name
        self.files[path] = content
        self.files.pop(f"{path}.md5", None)
        if sidecar is not None:
            right = f"MD5({name})= {hashlib.md5(content).hexdigest()}\n".encode()
            self.files[f"{path}.md5"] = sidecar or right
        return path

    def misbehave(self, path: str, *faults: str) -> None:
        """Answer the next requests for `path` by these faults, one each.

        "drop" half a body and close · "stall" after half · "truncate" it and
        say so · "500" or another status · "page" instead, with status 200 ·
        "elsewhere" redirect · "whole" though a part was asked for · "shifted"
        part · "nothing" at all · "flip" a bit · "lie" about a sum · "drip" · "ok"
        """
        self.faults[path].extend(faults)

    def times(self, path: str) -> int:
        """How often it was asked for."""
        return sum(asked.path == path for asked in self.asked)

    def folder(self, path: str) -> bytes:
        """The page of a folder."""
        rows = [
            ROW.format(
                name=file.removeprefix(path),
                pad=" " * 8,
                modified=self.modified.get(file, "2026-01-29 14:48"),
                size=_rounded(len(content)),
            )
            for file, content in sorted(self.files.items())
            if file.startswith(path)
        ]
        head = f"<html><head><title>Index of {path}</title></head>\n<body><pre>"
        parent = '<a href="/pubmed/">Parent Directory</a>   -   \n'
        return f"{head}{parent}{''.join(rows)}</pre></body></html>\n".encode()


def _rounded(size: int) -> str:
    return f"{size / 1024:.1f}K" if size >= 1024 else str(size)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    nlm: NlmServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""

    def do_GET(self) -> None:
        nlm = self.server.nlm
        waiting = nlm.faults[self.path]
        fault = waiting.popleft() if waiting else "ok"
        content = nlm.files.get(self.path)
        if self.path in FOLDERS.values():
            content = nlm.folder(self.path)
        if fault == "page":
            content = PAGE
        if fault.isdigit() or content is None:
            self._answer(int(fault) if fault.isdigit() else 404, PAGE, {})
        elif fault == "elsewhere":
            self._answer(302, b"", {"Location": "http://192.0.2.1/pubmed26.xml.gz"})
        elif fault == "nothing":
            nlm.over.wait(5)
        elif fault == "drip":
            self._drip()
        else:
            self._file(content, fault)

    def _drip(self) -> None:
        """An answer of a second that never pauses long."""
        self.send_response(200)
        self.flush_headers()
        for _ in range(20):
            self.wfile.write(b"X-Drop: 1\r\n")
            self.server.nlm.over.wait(0.05)
        self.wfile.write(b"Content-Length: 0\r\n\r\n")

    def _file(self, content: bytes, fault: str) -> None:
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        head = {"ETag": tag, "Last-Modified": "Thu, 29 Jan 2026 19:48:00 GMT"}
        asked = self.headers["Range"]
        if fault == "flip":
            content = bytes([content[0]]) + bytes([content[1] ^ 1]) + content[2:]
        if fault == "lie":
            content = content[:-33] + b"0" * 32 + b"\n"
        if asked and fault != "whole" and self.headers["If-Range"] in head.values():
            begin = int(asked.removeprefix("bytes=").rstrip("-"))
            if begin >= len(content):
                self._answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
                return
            begin -= fault == "shifted"
            last = len(content) - 1
            head["Content-Range"] = f"bytes {begin}-{last}/{len(content)}"
            self._answer(206, content[begin:], head, fault)
        else:
            self._answer(200, content, head, fault)

    def _answer(
        self, status: int, body: bytes, head: dict[str, str], fault: str = "ok"
    ) -> None:
        self.server.nlm.asked.append(
            Asked(
                self.path,
                self.headers["User-Agent"],
                self.headers["Range"],
                self.headers["If-Range"],
                status,
            )
        )
        if fault == "truncate":
            body = body[: len(body) // 2]
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        if status == 503:
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        half = len(body) // 2 if fault in {"drop", "stall"} else len(body)
        self.wfile.write(body[:half])
        self.wfile.flush()
        if fault == "stall":
            self.server.nlm.over.wait(5)
        self.close_connection = fault in {"drop", "stall"}
