"""Downloads that are bad in the ways I11 to I14, and new baselines, I17 and I18."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from made.bad_inputs import packed, titled
from made.desk import assert_told, title
from made.nlm_server import NlmServer
from ownjournal.catalogue import store
from ownjournal.catalogue.checking import live_pmids
from ownjournal.catalogue.ingest import Loading, Outcome
from ownjournal.catalogue.models import AppliedFile, Baseline, RefusedFile
from ownjournal.catalogue.rollover import TooManyVanished, close_baseline
from ownjournal.catalogue.syncing import Visit, sync
from ownjournal.pubmed.nlm import Nlm
from ownjournal.pubmed.plan import Published
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.query import All

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 13, 30, tzinfo=UTC)


class Watcher:
    """Looks on at a visit: what is searchable each time a file is done."""

    def __init__(self, index: EmbeddedIndex) -> None:
        self.index = index
        self.searchable: list[int] = []

    def planned(self, files: Sequence[Published]) -> None: ...

    def fetched(self, file: Published, done: int, total: int | None) -> None: ...

    def finished(self, outcome: Outcome) -> None:
        self.searchable.append(self.index.count(All()))


class Downloads:
    """NLM as a site knows it that keeps all of PubMed."""

    def __init__(self, folder: Path, server: NlmServer, index: EmbeddedIndex) -> None:
        self.folder, self.server, self.index = folder, server, index
        self.watcher = Watcher(index)
        self.now = NOW

    def put(self, name: str, *records: str, sidecar: bytes | None = b"") -> str:
        return self.server.put("update", name, packed(*records), sidecar)

    def put_baseline(self, year: int, *files: Sequence[int]) -> None:
        """Publish a baseline with these PMIDs in its files, and one update file."""
        for path in [*self.server.files]:
            self.server.files.pop(path)
        for number, pmids in enumerate(files, start=1):
            name = f"pubmed{year}n{number:04}.xml.gz"
            self.server.put("baseline", name, packed(*map(titled, pmids)))
        last = f"pubmed{year}n{len(files) + 1:04}.xml.gz"
        self.put(last, titled(year * 1_000))

    def visit(self, *, accept_unverified: bool = False) -> Visit:
        loading = Loading(spool=self.folder / "spool", workers=1)
        address = self.server.address
        with Nlm(address, sleep=lambda _: None, now=lambda: self.now) as nlm:
            return sync(
                nlm,
                self.folder / "nlm",
                loading,
                self.index,
                self.watcher,
                newest=None,
                accept_unverified=accept_unverified,
            )


@pytest.fixture
def downloads(tmp_path: Path) -> Iterator[Downloads]:
    index = EmbeddedIndex.open(tmp_path / "index")
    with NlmServer() as server:
        yield Downloads(tmp_path, server, index)
    index.close()


def one_refused(visit: Visit) -> Outcome:
    """The refusal of a visit that took all the other files."""
    assert visit.problem is None
    [refused] = [each for each in visit.outcomes if each.state == "refused"]
    assert len(visit.outcomes) > 1
    assert_told(refused)
    return refused


def test_a_file_that_is_not_what_was_published_is_fetched_again_then_given_up(
    downloads: Downloads,
) -> None:
    """I11: twice more, then it is discarded and told."""
    name = "pubmed26n0001.xml.gz"
    wrong = f"MD5({name})= {'0' * 32}\n".encode()
    path = downloads.put(name, titled(1), sidecar=wrong)
    downloads.put("pubmed26n0002.xml.gz", titled(2))

    refused = one_refused(downloads.visit())

    assert (refused.name, refused.code) == (name, "MD5")
    assert downloads.server.times(path) == 3
    assert list(live_pmids()) == [2]
    left = [each.name for each in (downloads.folder / "nlm").iterdir()]
    assert left == ["lock"]


def test_a_file_without_a_checksum_waits_a_day_and_for_the_operator(
    downloads: Downloads,
) -> None:
    """I12: neither time nor leave alone is enough, and it stays marked."""
    downloads.put("pubmed26n0001.xml.gz", titled(1), sidecar=None)
    downloads.put("pubmed26n0002.xml.gz", titled(2))
    refused = one_refused(downloads.visit(accept_unverified=True))
    assert refused.code == "MD5_MISSING"
    assert list(live_pmids()) == [2]
    downloads.now += timedelta(hours=25)
    downloads.visit()
    assert list(live_pmids()) == [2]

    downloads.visit(accept_unverified=True)

    assert list(live_pmids()) == [1, 2]
    assert not AppliedFile.objects.get(name="pubmed26n0001.xml.gz").verified
    assert AppliedFile.objects.get(name="pubmed26n0002.xml.gz").verified
    assert not RefusedFile.objects.exists()


def test_a_checksum_of_another_file_is_no_checksum(downloads: Downloads) -> None:
    """I13."""
    other = f"MD5(pubmed26n0009.xml.gz)= {'0' * 32}\n".encode()
    downloads.put("pubmed26n0001.xml.gz", titled(1), sidecar=other)
    downloads.put("pubmed26n0002.xml.gz", titled(2))

    refused = one_refused(downloads.visit())

    assert refused.code == "MD5_NAME"
    assert "pubmed26n0009.xml.gz" in (refused.message or "")
    assert list(live_pmids()) == [2]


def test_a_file_published_anew_is_fetched_and_applied_again(
    downloads: Downloads,
) -> None:
    """I14: under the same key, so that newer files still count."""
    name = "pubmed26n0001.xml.gz"
    path = downloads.put(name, titled(1, "Wrong."), titled(2, "Older."))
    downloads.put("pubmed26n0002.xml.gz", titled(2, "Newer."))
    downloads.visit()
    downloads.put(name, titled(1, "Right."), titled(2, "Older."))
    downloads.server.modified[path] = "2199-01-01 00:00"

    visit = downloads.visit()

    assert [(each.name, each.state) for each in visit.outcomes] == [(name, "applied")]
    assert (title(1), title(2)) == ("Right.", "Newer.")
    assert AppliedFile.objects.filter(name=name, file_key=26_000_001).count() == 2


def test_search_goes_on_while_a_new_baseline_is_loaded(downloads: Downloads) -> None:
    """I17: many new files at once; what is no longer there goes in the end."""
    old = [range(at, at + 10) for at in range(100, 220, 10)]
    downloads.put_baseline(26, *old)
    downloads.visit()
    assert downloads.index.count(All()) == 121
    downloads.watcher.searchable.clear()
    downloads.put_baseline(27, range(101, 110), *old[1:])

    visit = downloads.visit()

    assert [each.state for each in visit.outcomes] == ["applied"] * 13
    assert min(downloads.watcher.searchable) >= 121
    assert Baseline.objects.get().vanished == 2  # with the update of the old year
    assert store.get(100) is None
    assert downloads.index.count(All()) == store.count() == 120


def test_a_baseline_that_lacks_more_asks_the_operator(downloads: Downloads) -> None:
    """I18: above two percent nothing is taken back, whatever else is applied."""
    downloads.put_baseline(26, range(1, 101))
    downloads.visit()
    downloads.put_baseline(27, range(3, 101))

    visit = downloads.visit()

    assert "lacks 3 of 102" in visit.notices[-1]
    assert not Baseline.objects.exists()
    assert store.get(1) is not None
    with pytest.raises(TooManyVanished):
        close_baseline(27, now=NOW)
