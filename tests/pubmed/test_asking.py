"""One small question, answered in time or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from made.service_server import Asked, Reply, ServiceServer
from ownjournal.pubmed.asking import Answer, NoAnswer, Question, _asked_wait, ask


class Echo(ServiceServer):
    def reply(self, asked: Asked) -> Reply:
        return Reply(int(asked.parameters.get("status", "200")), b"a small answer")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Echo]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Echo() as server:
        yield server


def question(server: Echo, seconds: float = 5.0, **parameters: str) -> Question:
    return Question("Merrow", f"{server.address}/x", parameters, 1_000, seconds)


def waits_of(server: Echo, *faults: str, seconds: float = 5.0) -> tuple[object, list]:  # type: ignore[type-arg]
    """What came of it, and how long it waited in between."""
    server.misbehave(*faults)
    waits: list[float] = []
    try:
        return ask(question(server, seconds), sleep=waits.append), waits
    except NoAnswer as fault:
        return fault, waits


def test_an_answer_is_its_status_and_its_bytes(server: Echo) -> None:
    assert ask(question(server, status="200")) == Answer(200, b"a small answer")
    assert ask(question(server, status="404")).status == 404
    assert (server.asked[0].agent or "").startswith("Ownjournal/")


@pytest.mark.parametrize("fault", ["429", "500", "503", "drop", "408"])
def test_a_fault_that_may_pass_is_tried_again_once(server: Echo, fault: str) -> None:
    answer, waits = waits_of(server, fault)

    assert isinstance(answer, Answer)
    assert waits == [1.0]
    assert len(server.asked) == 2


def test_a_fault_that_stays_is_told(server: Echo) -> None:
    fault, _ = waits_of(server, "503", "503", "503")

    assert str(fault) == "Merrow answers with error 503."
    assert len(server.asked) == 2


def test_the_wait_is_what_the_service_asks_for(server: Echo) -> None:
    assert waits_of(server, "429 2")[1] == [2.0]


def test_a_wait_that_is_too_long_is_passed_on_to_the_caller(server: Echo) -> None:
    fault, waits = waits_of(server, "429 120")

    assert isinstance(fault, NoAnswer)
    assert fault.wait_seconds == 120
    assert waits == []
    assert len(server.asked) == 1


def test_a_date_to_wait_for_is_understood() -> None:
    now = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

    assert _asked_wait("Wed, 25 Nov 2026 12:00:30 GMT", now) == 30
    assert _asked_wait("Wed, 25 Nov 2026 11:00:00 GMT", now) == 0
    assert _asked_wait("7", now) == 7
    for nothing in ("", "soon", "-1", "1e9", "٣", "Wed, 25 Nov 2026 12:00:30"):
        assert _asked_wait(nothing, now) is None


def test_a_service_that_says_nothing_is_left_when_the_time_is_over(
    server: Echo,
) -> None:
    fault, _ = waits_of(server, "nothing", "nothing", seconds=0.3)

    assert str(fault) == "Merrow gave no answer in time."


def test_an_answer_without_an_end_is_cut(server: Echo) -> None:
    fault, waits = waits_of(server, "endless")

    assert "too long" in str(fault)
    assert waits == []


def test_no_redirect_is_followed(server: Echo) -> None:
    fault, _ = waits_of(server, "elsewhere")

    assert isinstance(fault, NoAnswer)
    assert fault.ours
    assert len(server.asked) == 1


def test_nobody_at_the_address_is_told_without_the_request() -> None:
    nobody = Question("Merrow", "http://127.0.0.1:9/x", {"api_key": "secret"}, 10)

    with pytest.raises(NoAnswer, match="Merrow cannot be reached") as raised:
        ask(nobody, sleep=lambda seconds: None)

    assert "secret" not in str(raised.value)


def test_a_fault_of_ours_is_raised_where_it_is_waited_for() -> None:
    with pytest.raises(Exception, match="port"):
        ask(Question("Merrow", "http://127.0.0.1:port/", {}, 10))
