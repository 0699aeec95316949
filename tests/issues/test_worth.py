from datetime import UTC, datetime

import pytest
from django.test import Client

from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import Issue, IssueArticle
from ownjournal.issues.worth import HIGH_RELEVANCE, relevance_view
from ownjournal.readers import registry
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


@pytest.fixture
def issue(alice: Reader) -> Issue:
    made = compile_issue(alice, now=NOW)
    assert made is not None
    return made


def a_row(**changes: object) -> IssueArticle:
    fields = {
        "pmid": 7,
        "relevance": 4.26,
        "interest_name": "Fever",
        "terms": ["fever", "adults"],
        "nearest_seed": 99_000_001,
    }
    return IssueArticle(**(fields | changes))


def test_relevance_tells_its_interest_words_and_nearest_article() -> None:
    view = relevance_view(a_row())

    assert view is not None
    assert (view.name, view.word, view.number) == ("Relevance", "high", "4.3")
    told = " ".join(part.text for part in view.parts)
    assert "“Fever”" in told and "fever, adults" in told and "PMID 99000001" in told
    assert view.about == "/appraisal#relevance"


def test_no_relevance_is_minus_nothing() -> None:
    view = relevance_view(a_row(relevance=-0.04))

    assert view is not None and view.number == "0.0"


def test_an_article_to_explore_says_that_it_is_only_near() -> None:
    view = relevance_view(a_row(slot="exploration", relevance=1.2))

    assert view is not None and view.word == "little"
    assert "near your interest “Fever” without being about it" in view.parts[0].text


def test_what_no_interest_speaks_for_has_no_relevance_rather_than_zero() -> None:
    assert relevance_view(a_row(interest_name=None, relevance=0.0)) is None


@pytest.mark.parametrize(
    "relevance, word",
    [(HIGH_RELEVANCE, "high"), (HIGH_RELEVANCE / 2, "some"), (-1.0, "little")],
)
def test_the_word_of_relevance_follows_its_number(relevance: float, word: str) -> None:
    view = relevance_view(a_row(relevance=relevance))

    assert view is not None and view.word == word


def test_an_issue_shows_three_values_for_what_an_interest_chose(
    client: Client, alice: Reader, issue: Issue
) -> None:
    client.force_login(alice)
    page = client.get("/issues/1").text

    rows = issue.articles.all()
    spoken_for = [row for row in rows if row.interest_name]
    assert page.count("<span>Quality</span>") == len(rows)
    assert page.count("<span>Significance</span>") == len(rows)
    assert page.count("<span>Relevance</span>") == len(spoken_for) > 0


def test_the_page_of_an_article_shows_relevance_to_its_reader_alone(
    client: Client, alice: Reader, issue: Issue
) -> None:
    row = issue.articles.exclude(interest_name=None)[0]
    address = f"/articles/{row.pmid}"

    assert "<span>Relevance</span>" not in client.get(address).text
    client.force_login(registry.add("bob@merrow.test"))
    assert "<span>Relevance</span>" not in client.get(address).text
    client.force_login(alice)
    page = client.get(address).text
    assert page.count("<span>Relevance</span>") == 1
    assert 'As it was in <a href="/issues/1">your issue 1</a>.' in page


def test_an_article_that_no_issue_had_says_nothing_of_relevance(
    client: Client, alice: Reader, issue: Issue
) -> None:
    shown = set(issue.articles.values_list("pmid", flat=True))
    other = next(p for p in range(99_200_000, 99_200_060) if p not in shown)
    client.force_login(alice)

    assert "<span>Relevance</span>" not in client.get(f"/articles/{other}").text
