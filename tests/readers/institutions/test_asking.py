"""Servers that others name are asked politely, in time, and never within."""

from collections.abc import Iterator

import pytest

from made.library_server import HOST, LibraryServer
from ownjournal.readers.institutions.asking import Asker, NotAsked, is_public


@pytest.fixture(scope="module")
def server() -> Iterator[LibraryServer]:
    with LibraryServer() as running:
        yield running


def problem(server: LibraryServer, path: str, **how: float) -> str | None:
    asker = server.asker(**how)
    try:
        return asker.problem(server.address(path))
    finally:
        asker.close()


@pytest.mark.parametrize("status", [200, 204, 302, 303, 401, 403, 405, 429])
def test_an_answer_is_one_even_if_it_asks_to_sign_in(
    server: LibraryServer, status: int
) -> None:
    assert problem(server, f"/{status}/openurl?rft.issn=1") is None
    assert server.asked[-1] == (
        f"{HOST}:{server.port}",
        f"/{status}/openurl?rft.issn=1",
    )


@pytest.mark.parametrize("status", [400, 404, 410, 500, 502, 503])
def test_an_error_is_no_answer(server: LibraryServer, status: int) -> None:
    assert problem(server, f"/{status}") == f"It answers with error {status}."


def test_a_redirect_is_not_followed(server: LibraryServer) -> None:
    before = len(server.asked)

    assert problem(server, "/302") is None
    assert len(server.asked) == before + 1


@pytest.mark.parametrize("path", ["/silent", "/slow"])
def test_whoever_is_slow_is_left(server: LibraryServer, path: str) -> None:
    told = problem(server, path, seconds=0.5)

    assert told is not None
    assert told.startswith("It did not answer")


def test_a_body_is_not_read(server: LibraryServer) -> None:
    assert problem(server, "/huge") is None
    assert server.sent < 20_000_000


def test_a_connection_that_breaks_is_told(server: LibraryServer) -> None:
    assert problem(server, "/cut") == "The connection was lost."


def test_a_certificate_must_be_good(server: LibraryServer) -> None:
    stranger = server.asker(trusting=False)
    other_name = server.asker()
    try:
        for asker, host in ((stranger, HOST), (other_name, "other.merrow.test")):
            told = asker.problem(server.address("/200", host))
            assert told is not None
            assert "certificate" in told
    finally:
        stranger.close()
        other_name.close()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",  # NAT64, of 169.254.169.254
        "2002:7f00:1::",  # 6to4, of 127.0.0.1
        "192.0.0.192",  # where a cloud tells its machines of themselves
    ],
)
def test_addresses_within_are_not_asked(server: LibraryServer, address: str) -> None:
    before = len(server.asked)
    asker = Asker(look_up=lambda host, port: ["93.184.216.34", address])
    try:
        told = asker.problem(server.address("/200"))
    finally:
        asker.close()

    assert not is_public(address)
    assert told == f"{HOST} is not on the public Internet."
    assert len(server.asked) == before


def test_public_addresses_are() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


@pytest.mark.parametrize(
    "url",
    ["http://library.merrow.test/", "https://eve@library.merrow.test/", "https:///"],
)
def test_only_plain_https_is_asked(server: LibraryServer, url: str) -> None:
    asker = server.asker()
    try:
        assert asker.problem(url) == f"{url} is no plain https address."
    finally:
        asker.close()


def test_a_name_that_is_not_found_is_told() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    asker = Asker(look_up=nowhere)
    try:
        assert asker.problem("https://gone.test/") == (
            "The name gone.test was not found."
        )
    finally:
        asker.close()


def test_a_list_is_fetched_up_to_its_limit(server: LibraryServer) -> None:
    server.files["/list.json?do=raw"] = b"x" * 100
    asker = server.asker()
    address = server.address("/list.json?do=raw")
    try:
        assert asker.content(address, 100) == b"x" * 100
        with pytest.raises(NotAsked, match="longer than 99 bytes"):
            asker.content(address, 99)
        with pytest.raises(NotAsked, match="longer than"):
            asker.content(server.address("/huge"), 1_000_000)
        with pytest.raises(NotAsked, match="status 404"):
            asker.content(server.address("/404"), 99)
        with pytest.raises(NotAsked, match="status 302"):
            asker.content(server.address("/302"), 99)
    finally:
        asker.close()
