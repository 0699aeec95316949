"""A new baseline that is made ready beside the old one ends as one loaded in place."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from made.backups import Site as OwnSite
from made.baselines import Nlm as Published
from made.files import record
from made.nlm_server import NlmServer
from ownjournal.catalogue import store
from ownjournal.catalogue.beside import Waiting
from ownjournal.catalogue.checking import live_pmids, state_hash
from ownjournal.catalogue.ingest import Loading, Outcome
from ownjournal.catalogue.models import Article, Baseline, OtherVersion
from ownjournal.catalogue.syncing import Visit, sync
from ownjournal.pubmed.nlm import Nlm
from ownjournal.search.embedded import EmbeddedIndex

VISIT = """
import os, signal, sys
from pathlib import Path
import django; django.setup()
from ownjournal.catalogue import beside
from ownjournal.catalogue.checking import state_hash
from ownjournal.catalogue.models import Baseline
from ownjournal.cli.sync import visit_nlm
from ownjournal.cli.loading import Shown, load_beside

def dying(call, after):
    def killed(*words, **named):
        left[0] -= 1
        if after:
            call(*words, **named)
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return None if after else call(*words, **named)
    return killed

where, left = sys.argv[1], [int(sys.argv[2])]
load_beside(where != "in place")
if where == "moved":
    beside.shutil.move = dying(beside.shutil.move, True)
if where == "kept":
    beside.Waiting.keep = dying(beside.Waiting.keep, True)
if where == "applying":
    beside.apply_prepared = dying(beside.apply_prepared, False)
if where == "applied":
    beside.Waiting.drop = dying(beside.Waiting.drop, False)
with Shown(quiet=True) as shown:
    visit_nlm(shown, None)
print(state_hash(), Baseline.objects.count())
"""


class Told:
    """A watcher that looks at the catalogue after each file."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.look: Callable[[], None] = lambda: None

    def planned(self, files: object) -> None: ...

    def fetched(self, file: object, done: int, total: int | None) -> None: ...

    def finished(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.look()


class Site:
    """A site of its own, which keeps everything."""

    def __init__(self, folder: Path, server: NlmServer) -> None:
        self.folder = folder
        self.server = server
        self.nlm = Published(folder, server)
        self.index = EmbeddedIndex.open(folder / "index")
        self.told = Told()

    @property
    def waiting(self) -> Waiting:
        return Waiting(self.folder / "beside")

    def visit(self, *, beside: bool = True) -> Visit:
        loading = Loading(
            spool=self.folder / "spool",
            workers=1,
            beside=self.folder / "beside" if beside else None,
        )
        with Nlm(self.server.address, sleep=lambda seconds: None) as nlm:
            folder = self.folder / "nlm"
            return sync(nlm, folder, loading, self.index, self.told, newest=None)


@pytest.fixture
def site(db: None, tmp_path: Path) -> Iterator[Site]:
    with NlmServer() as server:
        made = Site(tmp_path, server)
        made.nlm.old_year()
        made.visit()
        yield made
        made.index.close()


def test_the_old_year_is_loaded_in_place(site: Site) -> None:
    assert {each.state for each in site.told.outcomes} == {"applied"}
    assert site.waiting.names() == []
    assert len(list(live_pmids())) == 100


def test_readers_see_the_old_year_and_the_news_until_all_is_there(site: Site) -> None:
    site.nlm.new_year(whole=False)

    visit = site.visit()

    states = [each.state for each in visit.outcomes]
    assert states == ["beside", "beside", "applied"]
    assert "not complete" in visit.notices[-1]
    assert store.get(1) is not None
    assert store.get(200) is not None
    assert store.get(4) is None
    old = Article.objects.filter(file_key__lt=27_000_000).count()
    assert old == 99  # of 101, all but the two that the update changed
    assert site.visit().outcomes == ()


def test_the_switch_ends_as_loading_in_place_does(site: Site) -> None:
    site.nlm.new_year(whole=False)
    site.visit()
    site.nlm.new_year()
    site.visit()
    beside, closed = state_hash(), Baseline.objects.get()
    assert site.waiting.names() == []
    assert closed.vanished == 1
    assert site.index.revision == store.revision()

    for model in (Article, OtherVersion, Baseline):
        model.objects.all().delete()
    store.AppliedFile.objects.all().delete()
    site.server.files.clear()
    site.nlm.old_year()
    site.visit(beside=False)
    site.nlm.new_year()
    site.visit(beside=False)

    assert state_hash() == beside
    assert Baseline.objects.get().vanished == 1


def test_a_baseline_that_lacks_too_much_changes_nothing(site: Site) -> None:
    site.nlm.new_year()
    site.nlm.publish("baseline", "pubmed27n0002.xml.gz", record(2))
    before = {*Article.objects.values_list("pmid", "file_key")}

    visit = site.visit()

    assert "lacks" in visit.notices[-1]
    assert not Baseline.objects.exists()
    after = {*Article.objects.values_list("pmid", "file_key")}
    assert {key for _, key in after - before} == {27_000_004}
    assert len(site.waiting.names()) == 3


def test_what_is_damaged_while_it_waits_is_fetched_anew(site: Site) -> None:
    site.nlm.new_year(whole=False)
    site.visit()
    rows = site.folder / "beside" / "pubmed27n0001.xml.gz.rows"
    rows.write_bytes(rows.read_bytes()[:-5])
    (site.folder / "beside" / "pubmed27n0002.xml.gz.ready").write_bytes(b"\x93")
    site.nlm.new_year()

    first, second = site.visit(), site.visit()

    assert [each.name[8:13] for each in first.outcomes] == ["n0002", "n0003"]
    assert "fetched anew" in first.notices[-1]
    assert [each.name[8:13] for each in second.outcomes] == ["n0001"]
    assert Baseline.objects.get().vanished == 1


def test_what_waits_is_found_where_the_folder_was_moved_to(site: Site) -> None:
    site.nlm.new_year(whole=False)
    site.visit()
    waiting = [each.name for each in site.waiting.files()]

    moved = Waiting((site.folder / "beside").rename(site.folder / "moved"))

    assert [each.name for each in moved.files()] == waiting != []
    assert all(each.spool.parent.name == "moved" for each in moved.files())


def test_what_waits_can_be_thrown_away_for_loading_in_place(site: Site) -> None:
    site.nlm.new_year()
    site.server.files.pop("/pubmed/updatefiles/pubmed27n0004.xml.gz")
    site.visit()
    assert len(site.waiting.names()) == 3

    site.nlm.new_year()
    site.visit(beside=False)

    assert Baseline.objects.get().vanished == 1


@pytest.mark.slow
def test_a_process_killed_anywhere_goes_on_to_the_same_end(
    kind: str | None, tmp_path: Path
) -> None:
    ends = set()
    for where in ("in place", "beside"):
        environment = OwnSite(tmp_path / where, kind).migrate().environment()
        with NlmServer() as server:
            nlm = Published(tmp_path / where, server)
            named = {**environment, "NLM_URL": server.address.removesuffix("/pubmed/")}
            nlm.old_year()
            run(named, "in place", 0)
            nlm.new_year()
            if where == "beside":
                for step in ("moved", "kept", "applying", "applied"):
                    assert run(named, step, 2) is None
            ends.add(run(named, where, 0))
    assert len(ends) == 1
    assert ends.pop().endswith(" 1")  # type: ignore[union-attr]


def run(environment: Mapping[str, str], where: str, kill_at: int) -> str | None:
    """The state after a visit; None where the process was killed in it."""
    done = subprocess.run(
        [sys.executable, "-c", VISIT, where, str(kill_at)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in ((-9,) if kill_at else (0,)), done.stderr
    return None if kill_at else done.stdout.splitlines()[-1]
