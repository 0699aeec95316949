from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from made.articles import an_article
from made.shelf import RECEIVED, shelve
from made.together import together
from made.trials import a_trial, trials
from ownjournal.catalogue.models import AppliedFile
from ownjournal.issues.compile import (
    CannotRecompile,
    chosen,
    compile_issue,
    recompile,
)
from ownjournal.issues.models import InterestSnapshot, Issue
from ownjournal.issues.pools import Pools
from ownjournal.pubmed.article import Correction, Identifiers, Markup
from ownjournal.readers import registry
from ownjournal.readers.interests import follow
from ownjournal.readers.models import Reader
from ownjournal.readers.searches.keeping import save

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)


def pmids(issue: Issue | None) -> list[int]:
    assert issue is not None
    return [each.pmid for each in issue.articles.all()]


def test_a_first_issue_is_numbered_dated_and_finite(alice: Reader) -> None:
    issue = compile_issue(alice, now=NOW)

    assert issue is not None
    assert (issue.number, issue.compiled_at) == (1, NOW)
    rows = list(issue.articles.all())
    assert 1 <= len(rows) <= 12
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0].slot == "lead"
    assert {row.slot for row in rows} == {"lead", "practice", "outside"}
    assert all(row.why for row in rows)
    assert issue.newest_file == "pubmed26n1300.xml.gz"


def test_practice_articles_name_the_interest_that_chose_them(alice: Reader) -> None:
    issue = compile_issue(alice, now=NOW)

    assert issue is not None
    for row in issue.articles.filter(slot="practice"):
        assert row.interest_key in {"words:fever", "words:asthma"}
        assert row.interest_name in row.title


def test_a_stored_issue_can_be_chosen_again_and_comes_out_the_same(
    alice: Reader,
) -> None:
    first = compile_issue(alice, now=NOW)
    shelve(*trials(99_201_000, 60), at=RECEIVED + WEEK)
    follow(alice, "words", "gout")
    second = compile_issue(alice, now=NOW + WEEK)
    follow(alice, "words", "migraine")  # what came after changes nothing

    for issue in (first, second):
        assert issue is not None
        assert recompile(issue) == chosen(issue)
        assert len(chosen(issue)) > 3


def test_a_search_that_is_followed_brings_its_new_hits(
    alice: Reader, own_index: None
) -> None:
    alice.interests.all().delete()
    search, _ = save(alice, "q=gout[ti]+OR+nothingatall&design=rct")
    search.name = "Gout"
    search.save()

    first = compile_issue(alice, now=NOW)
    assert first is not None
    hits = [row for row in first.articles.all() if row.interest_key is not None]
    assert len(hits) > 2
    for row in hits:
        assert row.interest_key == f"search:{search.pk}"
        assert row.interest_name == "Gout"
        assert row.why.startswith("Matches your search “Gout”")
        assert "indexes" not in row.why
        assert "gout" in row.title

    shelve(*trials(99_201_000, 60), at=RECEIVED + WEEK)
    second = compile_issue(alice, now=NOW + WEEK)
    search.delete()
    assert not set(pmids(first)) & set(pmids(second))
    for issue in (first, second):  # what was found then is kept
        assert issue is not None
        assert recompile(issue) == chosen(issue)


def test_where_an_article_has_changed_since_it_says_so(alice: Reader) -> None:
    issue = compile_issue(alice, now=NOW)
    assert issue is not None
    before = chosen(issue)
    shelve(replace(a_trial(99_200_000, "fever"), title=Markup("Another title.")))

    with pytest.raises(CannotRecompile, match="changed since"):
        recompile(issue)
    assert chosen(Issue.objects.get()) == before


def test_an_issue_of_other_rules_is_refused_and_says_which(alice: Reader) -> None:
    issue = compile_issue(alice, now=NOW)
    assert issue is not None
    issue.rules_version = 1

    with pytest.raises(CannotRecompile, match="by rules 1; these are 2"):
        recompile(issue)


def test_a_work_that_was_shown_is_not_shown_in_another_form(alice: Reader) -> None:
    """Its registered trial tells it, also when the first report has changed since."""
    [first, *_] = pmids(compile_issue(alice, now=NOW))
    [report] = [each for each in trials(99_200_000, 60) if each.pmid == first]
    again = replace(
        a_trial(99_201_000, "fever"),
        data_banks=report.data_banks,
        identifiers=Identifiers(doi="10.99999/another"),
    )
    shelve(again, *trials(99_201_001, 20), at=RECEIVED + WEEK)
    second = compile_issue(alice, now=NOW + WEEK)
    shelve(replace(report, data_banks=(), title=Markup("Another.")), at=NOW + WEEK)

    assert second is not None
    assert again.pmid not in pmids(second)
    assert recompile(second) == chosen(second)


def test_an_article_that_comes_in_print_later_is_not_shown_again(
    alice: Reader,
) -> None:
    """NLM keeps its PMID: first published online, then in an issue of its journal."""
    first = pmids(compile_issue(alice, now=NOW))
    printed = [
        replace(each, publication_status="epublish", version=2)
        for each in trials(99_200_000, 60)
    ]
    shelve(*printed, *trials(99_201_000, 20), at=NOW)

    assert set(first).isdisjoint(pmids(compile_issue(alice, now=NOW + WEEK)))


def test_an_issue_has_as_many_articles_as_its_reader_wants(alice: Reader) -> None:
    alice.issue_length = 4
    alice.save()

    issue = compile_issue(alice, now=NOW)

    assert issue is not None
    assert (len(pmids(issue)), issue.length) == (4, 4)


def test_nothing_is_shown_twice(alice: Reader) -> None:
    seen: set[int] = set()
    for week in range(4):
        issue = compile_issue(alice, now=NOW + week * WEEK)
        assert seen.isdisjoint(pmids(issue))
        seen.update(pmids(issue))
        # NLM sends everything again, changed, and some more
        known = [
            replace(each, version=1, owner=f"w{week}")
            for each in trials(99_200_000, 60)
        ]
        shelve(*known, *trials(99_201_000 + 100 * week, 20), at=NOW + week * WEEK)


def test_what_a_reader_named_as_a_seed_is_not_shown(alice: Reader) -> None:
    follow(alice, "seed", "99200006")

    issue = compile_issue(alice, now=NOW)

    assert 99_200_006 not in pmids(issue)
    assert issue is not None
    assert {each.nearest_seed for each in chosen(issue)} >= {99_200_006}
    assert recompile(issue) == chosen(issue)


def test_where_nothing_is_new_no_issue_is_made(alice: Reader) -> None:
    assert compile_issue(alice, now=NOW) is not None

    assert compile_issue(alice, now=NOW + WEEK) is None
    assert alice.issues.count() == 1


def test_an_empty_catalogue_makes_no_issue(db: None) -> None:
    bob = registry.add("bob@merrow.test")

    assert compile_issue(bob, now=NOW) is None


def test_a_first_issue_looks_back_thirty_days(db: None) -> None:
    shelve(*trials(99_200_000, 30), at=NOW - timedelta(days=31))
    shelve(*trials(99_201_000, 30), at=NOW - timedelta(days=29))
    bob = registry.add("bob@merrow.test", words=["fever"])

    assert min(pmids(compile_issue(bob, now=NOW))) >= 99_201_000


def test_where_nothing_came_in_thirty_days_the_first_issue_takes_what_there_is(
    db: None,
) -> None:
    shelve(*trials(99_200_000, 30), at=NOW - timedelta(days=400))
    bob = registry.add("bob@merrow.test", words=["fever"])

    assert pmids(compile_issue(bob, now=NOW))


def test_a_reader_without_interests_gets_what_matters_to_everybody(db: None) -> None:
    shelve(*trials(99_200_000, 30))
    bob = registry.add("bob@merrow.test")

    issue = compile_issue(bob, now=NOW)

    assert issue is not None
    assert not issue.articles.filter(slot="practice").exists()
    assert issue.articles.exists()


def test_a_retraction_of_what_was_shown_is_in_the_next_issue_once(
    alice: Reader,
) -> None:
    shown = pmids(compile_issue(alice, now=NOW))[1]
    retraction = Correction("RetractionIn", "J Invent Med. 2026", pmid=99_300_001)
    [article] = [each for each in trials(99_200_000, 60) if each.pmid == shown]
    shelve(replace(article, corrections=(retraction,)), at=NOW)

    second = compile_issue(alice, now=NOW + WEEK)

    assert second is not None
    [notice] = second.notices.all()
    assert (notice.pmid, notice.integrity, notice.shown_in) == (shown, "retracted", 1)
    assert "retract" in notice.reason.lower()
    shelve(replace(article, corrections=(retraction,), owner="X"), at=NOW + WEEK)
    assert compile_issue(alice, now=NOW + 2 * WEEK) is None


def test_an_article_that_nlm_took_back_stays_in_its_issue_and_is_news(
    alice: Reader,
) -> None:
    first = compile_issue(alice, now=NOW)
    shown = pmids(first)
    shelve(taken_back=shown[:1], at=NOW)

    second = compile_issue(alice, now=NOW + WEEK)

    assert pmids(first) == shown
    assert second is not None
    assert [each.integrity for each in second.notices.all()] == ["taken-back"]


def test_missing_files_are_told_by_the_issue(alice: Reader) -> None:
    AppliedFile.objects.filter(name="pubmed26n1300.xml.gz").update(
        name="pubmed26n1298.xml.gz", file_key=26_001_298
    )
    shelve(an_article(pmid=7))  # becomes pubmed26n1301.xml.gz

    issue = compile_issue(alice, now=NOW)

    assert issue is not None
    assert issue.missing_files == ["pubmed26n1299.xml.gz", "pubmed26n1300.xml.gz"]


def test_readers_of_one_week_share_one_pool(alice: Reader) -> None:
    bob = registry.add("bob@merrow.test", words=["gout"])
    pools = Pools()

    first = compile_issue(alice, now=NOW, pools=pools)
    second = compile_issue(bob, now=NOW, pools=pools)

    assert first is not None and second is not None
    assert first.pool_digest == second.pool_digest
    assert pmids(first) != pmids(second)


def test_the_same_interests_are_kept_once(alice: Reader) -> None:
    compile_issue(alice, now=NOW)
    shelve(*trials(99_201_000, 20), at=NOW)
    compile_issue(alice, now=NOW + WEEK)

    assert alice.issues.count() == 2
    assert InterestSnapshot.objects.count() == 1


def test_an_issue_goes_with_its_reader(alice: Reader) -> None:
    compile_issue(alice, now=NOW)

    alice.delete()

    assert not Issue.objects.exists()
    assert not InterestSnapshot.objects.exists()


def test_two_at_once_make_one_issue(transactional_db: None) -> None:
    shelve(*trials(99_200_000, 30))
    bob = registry.add("bob@merrow.test", words=["fever"])
    made = together(lambda: compile_issue(bob, now=NOW))

    assert made[0] == made[1] == Issue.objects.get()


def test_an_article_without_a_title_has_one_in_the_issue(db: None) -> None:
    shelve(an_article(pmid=99_200_001, title=None))
    bob = registry.add("bob@merrow.test", words=["velotrine"])

    issue = compile_issue(bob, now=NOW)

    assert issue is not None
    assert issue.articles.get().title == "PMID 99200001"
