import gzip
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from made.files import deletion, pubmed_file, record
from ownjournal.catalogue import store
from ownjournal.catalogue.checking import live_pmids, state_hash
from ownjournal.catalogue.ingest import Loading, Outcome, ingest
from ownjournal.catalogue.models import (
    AppliedFile,
    Article,
    Baseline,
    Clock,
    Heading,
    Journal,
    OtherVersion,
    Quarantined,
    RefusedFile,
)
from ownjournal.catalogue.rollover import TooManyVanished, close_baseline
from ownjournal.catalogue.scope import Scope

pytestmark = pytest.mark.django_db

Load = Callable[..., list[Outcome]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load_files(*paths: Path, **options: object) -> list[Outcome]:
        loading = Loading(spool=tmp_path / "spool", workers=1, **options)  # type: ignore[arg-type]
        return ingest(paths, loading)

    return load_files


def title(pmid: int) -> str | None:
    kept = store.get(pmid)
    return None if kept is None else kept.article.title


def test_what_a_file_says_can_be_read_back(tmp_path: Path, load: Load) -> None:
    file = pubmed_file(
        tmp_path,
        "pubmed26n0001.xml.gz",
        record(1, "First", mesh=[("D000001", "Calcimycin")]),
        record(2, "Second", nlm_id="77", journal="Other J"),
    )

    [outcome] = load(file)

    assert outcome.state == "applied"
    assert (title(1), title(2), title(3)) == ("First", "Second", None)
    assert store.count() == 2
    assert Journal.objects.get(pk="77").title == "Other J"
    assert Heading.objects.get(pk="D000001").name == "Calcimycin"
    applied = AppliedFile.objects.get()
    assert (applied.articles, applied.changed, applied.verified) == (2, 2, True)
    assert applied.revision == store.revision() == 1


def test_a_file_is_applied_once(tmp_path: Path, load: Load) -> None:
    file = pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1))
    load(file)

    [again] = load(file)

    assert again.state == "known"
    assert store.revision() == 1


def test_a_file_applied_again_changes_nothing(tmp_path: Path, load: Load) -> None:
    file = pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1))
    load(file)
    before = state_hash()

    [again] = load(file, again=True)

    assert again.applied is not None
    assert again.applied.changed == 0
    assert state_hash() == before
    assert store.changes(1, 2) is not None
    assert list(store.changes(1, 2)) == []


def test_a_file_published_anew_is_applied_again(tmp_path: Path, load: Load) -> None:
    """I14: NLM changes a file, and its checksum, after we applied it."""
    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1, "Wrong")))

    [outcome] = load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1, "Right")))

    assert outcome.state == "applied"
    assert title(1) == "Right"


def test_a_late_file_does_not_undo_a_newer_one(tmp_path: Path, load: Load) -> None:
    """I15 and I16: files come out of order, and gaps are filled later."""
    newer = pubmed_file(tmp_path, "pubmed26n0003.xml.gz", record(1, "Newer"))
    older = pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1, "Older"), record(2))
    load(newer)

    load(older)

    assert (title(1), title(2)) == ("Newer", "Invented findings")


def test_the_last_of_two_records_in_a_file_wins(tmp_path: Path, load: Load) -> None:
    """I19: the same PMID twice in one file."""
    name = "pubmed26n0001.xml.gz"
    file = pubmed_file(tmp_path, name, record(1, "One"), record(1, "Two"))

    [outcome] = load(file)

    assert title(1) == "Two"
    assert outcome.duplicates == 1


def test_the_last_record_wins_also_without_a_number(tmp_path: Path, load: Load) -> None:
    titles = ["One", "Two", "Three"]
    for last in titles:
        Article.objects.all().delete()
        rest = [each for each in titles if each != last]
        parts = [record(1, each) for each in [*rest, last]]
        load(pubmed_file(tmp_path, f"by-hand-{last}.xml.gz", *parts))

        assert title(1) == last


def test_a_deletion_comes_after_the_records_of_its_file(
    tmp_path: Path, load: Load
) -> None:
    """I20: a PMID in a file and in its DeleteCitation."""
    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1), deletion(1)))

    assert store.get(1) is None
    assert store.count() == 0


def test_a_deleted_article_can_come_back(tmp_path: Path, load: Load) -> None:
    """I21: deleted in file N, there again in N+1."""
    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1)))
    load(pubmed_file(tmp_path, "pubmed26n0002.xml.gz", deletion(1)))
    assert store.count() == 0

    load(pubmed_file(tmp_path, "pubmed26n0003.xml.gz", record(1, "Back")))

    assert title(1) == "Back"
    assert store.count() == 1


def test_a_deletion_that_arrives_first_still_counts(tmp_path: Path, load: Load) -> None:
    load(pubmed_file(tmp_path, "pubmed26n0002.xml.gz", deletion(1)))

    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1)))

    assert store.get(1) is None


def test_a_tombstone_says_why_and_keeps_the_article(tmp_path: Path, load: Load) -> None:
    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1, "Gone")))
    load(pubmed_file(tmp_path, "pubmed26n0002.xml.gz", deletion(1)))

    stone = store.tombstone(1)

    assert stone is not None
    assert "pubmed26n0002.xml.gz" in stone.reason
    assert stone.article is not None
    assert stone.article.title == "Gone"


def test_the_highest_version_is_shown(tmp_path: Path, load: Load) -> None:
    """As PMIDs 34853674 and 34853675 stand in NLM's files, in versions 1 to 4."""
    versions = [record(1, f"Version {n}", version=n) for n in (3, 1, 4, 2)]
    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", *versions))
    assert title(1) == "Version 4"

    load(pubmed_file(tmp_path, "pubmed26n0002.xml.gz", deletion(1, version=4)))

    assert title(1) == "Version 3"
    assert OtherVersion.objects.filter(pmid=1).count() == 3
    assert store.count() == 1


def test_a_file_that_is_refused_changes_nothing_and_stops_none(
    tmp_path: Path, load: Load
) -> None:
    bad = tmp_path / "pubmed26n0001.xml.gz"
    bad.write_bytes(gzip.compress(b"<PubmedArticleSet><PubmedArticle>")[:-8])
    good = pubmed_file(tmp_path, "pubmed26n0002.xml.gz", record(2))

    outcomes = load(bad, good)

    assert [each.state for each in outcomes] == ["refused", "applied"]
    assert outcomes[0].code == "GZ_TRUNCATED"
    assert RefusedFile.objects.get().reason.startswith("pubmed26n0001.xml.gz")
    assert list(live_pmids()) == [2]


def test_a_refused_file_is_forgotten_once_it_is_applied(
    tmp_path: Path, load: Load
) -> None:
    bad = tmp_path / "pubmed26n0001.xml.gz"
    bad.write_bytes(b"")
    load(bad)
    assert RefusedFile.objects.get().code == "EMPTY"

    load(pubmed_file(tmp_path, bad.name, record(1)))

    assert not RefusedFile.objects.exists()


def test_a_record_that_cannot_be_taken_is_set_aside(tmp_path: Path, load: Load) -> None:
    """I24: a record without a PMID, as in one of NLM's samples of 2019."""
    broken = record(7).replace('<PMID Version="1">7</PMID>', "")
    file = pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1), broken)

    load(file)

    assert list(live_pmids()) == [1]
    kept = Quarantined.objects.get()
    assert b"Invented findings" in bytes(kept.raw)
    assert kept.reason


def test_only_what_is_in_scope_is_kept(tmp_path: Path, load: Load) -> None:
    file = pubmed_file(
        tmp_path,
        "pubmed26n0001.xml.gz",
        record(1, language="eng"),
        record(2, language="ger"),
    )

    [outcome] = load(file, scope=Scope(languages=frozenset({"ger"})))

    assert list(live_pmids()) == [2]
    assert outcome.applied is not None
    assert outcome.applied.out_of_scope == 1


def test_an_article_that_leaves_the_scope_leaves_the_catalogue(
    tmp_path: Path, load: Load
) -> None:
    scope = Scope(mesh=frozenset({"D000001"}))
    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1)), scope=scope)
    assert list(live_pmids()) == [1]
    indexed = record(1, mesh=[("D000002", "Temefos")])

    load(pubmed_file(tmp_path, "pubmed26n0002.xml.gz", indexed), scope=scope)

    assert list(live_pmids()) == []


def test_a_new_baseline_takes_back_what_it_lacks(tmp_path: Path, load: Load) -> None:
    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", *map(record, range(1, 101))))
    load(pubmed_file(tmp_path, "by-hand.xml.gz", record(500)))
    load(pubmed_file(tmp_path, "pubmed27n0001.xml.gz", *map(record, range(2, 101))))

    closed = close_baseline(27, now=timezone.now())

    assert closed.vanished == 1
    assert list(live_pmids()) == [*range(2, 101), 500]
    assert store.count() == 100
    assert store.tombstone(1) is not None
    assert list(store.changes(closed.revision - 1, closed.revision)) == [
        (1, closed.revision, None)
    ]


def test_a_baseline_that_lacks_too_much_waits_for_a_person(
    tmp_path: Path, load: Load
) -> None:
    """I18: more than 2 % fewer articles than are known."""
    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", *map(record, range(1, 101))))
    load(pubmed_file(tmp_path, "pubmed27n0001.xml.gz", *map(record, range(4, 101))))

    with pytest.raises(TooManyVanished, match="lacks 3 of 100"):
        close_baseline(27, now=timezone.now())

    assert store.count() == 100
    assert not Baseline.objects.exists()


def test_files_of_a_replaced_year_are_refused(tmp_path: Path, load: Load) -> None:
    load(pubmed_file(tmp_path, "pubmed27n0001.xml.gz", record(1)))
    close_baseline(27, now=timezone.now())

    [outcome] = load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(2)))

    assert outcome.code == "SUPERSEDED"
    assert list(live_pmids()) == [1]


def random_files(folder: Path, dice: random.Random) -> list[Path]:
    """Files with overlapping PMIDs, versions and deletions, some without a number."""
    files = []
    for number in range(1, 11):
        parts = []
        for pmid in dice.sample(range(1, 13), 6):
            version = dice.choice([1, 1, 1, 2, 3])
            parts.append(record(pmid, f"As in file {number}", version=version))
        for pmid in dice.sample(range(1, 13), 2):
            parts.append(deletion(pmid, version=dice.choice([1, 1, 2])))
        numbered = f"pubmed26n{number:04}.xml.gz"
        name = numbered if number < 9 else f"by-hand-{number}.xml.gz"
        files.append(pubmed_file(folder, name, *parts))
    return files


def wipe() -> None:
    for model in (AppliedFile, Article, OtherVersion, Clock):
        model.objects.all().delete()


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_with_repeats_gives_the_same_catalogue(
    tmp_path: Path, load: Load, seed: int
) -> None:
    """Promise 1. `make drill` does 200 permutations; here a few, on both databases."""
    dice = random.Random(seed)
    files = random_files(tmp_path, dice)
    load(*files)
    expected, live = state_hash(), list(live_pmids())

    for _ in range(8):
        wipe()
        for path in dice.sample(files, len(files)) + dice.sample(files, 3):
            load(path, again=True)

        assert state_hash() == expected
        assert list(live_pmids()) == live
        assert store.count() == len(live)


def test_a_file_of_rejected_records_alone_is_applied(
    tmp_path: Path, load: Load
) -> None:
    broken = record(7).replace('<PMID Version="1">7</PMID>', "")

    [outcome] = load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", broken))

    assert outcome.applied is not None
    assert (outcome.applied.rejected, outcome.applied.changed) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_many_threads_may_read_at_once(tmp_path: Path, load: Load) -> None:
    """A decompressor that threads share gives one the bytes of another."""
    count = 300
    records = [record(pmid, f"Number {pmid}") for pmid in range(1, count + 1)]
    load(pubmed_file(tmp_path, "pubmed26n0001.xml.gz", *records))

    def read(_: int) -> list[str | None]:
        try:
            return [kept.article.title for kept in store.newest(count)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(read, range(12)))

    assert all(each == results[0] for each in results)
    assert len(results[0]) == count


def test_files_are_made_ready_in_processes_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As any load of NLM's files is; small ones are read in this process."""
    monkeypatch.setattr("ownjournal.catalogue.ingest.SMALL", 0)
    files = [
        pubmed_file(tmp_path, f"pubmed26n{number:04}.xml.gz", record(number))
        for number in range(1, 5)
    ]
    files[1].write_bytes(b"")

    outcomes = ingest(files, Loading(spool=tmp_path / "spool", workers=2))

    states = [each.state for each in outcomes]
    assert states == ["applied", "refused", "applied", "applied"]
    assert list(live_pmids()) == [1, 3, 4]
    assert not any((tmp_path / "spool").iterdir())
