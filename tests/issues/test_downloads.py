"""An issue as a file, for its reader alone."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client

from made.shelf import shelve
from ownjournal.catalogue.downloads import BY_EXTENSION
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import Issue
from ownjournal.issues.pages import issue_page
from ownjournal.readers import registry
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


@pytest.fixture
def issue(alice: Reader) -> Issue:
    made = compile_issue(alice, now=NOW)
    assert made is not None
    return made


@pytest.fixture
def page(client: Client, alice: Reader) -> Client:
    client.force_login(alice)
    return client


def pmids_in(response: object) -> list[int]:
    content: bytes = response.content  # type: ignore[attr-defined]
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return [int(row["pmid"]) for row in rows]


def test_an_issue_comes_whole_in_the_order_of_its_page(
    page: Client, issue: Issue
) -> None:
    shown = [piece.pmid for piece in issue_page(issue).pieces()]

    response = page.get("/issues/1.csv")

    assert len(shown) == issue.articles.count()
    assert pmids_in(response) == shown
    assert 'filename="issue-1.csv"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("extension", BY_EXTENSION)
def test_an_issue_comes_in_every_format(
    page: Client, issue: Issue, extension: str
) -> None:
    response = page.get(f"/issues/1.{extension}")

    media_type = BY_EXTENSION[extension].media_type
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    for row in issue.articles.all():
        assert str(row.pmid) in response.text


def test_an_issue_is_there_for_its_reader_alone(client: Client, issue: Issue) -> None:
    form = {"which": "all", "format": "ris"}

    assert client.get("/issues/1.ris")["Location"] == "/sign-in"
    assert client.post("/issues/1/export", form)["Location"] == "/sign-in"
    client.force_login(registry.add("bob@merrow.test"))
    assert client.get("/issues/1.ris").status_code == 404
    assert client.post("/issues/1/export", form).status_code == 404


def test_what_nlm_took_back_is_named_in_a_text_and_left_out_elsewhere(
    page: Client, issue: Issue
) -> None:
    first = issue.articles.all()[0]
    shelve(taken_back=[first.pmid])

    text = " ".join(page.get("/issues/1.txt").text.split())

    assert f"any more, or never: {first.title} (PMID {first.pmid})" in text
    assert first.pmid not in pmids_in(page.get("/issues/1.csv"))
    assert str(first.pmid) not in page.get("/issues/1.ris").text


def test_an_issue_of_which_nothing_is_left_is_still_a_text(
    page: Client, issue: Issue
) -> None:
    pmids = [row.pmid for row in issue.articles.all()]
    shelve(taken_back=pmids)

    assert page.get("/issues/1.ris").status_code == 404
    text = page.get("/issues/1.txt").text
    assert all(f"(PMID {pmid})" in text for pmid in pmids)


def test_the_form_under_an_issue_gives_what_is_ticked_or_all(
    page: Client, issue: Issue
) -> None:
    rows = list(issue.articles.all())
    ticked = {"which": "selected", "pmid": [rows[1].pmid], "format": "csv"}

    shown = page.get("/issues/1").text
    some = page.post("/issues/1/export", ticked)
    whole = page.post("/issues/1/export", {"which": "all", "format": "csv"})

    assert 'action="/issues/1/export"' in shown
    assert shown.count('class="Z3988"') == len(rows)
    assert pmids_in(some) == [rows[1].pmid]
    assert len(pmids_in(whole)) == len(rows)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"which": "selected", "format": "ris"}, 422),
        ({"which": "all", "format": "doc"}, 422),
        ({"which": "all", "format": "ris", "pmid": ["1"] * 20_000}, 422),
    ],
)
def test_what_cannot_be_downloaded_is_said(
    page: Client, issue: Issue, form: dict[str, object], status: int
) -> None:
    response = page.post("/issues/1/export", form)

    assert response.status_code == status
    assert "This cannot be downloaded" in response.text


@pytest.mark.parametrize("path", ["2.ris", "0.ris", "1.docx", "9" * 30 + ".ris"])
def test_no_issue_is_no_file(page: Client, issue: Issue, path: str) -> None:
    assert page.get(f"/issues/{path}").status_code == 404
