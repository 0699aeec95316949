"""Journals are counted from the catalogue's files, each article once."""

from pathlib import Path

import pytest

from made.articles import an_article
from made.files import pubmed_file, record
from made.shelf import shelve
from ownjournal.catalogue import store
from ownjournal.catalogue.ingest import Loading, ingest
from ownjournal.catalogue.models import JournalYield, YieldsLearned
from ownjournal.catalogue.yields import Learned, known, learn
from ownjournal.pubmed.article import Article, Journal

pytestmark = pytest.mark.django_db

JOURNAL = Journal(title="Journal of Invention", nlm_id="9900001")


def a_trial(pmid: int, journal: Journal | None = JOURNAL) -> Article:
    return an_article(pmid=pmid, abstract="We randomised 40 patients.", journal=journal)


def a_thought(pmid: int) -> Article:
    return an_article(pmid=pmid, abstract="We think of gout.", journal=JOURNAL)


def counts() -> list[tuple[str, int, int]]:
    return list(JournalYield.objects.values_list("nlm_id", "strong", "articles"))


def test_each_file_is_counted_once() -> None:
    shelve(a_trial(1), a_thought(2), a_trial(3, journal=None))
    shelve(a_trial(4), a_thought(2))

    assert learn() == Learned(2, 1)
    assert counts() == [("9900001", 1, 2)]
    assert learn().articles == 1
    assert counts() == [("9900001", 2, 3)]
    assert learn() == Learned(0, store.revision())


def test_a_file_that_was_not_ended_is_counted_later() -> None:
    shelve(a_trial(1))

    assert learn(lambda: True).articles == 0
    assert counts() == []
    assert learn().articles == 1


def test_by_new_rules_all_is_counted_anew() -> None:
    shelve(a_trial(1))
    learn()
    YieldsLearned.objects.update(rules_version=0)
    shelve(a_trial(2))

    assert learn().articles == 1
    assert learn().articles == 1
    assert counts() == [("9900001", 2, 2)]


def test_only_journals_that_earn_points_are_known() -> None:
    JournalYield.objects.create(nlm_id="rich", strong=400, articles=1000)
    JournalYield.objects.create(nlm_id="poor", strong=10, articles=9000)

    assert set(known()) == {"rich"}
    assert known()["rich"].strong == 400


def test_articles_that_come_in_are_judged_by_it(tmp_path: Path) -> None:
    JournalYield.objects.create(nlm_id="9900001", strong=900, articles=1000)
    trial = record(1, abstract="We randomised 40 patients to rest.")
    path = pubmed_file(tmp_path, "pubmed26n0001.xml.gz", trial)

    ingest([path], Loading(spool=tmp_path / "spool", workers=1))

    kept = store.get(1)
    assert kept is not None
    assert "yield" in [sign.code for sign in kept.appraisal.signs]
