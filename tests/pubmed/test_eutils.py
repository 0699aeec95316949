"""One record by its number, from a service that answers in many wrong ways."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from made.eutils_server import EutilsServer
from made.files import deletion, record
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.asking import NoAnswer
from ownjournal.pubmed.eutils import EUTILS, Eutils
from ownjournal.pubmed.records import read_records

BOOK = (
    "<PubmedBookArticle><BookDocument><PMID Version='1'>18</PMID><Book><Publisher>"
    "<PublisherName>Merrow Press</PublisherName></Publisher><BookTitle>Bogs</BookTitle>"
    "<PubDate><Year>2026</Year></PubDate></Book><ArticleTitle>Peat</ArticleTitle>"
    "</BookDocument></PubmedBookArticle>"
)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[EutilsServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with EutilsServer(17) as server:
        yield server


def eutils(server: EutilsServer, **more: Any) -> Eutils:
    return Eutils(
        server.address, email="desk@merrow.org", sleep=lambda seconds: None, **more
    )


def fault_of(server: EutilsServer, **more: Any) -> NoAnswer:
    with pytest.raises(NoAnswer) as raised:
        eutils(server, **more).fetch(17)
    return raised.value


def test_a_record_comes_as_a_file_of_its_own(server: EutilsServer) -> None:
    xml = eutils(server).fetch(17)

    assert xml is not None
    [article] = read_records(io.BytesIO(xml))
    assert isinstance(article, Article)
    assert article.pmid == 17


def test_nlm_is_told_who_asks(server: EutilsServer) -> None:
    eutils(server, key="known").fetch(17)

    [asked] = server.asked
    assert asked.path == "/entrez/eutils/efetch.fcgi"
    assert asked.parameters == {
        "db": "pubmed",
        "id": "17",
        "retmode": "xml",
        "tool": "ownjournal",
        "email": "desk@merrow.org",
        "api_key": "known",
    }


def test_a_number_that_was_never_given_out_has_no_record(
    server: EutilsServer,
) -> None:
    assert eutils(server).fetch(18) is None


@pytest.mark.parametrize("body", ["<PubmedArticleSet/>", "<PubmedArticleSet />\n"])
def test_an_empty_set_may_be_written_shortly(server: EutilsServer, body: str) -> None:
    server.body = body.encode()

    assert eutils(server).fetch(17) is None


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    "words",
    [
        "ID list is empty! Possibly it has no correct IDs.",
        "Cannot Retrieve record for id=17",
        "The following PMID is not available: 17",
    ],
)
def test_an_error_about_the_number_means_no_record(
    server: EutilsServer, status: int, words: str
) -> None:
    server.body = f"<eFetchResult><ERROR>{words}</ERROR></eFetchResult>".encode()
    server.status = status

    assert eutils(server).fetch(17) is None


@pytest.mark.parametrize("status", [200, 400])
def test_an_error_about_anything_else_says_nothing_of_the_number(
    server: EutilsServer, status: int
) -> None:
    server.body = b"<eFetchResult><ERROR>Search Backend failed</ERROR></eFetchResult>"
    server.status = status

    assert not fault_of(server).ours


def test_a_wrong_key_is_our_own_fault(server: EutilsServer) -> None:
    fault = fault_of(server, key="nobody's")

    assert fault.ours
    assert "key" in str(fault)
    assert "nobody's" not in str(fault)


@pytest.mark.parametrize("status", [401, 403, 404, 414])
def test_a_refusal_is_our_own_fault(server: EutilsServer, status: int) -> None:
    server.status = status

    assert fault_of(server).ours


@pytest.mark.parametrize("fault", ["429", "500", "drop"])
def test_a_bad_moment_is_survived(server: EutilsServer, fault: str) -> None:
    server.misbehave(fault)

    assert eutils(server).fetch(17) is not None


@pytest.mark.parametrize("fault", ["page", "truncate"])
def test_what_is_no_whole_set_is_no_answer(server: EutilsServer, fault: str) -> None:
    server.misbehave(fault)

    assert "cannot be read" in str(fault_of(server))


def test_entities_are_refused(server: EutilsServer) -> None:
    server.body = (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        f"<PubmedArticleSet>{record(17, '&e;')}</PubmedArticleSet>"
    ).encode()

    assert "cannot be read" in str(fault_of(server))


@pytest.mark.parametrize("content", [record(18), record(17) + record(18), deletion(17)])
def test_another_record_than_was_asked_for_is_none(
    server: EutilsServer, content: str
) -> None:
    server.records["17"] = content

    assert eutils(server).fetch(17) is None


def test_a_book_article_is_a_record_too(server: EutilsServer) -> None:
    server.records["18"] = BOOK

    assert eutils(server).fetch(18) is not None


def test_a_record_that_will_be_set_aside_is_passed_on(server: EutilsServer) -> None:
    server.records["18"] = "<PubmedArticle><MedlineCitation/></PubmedArticle>"

    assert eutils(server).fetch(18) is not None


def test_only_an_address_of_https_is_taken() -> None:
    Eutils(EUTILS, email="desk@merrow.org")
    with pytest.raises(ValueError, match="https"):
        Eutils("http://eutils.example.org", email="desk@merrow.org")
