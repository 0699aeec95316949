from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from made.articles import an_article
from made.shelf import RECEIVED, shelve
from made.trials import a_trial, trials
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.explaining import explain
from ownjournal.issues.models import Issue
from ownjournal.pubmed.article import Markup
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def issue(alice: Reader) -> Issue:
    made = compile_issue(alice, now=NOW)
    assert made is not None
    return made


def told(reader: Reader, pmid: int, heading: str = "") -> str:
    return "\n".join(
        line
        for part in explain(reader, pmid)
        for line in part.lines
        if part.heading.startswith(heading)
    )


def test_an_article_of_an_issue_is_told_with_its_whole_arithmetic(
    alice: Reader, issue: Issue
) -> None:
    for row in issue.articles.all():
        parts = explain(alice, row.pmid)

        assert parts[0].lines == (row.title,)
        assert parts[1].heading == "Appraisal"
        assert f"It is number {row.position} in issue 1. {row.why}" in told(
            alice, row.pmid, "Issue 1"
        )
        count = issue.articles.count()
        assert f"It has place {row.position} of {count}, as " in told(
            alice, row.pmid, "Decision"
        )
        if row.interest_name:
            arithmetic = told(alice, row.pmid, f"Interest “{row.interest_name}”")
            assert f"{row.relevance:.3f}" in arithmetic


def test_the_appraisal_is_told_in_parts_that_add_up(
    alice: Reader, issue: Issue
) -> None:
    row = issue.articles.first()
    assert row is not None

    lines = told(alice, row.pmid, "Appraisal").splitlines()

    assert lines[0].startswith("Design: Randomised controlled trial. ")
    assert any(
        line.split() == ["significance", str(row.significance)] for line in lines
    )
    [total] = [n for n, each in enumerate(lines) if each.startswith("  quality")]
    signs = (line for line in lines[:total] if line[0] == " " and "prob" not in line)
    points = [int(line.split()[-1]) for line in signs]
    assert sum(points) == int(lines[total].split()[-1]) == row.quality


def test_what_an_issue_does_not_show_is_told_with_the_rule_that_kept_it_out(
    alice: Reader, issue: Issue
) -> None:
    shown = {row.pmid for row in issue.articles.all()}
    others = [pmid for pmid in range(99_200_000, 99_200_060) if pmid not in shown]

    said = told(alice, others[0])

    assert "It came in for issue 1, which considered 60 articles" in said
    assert "It has none of the 12 places." in said


def test_an_issue_is_explained_as_it_was_made_and_not_by_what_came_after(
    alice: Reader, issue: Issue
) -> None:
    row = issue.articles.all()[3]
    before = explain(alice, row.pmid)

    shelve(*trials(99_201_000, 60), at=RECEIVED + WEEK)
    alice.interests.all().delete()
    compile_issue(alice, now=NOW + WEEK)

    assert explain(alice, row.pmid) == before


def test_where_it_cannot_be_worked_out_again_what_was_stored_is_told(
    alice: Reader, issue: Issue
) -> None:
    row = issue.articles.get(position=1)
    shelve(replace(a_trial(99_200_059, "fever"), title=Markup("Another title.")))

    said = told(alice, row.pmid, "As it was stored")

    assert "some have changed since" in said
    assert f"“{row.interest_name}” spoke for it: relevance {row.relevance:.3f}" in said
    assert ", ".join(row.terms) in said


def test_an_issue_of_other_rules_is_explained_by_what_was_stored(
    alice: Reader, issue: Issue
) -> None:
    Issue.objects.update(rules_version=1)
    row = issue.articles.get(position=1)

    said = told(alice, row.pmid, "As it was stored")

    assert said.startswith("It was made by rules 1; these are 2.")


def test_an_article_that_was_taken_back_is_explained_by_what_was_stored(
    alice: Reader, issue: Issue
) -> None:
    row = issue.articles.get(position=1)
    shelve(taken_back=[row.pmid])

    assert "took this record back" in told(alice, row.pmid, "PMID")
    assert "It is number 1 in issue 1. " in told(alice, row.pmid)


def test_what_is_new_is_explained_by_the_issue_it_would_be_in(
    alice: Reader, issue: Issue
) -> None:
    shelve(a_trial(99_201_000, "fever"))

    said = told(alice, 99_201_000)

    assert "It has not been in an issue; this is what one made now would do." in said
    assert "It has place 1 of 1, as the lead." in said
    assert Issue.objects.count() == 1


def test_what_was_never_considered_is_told_why(alice: Reader, issue: Issue) -> None:
    shelve(an_article(pmid=7), at=NOW)
    Issue.objects.update(after_revision=1, up_to_revision=2)
    Issue.objects.filter(number=1).update(up_to_revision=99)

    assert "came in before the first issue" in told(alice, 99_200_000)


def test_nobody_knows_of_an_article_that_is_not_here(alice: Reader) -> None:
    with pytest.raises(LookupError, match="No article with PMID 99999999"):
        explain(alice, 99_999_999)
