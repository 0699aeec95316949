"""NLM's folders: listed, or told why not, within five seconds."""

import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
import trustme

from made.nlm_server import NlmServer
from ownjournal.pubmed import nlm as nlm_module
from ownjournal.pubmed.nlm import Nlm, Unreachable
from ownjournal.pubmed.plan import Published

NAME = "pubmed26n1334.xml.gz"
FILE = Published(NAME, "update")
SMALL = gzip.compress(b"<PubmedArticleSet/>")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[NlmServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with NlmServer() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def nlm(server: NlmServer, waits: list[float]) -> Iterator[Nlm]:
    with Nlm(
        server.address, quiet_seconds=0.3, sleep=waits.append, chance=lambda: 0.5
    ) as nlm:
        yield nlm


def test_both_folders_are_listed(nlm: Nlm, server: NlmServer) -> None:
    server.put("baseline", "pubmed26n0001.xml.gz", SMALL)
    server.put("update", NAME, SMALL)

    listing = nlm.listing()

    assert [(file.name, file.kind) for file in listing.baseline] == [
        ("pubmed26n0001.xml.gz", "baseline")
    ]
    assert [(file.name, file.kind) for file in listing.updates] == [(NAME, "update")]


def test_empty_folders_are_no_fault(nlm: Nlm, server: NlmServer) -> None:
    """Each December."""
    assert nlm.listing().baseline == ()


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [("page", "is no list of files"), ("404", "is not there"), ("403", "error 403")],
)
def test_a_folder_that_is_none_is_told(
    nlm: Nlm, server: NlmServer, fault: str, sentence: str
) -> None:
    server.misbehave("/pubmed/updatefiles/", fault)

    with pytest.raises(Unreachable, match=sentence):
        nlm.listing()


def test_an_endless_page_is_cut_off(
    nlm: Nlm, server: NlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nlm_module, "SIDECAR_BYTES", 40)
    server.put("update", NAME, SMALL)

    with pytest.raises(Unreachable, match="longer than it can be"):
        nlm.published_md5(FILE)


def test_a_server_that_answers_is_reached(nlm: Nlm, server: NlmServer) -> None:
    assert nlm.why_unreachable() is None


def test_why_nlm_is_not_reached_is_a_sentence(nlm: Nlm, server: NlmServer) -> None:
    server.misbehave("/pubmed/updatefiles/", "503", "404", "elsewhere")

    reasons = [nlm.why_unreachable() for _ in range(3)]

    assert reasons[0] == "NLM answers with error 503."
    assert reasons[1] == f"{server.address}updatefiles/ is not there."
    assert reasons[2] is not None
    assert reasons[2].endswith("where we do not go.")


def test_a_server_that_says_nothing_is_given_up(nlm: Nlm, server: NlmServer) -> None:
    server.misbehave("/pubmed/updatefiles/", "nothing")

    reason = nlm.why_unreachable(seconds=0.2)

    assert reason is not None
    assert reason.startswith("NLM gave no answer")


def test_five_seconds_are_five_seconds_in_all(nlm: Nlm, server: NlmServer) -> None:
    """An answer that drips in is never late by itself: no read takes long."""
    server.misbehave("/pubmed/updatefiles/", "drip")

    reason = nlm.why_unreachable(seconds=0.3)

    assert reason == "NLM gave no answer within 0.3 seconds."


def test_a_closed_door_is_told_at_once() -> None:
    with NlmServer() as server:
        address = server.address
    with Nlm(address) as nlm:
        reason = nlm.why_unreachable()

    assert reason == (
        "NLM cannot be reached: 127.0.0.1 refuses the connection;"
        " is a firewall or proxy in the way?"
    )


def test_a_certificate_that_nobody_trusts_is_told() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as door:
        knock = threading.Thread(target=answer_once, args=(door, context))
        knock.start()
        with Nlm(f"https://127.0.0.1:{door.getsockname()[1]}/pubmed/") as nlm:
            reason = nlm.why_unreachable()
        knock.join()

    assert reason is not None
    assert reason.startswith("NLM cannot be reached: the certificate of 127.0.0.1 is")


def answer_once(door: socket.socket, context: ssl.SSLContext) -> None:
    plain, _ = door.accept()
    with plain, suppress(OSError):
        context.wrap_socket(plain, server_side=True).close()


def test_a_name_that_is_not_found_is_told() -> None:
    """The top level domain is kept for this: nobody can have it."""
    with Nlm("https://nlm.invalid/pubmed/") as nlm:
        reason = nlm.why_unreachable()

    assert reason == (
        "NLM cannot be reached: the name nlm.invalid was not found;"
        " is this machine offline?"
    )


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (
            httpx.ConnectTimeout("timed out"),
            "NLM cannot be reached: nlm.test does not answer; is this machine offline?",
        ),
        (
            httpx.ConnectError("[Errno 101]\nNetwork is unreachable"),
            "NLM cannot be reached: nlm.test: [Errno 101] Network is unreachable.",
        ),
        (httpx.ReadTimeout("timed out"), "NLM gave no answer in time."),
    ],
)
def test_other_faults_of_the_network_are_sentences(
    monkeypatch: pytest.MonkeyPatch, fault: httpx.TransportError, told: str
) -> None:
    def fail(self: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        fault.request = request
        raise fault

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", fail)

    with Nlm("https://nlm.test/pubmed/") as nlm:
        assert nlm.why_unreachable() == told


@pytest.mark.parametrize(
    "address",
    [
        "http://ftp.ncbi.nlm.nih.gov/pubmed/",
        "ftp://ftp.ncbi.nlm.nih.gov/pubmed/",
        "https://reader:secret@mirror.test/pubmed/",
        "https://mirror.test/pubmed/?x=1",
        "https:///pubmed/",
        "mirror.test/pubmed",
        "",
    ],
)
def test_only_a_plain_https_address_is_taken(address: str) -> None:
    """Trust comes from https: an MD5 sum tells an accident, never an attack."""
    with pytest.raises(ValueError, match="is not"):
        Nlm(address)


def test_waits_are_mixed(server: NlmServer) -> None:
    server.misbehave("/pubmed/baseline/", "500", "500")
    waits: list[float] = []
    dice = iter([0.0, 1.0])
    with Nlm(server.address, sleep=waits.append, chance=lambda: next(dice)) as nlm:
        nlm.listing()

    assert waits == [0.5, 3.0]


def test_a_wait_that_the_server_asks_for_is_kept(
    nlm: Nlm, server: NlmServer, waits: list[float]
) -> None:
    server.misbehave("/pubmed/baseline/", "503")

    nlm.listing()

    assert waits == [7.0]
