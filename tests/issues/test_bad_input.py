"""Poor records and poor readers: a sensible issue each, explained and printed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from made.articles import an_article
from made.mails import bytes_of
from made.shelf import shelve
from made.trials import TRIAL, trials
from ownjournal.issues.compile import chosen, compile_issue, recompile
from ownjournal.issues.explaining import explain
from ownjournal.issues.models import Issue
from ownjournal.pubmed.article import Correction, Markup
from ownjournal.readers import registry
from ownjournal.readers.interests import follow
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
ODD = 99_500_000
RUSSIAN = "Велотрин при лихорадке после падения: наблюдение."
RETRACTED = (Correction("RetractionIn", "J Invent Med. 2026", pmid=99_300_001),)


def issue_of(reader: Reader) -> Issue:
    issue = compile_issue(reader, now=NOW)
    assert issue is not None
    return issue


def is_sensible(issue: Issue, client: Client) -> None:
    """It can be made again, explained, shown and sent."""
    assert recompile(issue) == chosen(issue)
    client.force_login(issue.reader)
    page = client.get(f"/issues/{issue.number}").content.decode()
    bytes_of(issue)
    for row in issue.articles.all():
        assert row.why.endswith(".")
        assert f"/articles/{row.pmid}" in page
        decision = explain(issue.reader, row.pmid)[-1]
        assert decision.lines[0].startswith(f"It has place {row.position} of ")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": None},
        {"abstract": None},
        {"title": None, "abstract": None},
        {"title": Markup(""), "abstract": "Fever."},
        {"journal": None, "journal_issue": None},
        {"languages": ()},
        {"authors": ()},
        {"article_dates": (), "history": (), "journal_issue": None},
        {"title": Markup(f"[{RUSSIAN}]"), "languages": ("rus",), "abstract": RUSSIAN},
        {"title": Markup("熱 fever"), "languages": ("jpn",), "abstract": "熱。"},
        {"abstract": "fever"},
        {"abstract": "fever and falls " * 7_000},
    ],
)
def test_an_odd_article_leaves_the_issue_sensible(
    db: None, client: Client, changes: dict[str, Any]
) -> None:
    odd = an_article(pmid=ODD, publication_types=(TRIAL,), **changes)
    shelve(odd, *trials(99_200_000, 30))
    bob = registry.add("bob@merrow.test", words=["fever", "велотрин", "熱"])

    issue = issue_of(bob)

    is_sensible(issue, client)
    text = f"{odd.title or ''} {odd.abstract or ''}".lower()
    if any(word in text for word in ("fever", "велотрин")):
        assert ODD in {row.pmid for row in issue.articles.all()}
    assert explain(bob, ODD)[-1].heading == "Decision"


@pytest.mark.parametrize("interests", [[], ["fever"]])
def test_one_article_makes_an_issue_of_one(
    db: None, client: Client, interests: list[str]
) -> None:
    shelve(an_article(pmid=ODD))
    bob = registry.add("bob@merrow.test", words=interests)

    issue = issue_of(bob)

    is_sensible(issue, client)
    assert [(row.pmid, row.slot) for row in issue.articles.all()] == [(ODD, "lead")]


def test_one_article_that_is_not_wanted_makes_no_issue(db: None) -> None:
    shelve(an_article(pmid=ODD))
    bob = registry.add("bob@merrow.test", words=["gout"])

    assert compile_issue(bob, now=NOW) is None


def test_a_retracted_seed_tells_what_its_reader_works_on_and_is_not_named(
    db: None, client: Client
) -> None:
    [seed, *others] = trials(99_200_000, 60)
    shelve(seed, *others)
    bob = registry.add("bob@merrow.test")
    follow(bob, "seed", str(seed.pmid))
    shelve(an_article(pmid=seed.pmid, title=seed.title, corrections=RETRACTED))

    issue = issue_of(bob)

    is_sensible(issue, client)
    assert issue.articles.filter(interest_key="seeds").exists()
    assert not issue.articles.filter(nearest_seed=seed.pmid).exists()
    assert not issue.articles.filter(pmid=seed.pmid).exists()


def test_a_seed_that_was_taken_back_leaves_the_other_interests(
    db: None, client: Client
) -> None:
    shelve(*trials(99_200_000, 60))
    bob = registry.add("bob@merrow.test", words=["gout"])
    follow(bob, "seed", "99200000")
    shelve(taken_back=[99_200_000])

    issue = issue_of(bob)

    is_sensible(issue, client)
    assert {row.interest_key for row in issue.articles.all()} == {"words:gout", None}


def test_a_reader_without_interests_is_told_so(db: None, client: Client) -> None:
    shelve(*trials(99_200_000, 30))
    bob = registry.add("bob@merrow.test")

    issue = issue_of(bob)

    is_sensible(issue, client)
    assert all("You follow no interest yet" in row.why for row in issue.articles.all())
