"""Troubles of a search cluster, told in words with what to do.

The cluster is a stand-in that answers as OpenSearch does; what only a real one shows is
in tests/cluster.
"""

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from made.loopback import Loopback, free_port
from ownjournal.search.index import IndexAway, IndexUnusable
from ownjournal.search.opensearch import cluster as clusters
from ownjournal.search.opensearch.address import read_address
from ownjournal.search.opensearch.cluster import Cluster, Conflict, NotThere
from ownjournal.search.opensearch.index import OpenSearchIndex
from ownjournal.search.query import All

Answers = Callable[[str, str], tuple[int, Any]]
"""Method and path → status and body."""


class StandIn(Loopback):
    """A cluster of one node."""

    def __init__(self, answers: Answers) -> None:
        self.asked: list[str] = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                stand_in.asked.append(f"{self.command} {self.path}")
                status, body = answers(self.command, self.path)
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = _answer

            def log_message(self, *ignored: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        super().__init__(self.server)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/merrow?timeout=1"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "PAUSES", (0.0, 0.0))


@contextmanager
def standing_in(answers: Answers) -> Iterator[tuple[OpenSearchIndex, StandIn]]:
    with StandIn(answers) as there:
        index = OpenSearchIndex.open(there.url)
        yield index, there
        index.close()


def refusing(status: int, kind: str, reason: str = "as it is") -> Answers:
    error = {"type": kind, "reason": reason}
    body = {"error": {"root_cause": [error], **error}, "status": status}
    return lambda method, path: (status, body)


def test_a_cluster_that_is_not_there_is_away() -> None:
    index = OpenSearchIndex.open(f"http://127.0.0.1:{free_port()}/merrow")

    with pytest.raises(IndexAway, match=r"http://127.0.0.1:\d+/merrow cannot be re"):
        index.count(All())


def test_a_cluster_that_stays_away_is_not_asked_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = Cluster(read_address(f"http://127.0.0.1:{free_port()}"))
    calls = []

    def call(client: Any) -> Any:
        calls.append(1)
        return client.info()

    for _ in range(clusters.FAILURES):
        with pytest.raises(IndexAway):
            there.ask(call)
    asked = len(calls)
    with pytest.raises(IndexAway, match="cannot be reached"):
        there.ask(call)
    assert len(calls) == asked == clusters.FAILURES * 3

    monkeypatch.setattr(clusters, "REFUSED_FOR", 0.0)
    with pytest.raises(IndexAway):
        there.ask(call)
    assert len(calls) > asked


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_password_is_named_as_what_it_is(status: int) -> None:
    with (
        standing_in(refusing(status, "security_exception")) as (index, _),
        pytest.raises(IndexAway, match="refuses the name or the password of SEARCH_U"),
    ):
        index.check()


def test_a_full_disk_is_named_as_what_it_is() -> None:
    reason = (
        "index [merrow] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded "
        "flood-stage watermark, index has read-only-allow-delete block];"
    )
    answers = refusing(429, "cluster_block_exception", reason)
    with (
        standing_in(answers) as (index, _),
        pytest.raises(IndexAway, match="as a disk of it is full. Make room"),
    ):
        index.check()


def being(distribution: str, *versions: str) -> Answers:
    """A cluster of nodes of these versions, without an index."""

    def answers(method: str, path: str) -> tuple[int, Any]:
        if path == "/":
            number = {"distribution": distribution, "number": versions[0]}
            return 200, {"version": number}
        if path.startswith("/_cat/nodes"):
            return 200, [{"version": each} for each in versions]
        return 404, {"error": {"type": "missing", "reason": path}, "status": 404}

    return answers


def test_a_cluster_with_an_older_node_says_which_version_is_needed() -> None:
    with (
        standing_in(being("opensearch", "2.19.6", "2.9.0")) as (index, _),
        pytest.raises(IndexUnusable, match="is OpenSearch 2.9.0; 2.12 or newer is"),
    ):
        index.check()


def test_another_server_is_refused_before_anything_is_made_on_it() -> None:
    with (
        standing_in(being("elsewhere", "8.1.0")) as (index, there),
        pytest.raises(IndexUnusable, match="is not OpenSearch, which is what SEARCH"),
    ):
        index.check()
    assert not [each for each in there.asked if not each.startswith("GET")]


def test_what_passes_is_asked_again() -> None:
    left = [503, 429]

    def answers(method: str, path: str) -> tuple[int, Any]:
        if left:
            return left.pop(), {"error": {"type": "busy", "reason": "busy"}}
        return 200, {"ok": True}

    with StandIn(answers) as there:
        cluster = Cluster(read_address(there.url))
        assert cluster.ask(lambda client: client.info()) == {"ok": True}
        cluster.client.close()


def test_what_does_not_pass_is_told_in_the_words_of_the_cluster() -> None:
    answers = refusing(503, "no_shard_available_action_exception", "[merrow][0]")
    with (
        standing_in(answers) as (index, _),
        pytest.raises(IndexAway, match=r"now: no_shard_available.*: \[merrow\]\[0\]"),
    ):
        index.count(All())
    answers = refusing(400, "mapper_parsing_exception", "no such column")
    with (
        standing_in(answers) as (index, _),
        pytest.raises(IndexUnusable, match=r"\(400\): mapper_parsing_exception: no "),
    ):
        index.count(All())


@pytest.mark.parametrize(("status", "kind"), [(404, NotThere), (409, Conflict)])
def test_what_is_not_there_and_what_was_changed_are_told_apart(
    status: int, kind: type[Exception]
) -> None:
    with StandIn(refusing(status, "some_exception")) as there:
        cluster = Cluster(read_address(there.url))
        with pytest.raises(kind):
            cluster.ask(lambda client: client.info())
        cluster.client.close()


def test_an_index_of_another_version_says_which() -> None:
    source = {"state": {"schema": 99}}
    body = {"_index": "merrow-v99-1", "_source": source}
    body |= {"_seq_no": 1, "_primary_term": 1, "found": True}
    with (
        standing_in(lambda method, path: (200, body)) as (index, _),
        pytest.raises(IndexUnusable, match="is of version 99; this program needs 2"),
    ):
        index.count(All())


def test_half_an_answer_is_refused() -> None:
    source = {"state": {"documents": 5, "commit": 1, "revision": 1}}
    state = {"_index": "merrow-v1-1", "_source": source, "_seq_no": 1}
    state |= {"_primary_term": 1, "found": True}
    half = {"_shards": {"total": 3, "successful": 2, "failed": 1}}
    half |= {"hits": {"total": {"value": 3}, "hits": []}, "timed_out": False}

    def answers(method: str, path: str) -> tuple[int, Any]:
        return 200, half if "_search" in path else state

    with (
        standing_in(answers) as (index, _),
        pytest.raises(IndexAway, match="A part of the index"),
    ):
        index.count(All())


def test_a_certificate_of_a_stranger_is_refused_and_one_of_a_known_authority_is_not(
    tmp_path: Path,
) -> None:
    authority = trustme.CA()
    known = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(known))
    with StandIn(lambda method, path: (200, {"ok": True})) as there:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        there.server.socket = context.wrap_socket(there.server.socket, server_side=True)
        url = there.url.replace("http:", "https:")
        stranger = Cluster(read_address(url))
        with pytest.raises(IndexAway, match=r"not trusted.*\?ca=/path/to/ca.pem"):
            stranger.ask(lambda client: client.info())
        trusted = Cluster(read_address(f"{url}&ca={known}"))
        assert trusted.ask(lambda client: client.info()) == {"ok": True}
        trusted.client.close()
