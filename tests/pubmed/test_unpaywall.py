"""Free copies by DOI; what a stranger says of them is believed in known words only."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.unpaywall_server import UnpaywallServer, answer, location
from ownjournal.pubmed.asking import NoAnswer
from ownjournal.pubmed.open_copy import OpenCopy
from ownjournal.pubmed.unpaywall import Unpaywall, best_copy

DOI = "10.5555/bog.1"
TODAY = date(2026, 11, 25)
REPOSITORY = {
    "host_type": "repository",
    "url": "https://archive.example.edu/bog.pdf",
    "url_for_landing_page": "https://archive.example.edu/17",
    "license": None,
    "version": "acceptedVersion",
}


def best(*locations: dict[str, Any], **changes: Any) -> OpenCopy | None:
    body = json.dumps(answer(DOI, *locations, **changes)).encode()
    return best_copy(body, DOI, TODAY)


def best_url(*locations: dict[str, Any], **changes: Any) -> str | None:
    copy = best(*locations, **changes)
    return copy.url if copy else None


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[UnpaywallServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with UnpaywallServer(answer(DOI, location())) as server:
        yield server


def unpaywall(server: UnpaywallServer, email: str = "desk@merrow.org") -> Unpaywall:
    return Unpaywall(server.address, email=email, sleep=lambda seconds: None)


def test_a_copy_is_told_with_all_that_is_known_of_it(server: UnpaywallServer) -> None:
    assert unpaywall(server).look_up(DOI, TODAY) == OpenCopy(
        url="https://press.example.org/bog",
        host="publisher",
        version="published",
        licence="CC BY",
        finder="Unpaywall",
        checked_on=TODAY,
    )
    [asked] = server.asked
    assert asked.path == f"/v2/{DOI}"
    assert asked.parameters == {"email": "desk@merrow.org"}


def test_an_awkward_doi_is_asked_for_as_it_is(server: UnpaywallServer) -> None:
    """10612833."""
    doi = "10.5555/(sici)1:1<1::aid-b;2>3.0.co;2-4#a?b%41"
    server.answers[doi] = answer(doi, location())

    assert unpaywall(server).look_up(doi.upper(), TODAY) is not None
    assert server.asked[0].path == f"/v2/{doi.upper()}"


def test_an_unknown_doi_has_no_copy(server: UnpaywallServer) -> None:
    assert unpaywall(server).look_up("10.5555/none", TODAY) is None


def test_a_closed_article_has_no_copy() -> None:
    assert best() is None
    assert best(location(), is_oa=False) is None


@pytest.mark.parametrize("fault", ["429", "500", "drop"])
def test_a_bad_moment_is_survived(server: UnpaywallServer, fault: str) -> None:
    server.misbehave(fault)

    assert unpaywall(server).look_up(DOI, TODAY) is not None


@pytest.mark.parametrize("fault", ["page", "truncate", "endless"])
def test_what_is_no_answer_is_told(server: UnpaywallServer, fault: str) -> None:
    server.misbehave(fault)

    with pytest.raises(NoAnswer):
        unpaywall(server).look_up(DOI, TODAY)


def test_an_address_that_is_not_taken_is_the_operators_to_change(
    server: UnpaywallServer,
) -> None:
    with pytest.raises(NoAnswer, match="CONTACT_EMAIL") as raised:
        unpaywall(server, "desk@example.com").look_up(DOI, TODAY)

    assert raised.value.ours


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"doi": 7}',
        b'{"doi": "10.5555/bog.1", "is_oa": "yes"}',
        b'{"doi": "10.5555/bog.1", "is_oa": true, "oa_locations": {}}',
        b'{"doi": "10.5555/bog.1", "is_oa": true, "oa_locations": [{"url": 7}]}',
        b"[" * 100_000,
        b'{"doi": "\xff"}',
        b'{"doi": "10.5555/another"}',
    ],
)
def test_an_answer_in_another_form_or_of_another_doi_is_none(body: bytes) -> None:
    with pytest.raises(NoAnswer):
        best_copy(body, DOI, TODAY)


def test_the_publishers_copy_comes_before_a_repositorys() -> None:
    theirs = {**REPOSITORY, "version": "publishedVersion", "license": "cc-by"}

    assert best_url(theirs, location()) == "https://press.example.org/bog"


def test_a_better_version_comes_before_a_worse_one() -> None:
    copies = {
        version: {**REPOSITORY, "url": f"https://a.example.edu/{number}"}
        | {"version": version}
        for number, version in enumerate(
            ["publishedVersion", "acceptedVersion", "submittedVersion", None]
        )
    }
    worst_first = list(copies.values())[::-1]

    for left in range(4, 0, -1):
        assert best_url(*worst_first[:left]) == f"https://a.example.edu/{4 - left}"


def test_of_equal_copies_the_licensed_one_and_then_the_first_is_taken() -> None:
    other = {**REPOSITORY, "url": "https://b.example.edu/"}

    assert best_url(REPOSITORY, other) == REPOSITORY["url"]
    assert best_url(REPOSITORY, {**other, "license": "cc-by"}) == other["url"]


@pytest.mark.parametrize("code", [None, "publisher-specific-oa", "implied-oa", "mine"])
def test_free_to_read_without_a_licence_is_not_open(code: str | None) -> None:
    """It may be closed tomorrow; in a journal that is open as a whole it may not."""
    assert best(location(license=code)) is None
    assert best(location(license=code), journal_is_oa=True) is not None


def test_a_repositorys_file_is_linked_and_a_publishers_page() -> None:
    assert best_url(REPOSITORY) == "https://archive.example.edu/bog.pdf"
    assert best_url({**REPOSITORY, "url": None}) == "https://archive.example.edu/17"
    assert best_url(location(url_for_landing_page=None)) == (
        "https://press.example.org/bog.pdf"
    )


def test_an_address_that_may_not_stand_in_a_link_is_passed_over() -> None:
    bad = location(url="javascript:alert(1)", url_for_landing_page="http://a.org/")

    assert best(bad) is None
    assert best_url(bad, REPOSITORY) == REPOSITORY["url"]


def test_an_unknown_host_is_passed_over_and_an_unknown_version_not_named() -> None:
    assert best(location(host_type="friend")) is None
    copy = best(location(version="<script>"))
    assert copy is not None
    assert copy.version is None


LEAVES = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(LEAVES, lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_any_json_is_a_copy_none_or_no_answer(value: object) -> None:
    for whole in (value, {"doi": DOI, "is_oa": True, "oa_locations": value}):
        with suppress(NoAnswer):
            best_copy(json.dumps(whole).encode(), DOI, TODAY)
