from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from made.files import deletion, pubmed_file, record
from made.nlm_server import NlmServer
from ownjournal.catalogue import store
from ownjournal.catalogue.checking import live_pmids
from ownjournal.catalogue.ingest import Loading, Outcome, ingest
from ownjournal.catalogue.models import Baseline, RefusedFile, Sync
from ownjournal.catalogue.syncing import Visit, keeps_everything, sync
from ownjournal.catalogue.visiting import SILENT, Stopped, visiting, was_cut_off
from ownjournal.pubmed.nlm import Nlm
from ownjournal.pubmed.plan import Published
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.query import All

pytestmark = pytest.mark.django_db


class Told:
    """A watcher that remembers."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.bytes: dict[str, int] = {}
        self.outcomes: list[Outcome] = []

    def planned(self, files: Sequence[Published]) -> None:
        self.names += [file.name for file in files]

    def fetched(self, file: Published, done: int, total: int | None) -> None:
        self.bytes[file.name] = done

    def finished(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


class Site:
    """A site of its own, and NLM as it knows it."""

    def __init__(self, folder: Path, server: NlmServer) -> None:
        self.folder = folder
        self.server = server
        self.index = EmbeddedIndex.open(folder / "index")
        self.told = Told()

    def publish(self, kind: str, name: str, *parts: str) -> None:
        path = pubmed_file(self.folder / "published", name, *parts)
        self.server.put(kind, name, path.read_bytes())

    def visit(self, newest: int | None = 3) -> Visit:
        loading = Loading(spool=self.folder / "spool", workers=1)
        with Nlm(self.server.address, sleep=lambda seconds: None) as nlm:
            return sync(
                nlm,
                self.folder / "nlm",
                loading,
                self.index,
                self.told,
                newest=newest,
            )


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with NlmServer() as server:
        made = Site(tmp_path, server)
        yield made
        made.index.close()


def test_a_first_visit_takes_the_newest_files(site: Site) -> None:
    for number in range(1, 7):
        name = f"pubmed26n{number:04}.xml.gz"
        site.publish("update", name, record(number))

    visit = site.visit(newest=2)

    assert visit.problem is None
    assert site.told.names == ["pubmed26n0005.xml.gz", "pubmed26n0006.xml.gz"]
    assert list(live_pmids()) == [5, 6]
    assert site.index.count(All()) == 2
    assert site.index.revision == store.revision()
    assert not list((site.folder / "nlm").glob("*.xml.gz"))


class Ending(Told):
    """A watcher that ends the visit after so many files."""

    def __init__(self, after: int, fault: BaseException) -> None:
        super().__init__()
        self._after, self._fault = after, fault

    def finished(self, outcome: Outcome) -> None:
        super().finished(outcome)
        if len(self.outcomes) == self._after:
            raise self._fault


@pytest.mark.parametrize("fault", [Stopped(), KeyboardInterrupt()])
def test_a_visit_that_was_told_to_stop_counts_as_none(
    site: Site, fault: BaseException
) -> None:
    for number in range(1, 7):
        site.publish("update", f"pubmed26n{number:04}.xml.gz", record(number))
    site.told = Ending(2, fault)
    with pytest.raises(type(fault)):
        site.visit(newest=6)
    assert not Sync.objects.exists()

    site.told = Told()
    site.visit(newest=6)

    assert len(site.told.outcomes) == 4
    assert list(live_pmids()) == [1, 2, 3, 4, 5, 6]


def test_a_visit_that_a_fault_cut_off_says_so(site: Site) -> None:
    site.publish("update", "pubmed26n0001.xml.gz", record(1))
    site.told = Ending(1, OSError("no room"))
    with pytest.raises(OSError, match="no room"):
        site.visit()

    row = Sync.objects.get()
    assert row.problem == "It was cut off: OSError."
    assert row.ended_at is not None


def test_a_folder_has_one_visit_at_a_time(site: Site) -> None:
    site.publish("update", "pubmed26n0001.xml.gz", record(1))
    with visiting(site.folder / "nlm"):
        visit = site.visit()
        assert visit.problem is not None
        assert "Another visit to NLM goes on" in visit.problem
        assert site.told.names == []

    assert site.visit().problem is None


def test_a_visit_is_heard_of_as_long_as_it_goes_on(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ownjournal.catalogue.visiting.AT_LEAST", timedelta(0))
    with visiting(site.folder / "nlm") as going:
        row = Sync.objects.get()
        Sync.objects.update(seen_at=row.started_at - SILENT)
        assert was_cut_off(Sync.objects.get(), row.started_at + timedelta(seconds=1))

        going.goes_on()

        assert not was_cut_off(Sync.objects.get(), row.started_at + SILENT / 2)


def test_a_later_visit_takes_what_is_new(site: Site) -> None:
    site.publish("update", "pubmed26n0001.xml.gz", record(1))
    site.visit()
    site.publish("update", "pubmed26n0002.xml.gz", record(2), deletion(1))

    visit = site.visit()

    assert [each.name for each in visit.outcomes] == ["pubmed26n0002.xml.gz"]
    assert list(live_pmids()) == [2]
    fresh = store.freshness()
    assert fresh.newest_file == "pubmed26n0002.xml.gz"
    assert fresh.synced_at is not None


def test_a_visit_that_fails_says_why_and_raises_nothing(site: Site) -> None:
    site.server.misbehave("/pubmed/updatefiles/", *["500"] * 20)
    site.server.misbehave("/pubmed/baseline/", *["500"] * 20)

    visit = site.visit()

    assert visit.problem
    assert Sync.objects.get().problem == visit.problem
    assert store.freshness().synced_at is None


def test_a_file_that_is_not_what_was_published_is_refused(site: Site) -> None:
    site.publish("update", "pubmed26n0001.xml.gz", record(1))
    bad = pubmed_file(site.folder / "bad", "pubmed26n0002.xml.gz", record(2))
    sums = b"MD5(pubmed26n0002.xml.gz)= " + b"0" * 32 + b"\n"
    site.server.put("update", bad.name, bad.read_bytes(), sidecar=sums)

    visit = site.visit()

    assert [each.state for each in visit.outcomes] == ["refused", "applied"]
    assert RefusedFile.objects.get().code == "MD5"
    assert list(live_pmids()) == [1]
    assert store.freshness().newest_file == "pubmed26n0001.xml.gz"


def test_all_of_pubmed_stays_all_of_it(site: Site) -> None:
    site.publish("baseline", "pubmed26n0001.xml.gz", record(1))
    site.publish("update", "pubmed26n0002.xml.gz", record(2))
    assert not keeps_everything()

    site.visit(newest=None)

    assert keeps_everything()
    assert list(live_pmids()) == [1, 2]


def test_a_new_baseline_replaces_the_old_one_when_it_is_complete(site: Site) -> None:
    old = [record(pmid) for pmid in range(1, 101)]
    site.publish("baseline", "pubmed26n0001.xml.gz", *old)
    site.visit(newest=None)
    for name in list(site.server.files):
        site.server.files.pop(name)
    site.publish("baseline", "pubmed27n0001.xml.gz", *old[1:])

    unfinished = site.visit(newest=None)
    assert store.get(1) is not None
    assert not Baseline.objects.exists()
    assert "not complete" in unfinished.notices[-1]

    site.publish("update", "pubmed27n0002.xml.gz", record(200))
    site.visit(newest=None)

    assert Baseline.objects.get().vanished == 1
    assert store.get(1) is None
    assert site.index.count(All()) == 100


def test_examples_leave_when_real_articles_come(site: Site) -> None:
    example = pubmed_file(
        site.folder, "pubmed26n9001.xml.gz", *map(record, (99_000_001, 99_000_002))
    )
    loading = Loading(spool=site.folder / "spool", workers=1)
    ingest([example], loading, index=site.index)
    assert store.freshness().newest_file is None
    site.publish("update", "pubmed26n0001.xml.gz", record(1))

    visit = site.visit()

    assert visit.missing == ()
    assert "2 invented examples" in visit.notices[-1]
    assert list(live_pmids()) == [1]
    assert site.index.count(All()) == 1
