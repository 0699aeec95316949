from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from msgspec.structs import replace

from made.shelf import shelve
from made.trials import trials
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import Issue
from ownjournal.pubmed.article import Correction, Markup
from ownjournal.readers import registry
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def issue(alice: Reader) -> Issue:
    made = compile_issue(alice, now=NOW)
    assert made is not None
    return made


@pytest.fixture
def page(client: Client, alice: Reader) -> Client:
    client.force_login(alice)
    return client


def html(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_issue_shows_each_article_once_with_its_reason_and_ends(
    page: Client, issue: Issue
) -> None:
    shown = html(page, "/issues/1")

    assert "Monday, 30 November 2026" in shown
    for row in issue.articles.all():
        assert shown.count(f'href="/articles/{row.pmid}"') == 1
    assert shown.count('class="why"') == issue.articles.count()
    assert "You have reached the end of this issue." in shown
    assert "pubmed26n1300.xml.gz" in shown


def test_an_issue_is_there_for_its_reader_alone(client: Client, issue: Issue) -> None:
    bob = registry.add("bob@merrow.test")

    assert client.get("/issues/1")["Location"] == "/sign-in"
    client.force_login(bob)
    assert client.get("/issues/1").status_code == 404
    assert b"Issue 1" not in client.get("/issues").content


@pytest.mark.parametrize("number", ["0", "2", "9" * 30])
def test_an_issue_that_is_not_there_is_not_found(
    page: Client, issue: Issue, number: str
) -> None:
    assert page.get(f"/issues/{number}").status_code == 404


def test_the_day_is_that_of_the_reader_s_clock(page: Client, alice: Reader) -> None:
    Reader.objects.update(time_zone="Pacific/Honolulu")
    compile_issue(alice, now=NOW)

    assert "Sunday, 29 November 2026" in html(page, "/issues/1")


def test_a_retraction_shows_on_the_old_issue_and_as_a_notice_on_the_next(
    page: Client, alice: Reader, issue: Issue
) -> None:
    row = issue.articles.all()[1]
    [article] = [each for each in trials(99_200_000, 60) if each.pmid == row.pmid]
    retraction = Correction("RetractionIn", "J Invent Med. 2026", pmid=99_300_001)
    shelve(replace(article, corrections=(retraction,)), at=NOW)
    compile_issue(alice, now=NOW + WEEK)

    assert "Retracted" in html(page, "/issues/1")
    later = html(page, "/issues/2")
    assert "Notices" in later
    assert row.title in later
    assert 'href="/issues/1"' in later


def test_an_article_that_nlm_took_back_keeps_its_place_and_title(
    page: Client, issue: Issue
) -> None:
    row = issue.articles.all()[1]
    shelve(taken_back=[row.pmid], at=NOW)

    shown = html(page, "/issues/1")

    assert row.title in shown
    assert "PubMed no longer has this article." in shown


def test_missing_files_are_told(page: Client, issue: Issue) -> None:
    Issue.objects.update(missing_files=["pubmed26n1298.xml.gz"])
    assert "pubmed26n1298.xml.gz" in html(page, "/issues/1")

    Issue.objects.update(missing_files=[f"pubmed26n{n}.xml.gz" for n in range(900)])
    assert "900 of them" in html(page, "/issues/1")


def test_a_title_never_becomes_markup(page: Client, alice: Reader) -> None:
    evil = Markup("Fever &lt;script&gt;x&lt;/script&gt; <b>asthma</b>")
    shelve(*(replace(each, title=evil) for each in trials(99_201_000, 1)), at=NOW)
    compile_issue(alice, now=NOW)
    Issue.objects.get().articles.filter(position=1).update(
        title="<script>y</script>", pmid=99_999_999, why="<script>z</script>"
    )

    for address in ("/issues/1", "/issues"):
        assert "<script>" not in html(page, address)


def test_the_archive_lists_issues_newest_first_and_the_newest_is_one_click_away(
    page: Client, alice: Reader, issue: Issue
) -> None:
    shelve(*trials(99_201_000, 20), at=NOW)
    compile_issue(alice, now=NOW + WEEK)

    archive = html(page, "/issues")

    assert archive.index("Issue 2") < archive.index("Issue 1")
    assert page.get("/issues/newest")["Location"] == "/issues/2"
    assert 'href="/issues/2"' in html(page, "/issues/1")


def test_before_the_first_issue_the_archive_says_when_one_comes(
    page: Client,
) -> None:
    assert page.get("/issues/newest")["Location"] == "/issues"
    assert "No issue has been made for you yet" in html(page, "/issues")


def test_issues_are_kept_by_no_cache(page: Client, issue: Issue) -> None:
    assert "no-store" in page.get("/issues/1")["Cache-Control"]
