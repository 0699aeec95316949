from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from made.articles import an_article
from made.files import pubmed_file, record
from made.shelf import shelve
from ownjournal.appraisal.judge import RULES_VERSION
from ownjournal.appraisal.model import Card, Models, SparseModel, save
from ownjournal.catalogue import appraising, packing, retractions, store
from ownjournal.catalogue.appraising import AT_ONCE, Progress, appraise
from ownjournal.catalogue.ingest import Loading, ingest
from ownjournal.catalogue.models import Article as Row
from ownjournal.pubmed.retraction_list import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def a_model(word: str = "velotrine") -> SparseModel:
    """Whoever names the word did a cohort study."""
    return SparseModel(
        card=Card("designs", "2026-11-25", {}, {}, {}, sha256=word.encode().hex() * 9),
        classes=("cohort",),
        position={f"title:{word}": 0},
        rarity=np.ones(1, np.float32),
        group=np.zeros(1, np.int32),
        weights=np.array([[6]], np.float32),
        bias=np.array([-3], np.float32),
        thresholds=np.array([0.5], np.float32),
    )


def silent(progress: Progress) -> None:
    pass


def test_what_a_new_model_judges_otherwise_gets_a_new_revision() -> None:
    shelve(an_article(pmid=1, title="Velotrine."), an_article(pmid=2, title="Gout."))
    before = store.revision()

    done = appraise(Models(a_model()), silent)

    assert (done.seen, done.judged, done.changed) == (2, 2, 1)
    one, other = (kept for _, kept in sorted(store.get_many([1, 2]).items()))
    assert one.appraisal.design == "cohort"
    assert one.revision == before + 1 == store.revision()
    assert other.revision == before
    assert one.appraisal.model == other.appraisal.model == a_model().card.id


def test_doing_it_again_changes_nothing() -> None:
    shelve(an_article(pmid=1, title="Velotrine."))
    appraise(Models(a_model()), silent)
    rows = list(Row.objects.values())
    revision = store.revision()

    done = appraise(Models(a_model()), silent)

    assert (done.seen, done.judged, done.changed) == (1, 0, 0)
    assert list(Row.objects.values()) == rows
    assert store.revision() == revision


def test_where_no_appraisal_changes_no_revision_is_taken() -> None:
    shelve(an_article(pmid=2, title="Gout."))
    revision = store.revision()

    done = appraise(Models(a_model()), silent)

    assert (done.judged, done.changed) == (1, 0)
    assert store.revision() == revision


def test_it_goes_on_where_it_was_stopped() -> None:
    shelve(*(an_article(pmid=n, title="Velotrine.") for n in range(1, AT_ONCE + 3)))

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        appraise(Models(a_model()), stop)
    done = appraise(Models(a_model()), silent)

    assert (done.seen, done.judged) == (AT_ONCE + 2, 2)


def test_without_the_model_the_rules_judge_again() -> None:
    shelve(an_article(pmid=1, title="Velotrine."))
    first = store.get(1)
    appraise(Models(a_model()), silent)

    appraise(Models(), silent)

    last = store.get(1)
    assert first and last and last.appraisal == first.appraisal
    assert last.appraisal.rules_version == RULES_VERSION


def test_an_article_replaced_meanwhile_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(an_article(pmid=1, title="Velotrine."))
    Row.objects.update(content_hash=7)
    read = packing.Unpacker.unpack

    def replaced(self: packing.Unpacker, packed: bytes) -> packing.Content:
        Row.objects.update(content_hash=8)
        return read(self, packed)

    monkeypatch.setattr(packing.Unpacker, "unpack", replaced)
    appraise(Models(a_model()), silent)

    monkeypatch.undo()
    kept = store.get(1)
    assert kept is not None and kept.appraisal.model is None


def test_loading_asks_the_model_that_is_there(tmp_path: Path) -> None:
    save(a_model(), tmp_path / "models" / "designs")
    path = pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1, "Velotrine"))
    loading = Loading(spool=tmp_path / "spool", workers=1, models=tmp_path / "models")

    [outcome] = ingest([path], loading)

    kept = store.get(1)
    assert outcome.warnings == ()
    assert kept is not None and kept.appraisal.design == "cohort"
    assert kept.appraisal.model is not None


def test_loading_goes_on_without_a_model_that_is_damaged(tmp_path: Path) -> None:
    card = save(a_model(), tmp_path / "models" / "designs")
    (tmp_path / "models" / "designs" / card.arrays).write_bytes(b"PK")
    path = pubmed_file(tmp_path, "pubmed26n0001.xml.gz", record(1, "Velotrine"))
    loading = Loading(spool=tmp_path / "spool", workers=1, models=tmp_path / "models")

    [outcome] = ingest([path], loading)

    [warning] = outcome.warnings
    assert warning.startswith("The rules judged without a model.")
    kept = store.get(1)
    assert kept is not None and kept.appraisal.design == "unclear"


def test_the_model_is_part_of_what_content_is() -> None:
    encoded = packing.encode(an_article())
    hashes = {
        packing.content_hash(encoded),
        packing.content_hash(encoded, model="designs-3f2a9c1b"),
        packing.content_hash(encoded, model="designs-3f2a9c1c"),
    }

    assert len(hashes) == 3


def test_a_sample_is_spread_evenly_over_all_articles() -> None:
    shelve(*(an_article(pmid=n) for n in range(1, 101)))

    assert [each.pmid for each in store.sampled(10)] == list(range(10, 101, 10))
    assert len(list(store.sampled(1_000))) == 100


def test_a_list_that_comes_between_is_not_overwritten() -> None:
    """As where the list is loaded while a batch is judged."""
    shelve(an_article(pmid=1, title="Velotrine."))
    [row] = appraising._rows(0)
    unpacker = packing.Unpacker(lambda id_: b"")
    models, packer = Models(a_model()), packing.Packer(None)
    stale = appraising._stale([row], unpacker, models)
    judged = appraising._anew(stale, models, packer)
    listed = Entry("retracted", 1, None)
    retractions.load([listed], "list.csv", now=datetime.now(UTC))

    appraising._write(judged)

    kept = store.get(1)
    assert kept is not None
    assert kept.appraisal.integrity == "retracted"
    assert appraise(models, silent).changed == 1
    kept = store.get(1)
    assert kept is not None
    assert (kept.appraisal.design, kept.appraisal.integrity) == ("cohort", "retracted")
