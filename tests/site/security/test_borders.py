"""Where one request ends and the next begins: no one smuggles a second into a first.

Bytes are sent as an attacker would, past any client, to a site that is served as an
operator serves it.
"""

import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from made.backups import Site
from made.served import served

pytestmark = pytest.mark.slow

HIDDEN = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
LAST = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
LENGTH = len(HIDDEN)
POST = "POST /sign-out HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = f"{POST}Transfer-Encoding: chunked\r\n\r\n"
EMPTY = "0\r\n\r\n"
WITH_LENGTH = f"Content-Length: {len(EMPTY) + LENGTH}\r\n"

DOUBTFUL = {
    "chunks and a length that goes on": (
        f"{POST}{WITH_LENGTH}Transfer-Encoding: chunked\r\n\r\n{EMPTY}{HIDDEN}"
    ),
    "chunks and a length that ends before": (
        f"{POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        f"{LENGTH:x}\r\n{HIDDEN}\r\n{EMPTY}"
    ),
    "two lengths": (
        f"{POST}Content-Length: 0\r\nContent-Length: {LENGTH}\r\n\r\n{HIDDEN}"
    ),
    "two lengths, the shorter last": (
        f"{POST}Content-Length: {LENGTH}\r\nContent-Length: 0\r\n\r\n{HIDDEN}"
    ),
    "a list of lengths": f"{POST}Content-Length: 0, {LENGTH}\r\n\r\n{HIDDEN}",
    "a length with a sign": f"{POST}Content-Length: +{LENGTH}\r\n\r\n{HIDDEN}",
    "a length below nothing": f"{POST}Content-Length: -1\r\n\r\n{HIDDEN}",
    "a length in other digits": f"{POST}Content-Length: 0x0\r\n\r\n{HIDDEN}",
    "a length past 64 bits": f"{POST}Content-Length: {2**64}\r\n\r\n{HIDDEN}",
    "a folded line": (
        f"{POST}Transfer-Encoding:\r\n chunked\r\n{WITH_LENGTH}\r\n{EMPTY}{HIDDEN}"
    ),
    "a folded line that says nothing": f"{POST}X-A: b\r\n c\r\n\r\n{HIDDEN}",
    "a space before the colon": (
        f"{POST}Transfer-Encoding : chunked\r\n{WITH_LENGTH}\r\n{EMPTY}{HIDDEN}"
    ),
    "a lone CR": f"{POST}X-A: b\rContent-Length: {LENGTH}\r\n\r\n{HIDDEN}",
    "an unknown coding": f"{POST}Transfer-Encoding: xchunked\r\n\r\n{EMPTY}{HIDDEN}",
    "a coding after the chunks": (
        f"{POST}Transfer-Encoding: chunked, x\r\n\r\n{EMPTY}{HIDDEN}"
    ),
    "two codings in two lines": (
        f"{POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n"
        f"{EMPTY}{HIDDEN}"
    ),
    "chunks in HTTP/1.0": CHUNKED.replace("/1.1", "/1.0") + EMPTY + HIDDEN,
    "a chunk's size with 0x": f"{CHUNKED}0x5\r\nabcde\r\n{EMPTY}{HIDDEN}",
    "a chunk's size past 64 bits": f"{CHUNKED}{2**64:x}\r\nabcde\r\n{EMPTY}{HIDDEN}",
    "a chunk's size below nothing": f"{CHUNKED}-5\r\nabcde\r\n{EMPTY}{HIDDEN}",
    "a chunk longer than its size": f"{CHUNKED}5\r\nabcdeXX{EMPTY}{HIDDEN}",
    "chunks with LF alone": f"{CHUNKED}5\nabcde\n0\n\n{HIDDEN}",
    "an LF after a chunk's size": f"{CHUNKED}5;a\nXX\r\nabcde\r\n{EMPTY}{HIDDEN}",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    site = Site(tmp_path_factory.mktemp("borders"), None)
    site.migrate()
    with served(site) as address:
        yield urlsplit(address).port or 80


def answers(port: int, sent: str) -> list[int]:
    """The statuses of all answers until the server has closed the connection."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        wire.sendall(sent.encode("ascii"))
        try:
            while data := wire.recv(65_536):
                got += data
        except ConnectionResetError:
            pass  # closed while we still had something to say
    return [int(each) for each in re.findall(rb"HTTP/1\.[01] (\d{3})", got)]


def test_two_requests_in_one_piece_have_two_answers(port: int) -> None:
    """The control: what is hidden below would be answered, were it seen."""
    assert answers(port, HIDDEN + LAST) == [200, 200]


@pytest.mark.parametrize("sent", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_ends_in_two_ways_is_refused_and_the_connection_closed(
    port: int, sent: str
) -> None:
    """400, or 403 where the form was refused before the doubtful part was read."""
    assert answers(port, sent + LAST) in ([400], [403])


@pytest.mark.parametrize(
    "head",
    [
        f"{POST}Content-Length: {LENGTH}\r\n\r\n",
        f"GET /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: {LENGTH}"
        "\r\n\r\n",
        f"POST /sign-out HTTP/1.1\nHost: localhost\nContent-Length: {LENGTH}\n\n",
    ],
    ids=["a form", "a question with a body", "lines that end with LF alone"],
)
def test_a_body_is_as_long_as_it_says_and_no_request(port: int, head: str) -> None:
    assert len(answers(port, head + HIDDEN + LAST)) == 2
