"""Downloads as a client gets them, over a real store and a real index."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import downloads, following
from ownjournal.catalogue.downloads import BY_EXTENSION, PLACES
from ownjournal.catalogue.selections import LIMIT
from ownjournal.pubmed.article import (
    Correction,
    Identifiers,
    JournalIssue,
    PubDate,
)
from ownjournal.pubmed.exports.exported import Exported
from ownjournal.pubmed.exports.formats import FORMATS, Format

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
FOR_PROGRAMS = sorted(set(BY_EXTENSION) - {"txt"})


def index_all() -> None:
    following.follow(following.index())


def pmids_in(response: Any) -> list[int]:
    """Of a CSV."""
    rows = csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig")))
    return [int(row["pmid"]) for row in rows]


# One article


@pytest.mark.parametrize("extension", FOR_PROGRAMS)
def test_an_article_comes_in_every_format_under_a_name_of_its_own(
    client: Client, extension: str
) -> None:
    shelve(an_article(pmid=1001, title="Velotrine for fever."))

    response = client.get(f"/articles/1001.{extension}")

    media_type = BY_EXTENSION[extension].media_type
    assert response.status_code == 200
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"] == (
        f'attachment; filename="pmid-1001.{extension}"'
    )
    assert response["X-Robots-Tag"] == "noindex"
    assert "Velotrine for fever" in response.text


@pytest.mark.parametrize("extension", FOR_PROGRAMS)
def test_every_format_says_that_an_article_is_retracted(
    client: Client, extension: str
) -> None:
    shelve(an_article(pmid=1001, corrections=(Correction("RetractionIn", pmid=7),)))

    text = client.get(f"/articles/1001.{extension}").text

    assert "This article has been retracted: PMID 7." in " ".join(text.split())


@pytest.mark.parametrize("extension", FOR_PROGRAMS)
def test_every_format_says_that_an_example_is_invented(
    client: Client, extension: str
) -> None:
    shelve(an_article(pmid=99_000_001))

    assert "nvented example" in client.get(f"/articles/99000001.{extension}").text


def test_an_article_that_is_not_here_is_absent_as_its_page_is(client: Client) -> None:
    shelve(an_article(pmid=1001))
    shelve(taken_back=[1001])

    assert client.get("/articles/1001.ris").status_code == 410
    assert client.get("/articles/1002.ris").status_code == 404
    assert client.get("/articles/1002.docx").status_code == 404
    assert client.get("/articles/1002.ris%0aX-Evil:1").status_code == 404


def test_a_record_that_became_part_of_another_leads_to_its_file(
    client: Client,
) -> None:
    doi = Identifiers(doi="10.99999/merged.1")
    shelve(an_article(pmid=1001, identifiers=doi))
    shelve(an_article(pmid=1002, identifiers=doi), taken_back=[1001])
    index_all()

    assert client.get("/articles/1001.ris")["Location"] == "/articles/1002.ris"


def test_a_client_that_has_the_file_is_not_sent_it_again(client: Client) -> None:
    shelve(an_article(pmid=1001))
    etag = client.get("/articles/1001.ris")["ETag"]

    again = client.get("/articles/1001.ris", headers={"If-None-Match": etag})
    shelve(an_article(pmid=1001, title="Velotrine for chills."))
    changed = client.get("/articles/1001.ris", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != etag


# A selection


def test_a_selection_comes_in_its_order_each_article_once(client: Client) -> None:
    shelve(*(an_article(pmid=pmid) for pmid in (1001, 1002, 1003)))

    response = client.post(
        "/export", {"pmid": ["1003", "1001 1003,\n1002"], "format": "csv"}
    )

    assert pmids_in(response) == [1003, 1001, 1002]
    assert 'filename="articles-3.csv"' in response["Content-Disposition"]


def test_an_address_can_name_a_selection_too(client: Client) -> None:
    shelve(an_article(pmid=1001), an_article(pmid=1002))

    response = client.get("/export?pmid=1002&pmid=1001&format=csv")

    assert pmids_in(response) == [1002, 1001]


def test_all_on_the_page_need_no_ticks(client: Client) -> None:
    shelve(an_article(pmid=1001), an_article(pmid=1002))
    form = {"which": "shown", "shown": "1001 1002", "pmid": "7", "format": "csv"}

    assert pmids_in(client.post("/export", form)) == [1001, 1002]


def test_a_text_names_what_is_not_here_and_other_formats_leave_it_out(
    client: Client,
) -> None:
    shelve(an_article(pmid=1001))

    text = client.get("/export?pmid=1001,1002&format=text").text
    table = client.get("/export?pmid=1001,1002&format=csv")

    assert text.endswith("\nNot kept here any more, or never: (PMID 1002)\n")
    assert pmids_in(table) == [1001]


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_of_it_being_here_is_said(client: Client, format: str) -> None:
    response = client.get(f"/export?pmid=1001&format={format}")

    assert response.status_code == 404
    assert "None of these articles is kept here." in response.text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"which": "selected", "format": "ris"}, "No article is ticked."),
        ({"pmid": " , ", "format": "ris"}, "No article is ticked."),
        ({"pmid": "1001"}, "can be downloaded as RIS, BibTeX"),
        ({"pmid": "1001", "format": "../../etc/passwd"}, "can be downloaded as RIS"),
        ({"pmid": "1001", "format": "ris\r\nX-Evil: 1"}, "can be downloaded as RIS"),
        ({"pmid": "1001", "which": "none", "format": "ris"}, "the whole list"),
        ({"pmid": "-5", "format": "ris"}, "“-5” is no PMID."),
        ({"pmid": "12a", "format": "ris"}, "“12a” is no PMID."),
        ({"pmid": "0", "format": "ris"}, "“0” is no PMID."),
        ({"pmid": "٢٣", "format": "ris"}, "“٢٣” is no PMID."),
        ({"pmid": "9" * 10, "format": "ris"}, "“9999999999” is no PMID."),
        ({"pmid": "<b>" * 99, "format": "ris"}, "&lt;b&gt;"),
        ({"pmid": "\x00\ud800".encode("utf-8", "ignore"), "format": "ris"}, "no PMID"),
        ({"format": "ris"}, "nothing to search for"),
        ({"q": "fever", "order": "oldest", "format": "ris"}, "newest first or by"),
        ({"q": "fever", "page": "x", "format": "ris"}, "Pages are numbered"),
    ],
)
def test_what_cannot_be_downloaded_is_said_in_the_reader_s_words(
    client: Client, form: dict[str, Any], said: str
) -> None:
    response = client.post("/export", form)

    assert response.status_code == 422
    assert "This cannot be downloaded" in response.text
    assert said in response.text
    assert "Content-Disposition" not in response


@pytest.mark.parametrize(
    "pmids",
    [
        " ".join(str(number) for number in range(1, LIMIT + 2)),
        [str(number) for number in range(1, LIMIT + 2)],
        [str(number) for number in range(1, 3 * LIMIT)],
    ],
)
def test_more_articles_than_a_download_has_are_refused(
    client: Client, pmids: str | list[str]
) -> None:
    response = client.post("/export", {"pmid": pmids, "format": "ris"})

    assert response.status_code == 422
    assert "at most 10,000 articles" in response.text


def test_as_many_articles_as_a_download_has_can_be_ticked(client: Client) -> None:
    shelve(an_article(pmid=1))
    pmids = [str(number) for number in range(1, LIMIT + 1)]

    response = client.post("/export", {"pmid": pmids, "format": "csv"})

    assert pmids_in(response) == [1]


def test_a_cell_of_a_table_is_never_a_formula(client: Client) -> None:
    title = '=HYPERLINK("https://evil.test","fever").'
    shelve(an_article(pmid=1001, title=title))

    [row] = csv.DictReader(io.StringIO(client.get("/articles/1001.csv").text))

    assert not row["title"].startswith(("=", "+", "-", "@"))
    assert "HYPERLINK" in row["title"]


# A search


@pytest.mark.parametrize(
    ("order", "expected"),
    [("newest", [3003, 3002, 3001, 3000]), ("best", [3000, 3003, 3002, 3001])],
)
def test_a_search_comes_in_the_order_of_its_page(
    client: Client, order: str, expected: list[int]
) -> None:
    shelve(
        *(
            an_article(
                pmid=3000 + n,
                title="Marrowleaf for falls." if n == 0 else "Falls.",
                abstract="Marrowleaf was used.",
                journal_issue=JournalIssue(PubDate(1990 + n)),
            )
            for n in (2, 0, 3, 1)
        )
    )
    index_all()
    asked = {"q": "marrowleaf", "order": order}
    page = client.get("/search", asked)

    by_address = client.get("/search.csv", asked)
    by_form = client.post("/export", asked | {"which": "all", "format": "csv"})

    assert [card.pmid for card in page.context["page"].cards] == expected
    assert pmids_in(by_address) == pmids_in(by_form) == expected
    assert 'filename="search-marrowleaf.csv"' in by_address["Content-Disposition"]


def test_a_search_that_is_cut_says_so_before_and_in_its_name(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ownjournal.catalogue.search_page.LIMIT", 3)
    monkeypatch.setattr(downloads, "LIMIT", 3)
    shelve(*(an_article(pmid=2000 + n) for n in range(5)))
    index_all()

    page = client.get("/search?q=velotrine").text
    response = client.get("/search.csv?q=velotrine")

    assert "The first 3 of the 5 articles found" in page
    assert len(pmids_in(response)) == 3
    assert (
        'filename="search-first-3-of-5-velotrine.csv"'
        in (response["Content-Disposition"])
    )


def test_a_search_that_finds_nothing_gives_no_empty_file(client: Client) -> None:
    response = client.get("/search.ris?q=marrowleaf")

    assert response.status_code == 404
    assert "finds no article" in response.text


@pytest.mark.parametrize(
    "text",
    [
        'velotrine "\r\nX-Evil: 1\r\n\r\n<script>',
        "velotrine ‮\x00 ../../etc/passwd; filename=evil.exe",
        "velotrine " + "é" * 500,
    ],
)
def test_no_query_breaks_out_of_the_name_of_its_file(client: Client, text: str) -> None:
    response = client.get("/search.ris", {"q": f"velotrine OR {text}"})

    assert response.status_code in (200, 404)
    assert "X-Evil" not in response
    assert downloads._attachment(text, "ris").isascii()
    assert downloads._attachment(text, "ris").count('"') == 2


@pytest.mark.parametrize("query", ["a " * 100_000, "(" * 200_000, "é" * 200_000])
def test_a_query_of_any_length_is_answered(client: Client, query: str) -> None:
    response = client.post("/export", {"which": "all", "q": query, "format": "ris"})

    assert response.status_code in (404, 422)


def test_an_index_that_cannot_be_used_is_said(client: Client, tmp_path: Path) -> None:
    shelve(an_article(pmid=1001))
    index_all()
    for path in (tmp_path / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    following.index.cache_clear()

    response = client.get("/search.ris?q=velotrine")

    assert response.status_code == 503
    assert "Search is down at the moment" in response.text


# How a file is made and sent


def a_format(write: Any) -> Format:
    return Format("made-up", "Made up", "text/plain", "made", write)


def test_the_store_is_read_a_few_articles_at_a_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "AT_ONCE", 10)
    shelve(*(an_article(pmid=1000 + n) for n in range(35)))
    queries: list[int] = []

    def write(articles: Iterable[Exported]) -> Iterator[str]:
        for each in articles:
            queries.append(len(watched))
            yield f"{each.article.pmid}\n"

    monkeypatch.setitem(FORMATS, "made-up", a_format(write))
    pmids = ",".join(str(1000 + n) for n in range(35))

    with CaptureQueriesContext(connection) as watched:
        client.get(f"/export?format=made-up&pmid={pmids}")

    assert queries == [1] * 10 + [2] * 10 + [3] * 10 + [4] * 5


@pytest.mark.parametrize("in_memory", [0, 100])
def test_a_large_file_and_a_small_one_are_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(downloads, "IN_MEMORY", in_memory)
    monkeypatch.setattr(downloads, "BLOCK", 1_000)
    shelve(*(an_article(pmid=1000 + n, title="Ménière’s fever.") for n in range(9)))
    address = (
        f"/export?format=csl-json&pmid={','.join(str(1000 + n) for n in range(9))}"
    )

    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert plain.streaming == (in_memory == 0)
    body = plain.getvalue()
    assert len(json.loads(body)) == 9
    assert plain["Content-Length"] == str(len(body))
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.getvalue()) == body


@pytest.mark.parametrize("in_memory", [0, 100])
def test_a_fault_is_an_error_and_never_half_a_file(
    client: Client, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(downloads, "IN_MEMORY", in_memory)
    shelve(an_article(pmid=1001), an_article(pmid=1002))
    client.raise_request_exception = False

    def write(articles: Iterable[Exported]) -> Iterator[str]:
        yield "half"
        raise ValueError("a fault")

    monkeypatch.setitem(FORMATS, "made-up", a_format(write))
    for _ in range(PLACES + 1):  # and no place is lost by it
        response = client.get("/export?format=made-up&pmid=1001,1002")
        assert response.status_code == 500

    assert pmids_in(client.get("/export?format=csv&pmid=1001")) == [1001]


@pytest.mark.django_db(transaction=True)  # as closing ends a request
def test_few_large_files_are_sent_at_a_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "IN_MEMORY", 0)
    shelve(an_article(pmid=1001))
    address = "/export?pmid=1001&format=ris"

    with ExitStack() as under_way:
        first, *_ = [
            under_way.enter_context(closing(client.get(address))) for _ in range(PLACES)
        ]
        refused = client.get(address)
        first.close()  # as a server does when the client has gone away
        first.close()
        taken = under_way.enter_context(closing(client.get(address)))
        again = client.get(address)

    assert refused.status_code == again.status_code == 503
    assert refused["Retry-After"] == "60"
    assert "try again in a minute" in refused.text
    assert taken.status_code == 200


def test_a_file_that_was_sent_makes_room_for_the_next(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "IN_MEMORY", 0)
    shelve(an_article(pmid=1001))

    for _ in range(PLACES + 1):
        response = client.get("/export?pmid=1001&format=csv")
        assert pmids_in(response) == [1001]
