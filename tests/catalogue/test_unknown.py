"""An article that is not here is fetched once, and nobody can make a proxy of us."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from made.articles import an_article
from made.eutils_server import EutilsServer
from made.files import pubmed_file, record
from made.shelf import shelve
from made.together import together
from ownjournal.catalogue import store, unknown
from ownjournal.catalogue.following import follow
from ownjournal.catalogue.ingest import Loading, ingest
from ownjournal.catalogue.models import AppliedFile, AskedNumber, Quarantined, Service
from ownjournal.catalogue.models import Article as Row
from ownjournal.catalogue.unknown import NoArticle
from ownjournal.pubmed.example import FIRST_PMID
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.query import All

PMID = 31_000_017
WRONG = "<PubmedArticle><MedlineCitation/></PubmedArticle>"


@pytest.fixture
def nlm(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EutilsServer]:
    """NLM with one article, and a site that may ask for it."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with EutilsServer(PMID) as server:
        settings.DATA_DIR = tmp_path
        settings.FETCH_UNKNOWN = True
        settings.CONTACT_EMAIL = "desk@merrow.org"
        settings.EUTILS_URL = server.address
        yield server


def told(pmid: int = PMID) -> str:
    """What a visitor is told of an article that could not be had."""
    with pytest.raises(NoArticle) as raised:
        unknown.fetch(pmid)
    assert raised.value.pmid == pmid
    return raised.value.told


def later(**time: float) -> None:
    """As if so much time had gone by."""
    gone = timedelta(**time)
    for row in AskedNumber.objects.all():
        AskedNumber.objects.filter(pk=row.pk).update(again_at=row.again_at - gone)
    for each in Service.objects.all():
        if each.closed_until is not None:
            each.closed_until -= gone
        each.free_at, each.began_at = each.free_at - gone, each.began_at - gone
        each.save()


@pytest.mark.django_db
def test_the_page_of_an_unknown_article_is_there_at_once(
    nlm: EutilsServer, client: Client
) -> None:
    response = client.get(f"/articles/{PMID}?from=mail", follow=True)

    assert response.redirect_chain == [(f"/articles/{PMID}?from=mail", 302)]
    assert response.status_code == 200
    assert "Invented findings" in response.text
    assert client.get(f"/articles/{PMID}.txt").status_code == 200
    [asked] = nlm.asked
    assert asked.parameters["email"] == "desk@merrow.org"
    assert not AskedNumber.objects.exists()


@pytest.mark.django_db
def test_it_is_kept_like_a_file_without_a_number(
    nlm: EutilsServer, tmp_path: Path
) -> None:
    unknown.fetch(PMID)

    file = AppliedFile.objects.get()
    assert (file.name, file.file_key) == (f"efetch-{PMID}.xml", 0)
    assert Row.objects.get().file_key == 0
    assert list((tmp_path / "spool").iterdir()) == []


@pytest.mark.django_db
def test_the_index_has_it_at_its_next_step(nlm: EutilsServer, tmp_path: Path) -> None:
    unknown.fetch(PMID)

    index = EmbeddedIndex.open(tmp_path / "index")
    follow(index)

    assert index.count(All()) == 1
    index.close()


@pytest.mark.django_db
def test_it_is_no_news_until_nlms_own_file_brings_it(
    nlm: EutilsServer, tmp_path: Path
) -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    unknown.fetch(PMID)

    assert store.newest(5) == []
    assert store.best_since(an_hour_ago, 5) == []
    assert store.freshness().applied_at is None

    file = pubmed_file(tmp_path, "pubmed26n1334.xml.gz", record(PMID))
    ingest([file], Loading(spool=tmp_path / "spool", workers=1))

    assert [kept.article.pmid for kept in store.newest(5)] == [PMID]
    assert [kept.article.pmid for kept in store.best_since(an_hour_ago, 5)] == [PMID]
    assert Row.objects.get().file_key == 26_001_334


@pytest.mark.django_db
def test_a_later_file_without_a_number_changes_no_more_than_it_says(
    nlm: EutilsServer, tmp_path: Path
) -> None:
    unknown.fetch(PMID)
    file = pubmed_file(tmp_path, "mine.xml.gz", record(PMID))

    [outcome] = ingest([file], Loading(spool=tmp_path / "spool", workers=1))

    assert outcome.applied is not None
    assert outcome.applied.changed == 0


@pytest.mark.django_db
def test_without_leave_nothing_is_asked(nlm: EutilsServer, settings: Any) -> None:
    settings.FETCH_UNKNOWN = False

    assert told() == unknown.OFF
    assert nlm.asked == []


@pytest.mark.django_db
@pytest.mark.parametrize("pmid", [0, 50_000_000, FIRST_PMID, 999_999_999, 2**31])
def test_a_number_that_cannot_be_one_is_not_asked_for(
    nlm: EutilsServer, pmid: int
) -> None:
    assert told(pmid) == unknown.NOT_GIVEN_OUT
    assert nlm.asked == []


@pytest.mark.django_db
def test_what_can_be_a_number_grows_with_the_catalogue(nlm: EutilsServer) -> None:
    shelve(an_article(pmid=49_000_000), an_article(pmid=FIRST_PMID + 5))

    assert told(50_000_000) == unknown.TOLD["none"]
    assert told(53_000_000) == unknown.NOT_GIVEN_OUT


@pytest.mark.django_db
def test_an_invented_article_is_never_asked_for(nlm: EutilsServer) -> None:
    shelve(an_article(pmid=FIRST_PMID - 1))  # in how many years

    assert told(FIRST_PMID) == unknown.NOT_GIVEN_OUT


@pytest.mark.django_db
def test_what_nlm_took_back_is_not_asked_for(nlm: EutilsServer, client: Client) -> None:
    shelve(an_article(pmid=PMID))
    shelve(taken_back=[PMID])

    assert client.get(f"/articles/{PMID}").status_code == 410
    assert nlm.asked == []


@pytest.mark.django_db
def test_that_there_is_none_is_remembered_for_weeks(nlm: EutilsServer) -> None:
    shelve(an_article(pmid=PMID + 5))

    assert told(PMID + 1) == told(PMID + 1) == unknown.TOLD["none"]
    later(days=29)
    assert told(PMID + 1) == unknown.TOLD["none"]
    assert len(nlm.asked) == 1

    later(days=2)
    nlm.records[str(PMID + 1)] = record(PMID + 1)
    unknown.fetch(PMID + 1)
    assert len(nlm.asked) == 2


@pytest.mark.django_db
def test_a_number_above_all_that_are_known_may_come_tomorrow(nlm: EutilsServer) -> None:
    assert told(PMID + 1) == unknown.TOLD["none"]

    later(days=1)
    told(PMID + 1)

    assert len(nlm.asked) == 2


@pytest.mark.django_db
def test_a_failure_is_remembered_for_minutes_and_nlm_left_alone(
    nlm: EutilsServer,
) -> None:
    nlm.misbehave("500", "500")

    assert told() == told() == unknown.TOLD["failed"]
    assert told(PMID + 1) == unknown.TOLD["failed"]
    assert len(nlm.asked) == 2  # one request, tried again once

    later(seconds=61)
    unknown.fetch(PMID)
    assert Service.objects.get().failures == 0


@pytest.mark.django_db
def test_a_number_that_fails_again_and_again_is_asked_for_less_and_less(
    nlm: EutilsServer,
) -> None:
    nlm.records[str(PMID)] = "<PubmedArticle>"
    lasts = []
    for _ in range(3):
        told()
        lasts.append(AskedNumber.objects.get().again_at - timezone.now())
        later(hours=1)

    assert [round(each.total_seconds() / 60) for each in lasts] == [1, 2, 4]


@pytest.mark.django_db
def test_nlm_is_left_alone_as_long_as_it_asks(nlm: EutilsServer) -> None:
    nlm.misbehave("429 600")
    told()

    later(minutes=9)
    told()
    assert len(nlm.asked) == 1

    later(minutes=2)
    unknown.fetch(PMID)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["page", "truncate", "elsewhere", "403", "drop"])
def test_no_bad_answer_breaks_a_page(
    nlm: EutilsServer, client: Client, fault: str
) -> None:
    nlm.misbehave(fault, fault)

    response = client.get(f"/articles/{PMID}")

    assert response.status_code == 404
    assert unknown.TOLD["failed"] in response.text
    assert not Row.objects.exists()


@pytest.mark.django_db
def test_a_record_that_cannot_be_read_is_set_aside_and_told(nlm: EutilsServer) -> None:
    nlm.records[str(PMID)] = WRONG

    assert told() == told() == unknown.TOLD["set aside"]
    assert Quarantined.objects.get().raw == WRONG.encode()
    assert len(nlm.asked) == 1


@pytest.mark.django_db
def test_what_the_site_does_not_keep_it_does_not_fetch(
    nlm: EutilsServer, settings: Any
) -> None:
    settings.SCOPE_LANGUAGES = ("ger",)

    assert told() == told() == unknown.TOLD["left out"]
    assert not Row.objects.exists()
    assert len(nlm.asked) == 1


@pytest.mark.django_db
def test_a_scope_that_names_no_topic_breaks_no_page(
    nlm: EutilsServer, settings: Any
) -> None:
    settings.SCOPE_MESH = ("Bog moss",)

    assert told() == unknown.TOLD["failed"]


@pytest.mark.django_db
def test_whoever_walks_through_the_numbers_is_soon_told_no_more(
    nlm: EutilsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unknown, "MOST_AN_HOUR", 3)
    for pmid in range(PMID + 1, PMID + 4):
        assert told(pmid) == unknown.TOLD["none"]

    with CaptureQueriesContext(connection) as queries:
        for pmid in range(PMID + 4, PMID + 30):
            assert told(pmid) == unknown.SPENT
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert len(nlm.asked) == 3
    assert AskedNumber.objects.count() == 3

    later(hours=1)
    unknown.fetch(PMID)


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_make_one_request(nlm: EutilsServer) -> None:
    def ask() -> str | None:
        try:
            unknown.fetch(PMID)
        except NoArticle as fault:
            return fault.told
        return None

    answers = together(ask, workers=20)

    assert len(nlm.asked) == 1
    assert answers.count(None) >= 1
    assert set(answers) <= {None, unknown.BUSY}
    assert Row.objects.get().pmid == PMID


@pytest.mark.django_db
def test_who_comes_while_another_asks_is_given_what_came(nlm: EutilsServer) -> None:
    claim = timezone.now() + unknown.CLAIM
    AskedNumber.objects.create(pmid=PMID, again_at=claim, outcome=None)
    shelve(an_article(pmid=PMID))

    unknown.fetch(PMID)  # the other's has come

    assert nlm.asked == []


@pytest.mark.django_db
def test_who_dies_while_asking_keeps_nobody_from_it_for_long(
    nlm: EutilsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unknown, "TOGETHER_SECONDS", 0.2)
    claim = timezone.now() + unknown.CLAIM
    AskedNumber.objects.create(pmid=PMID, again_at=claim, outcome=None)

    assert told() == unknown.BUSY
    later(seconds=31)
    unknown.fetch(PMID)


@pytest.mark.django_db(transaction=True)
def test_no_more_than_nlm_allows_are_asked_for_in_a_second(
    nlm: EutilsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nlm, "_most", 3)

    for pmid in range(PMID + 1, PMID + 8):
        told(pmid)

    assert nlm.refused == 0
    assert len(nlm.asked) == 7
    assert all(row.outcome == "none" for row in AskedNumber.objects.all())


@pytest.mark.django_db
def test_old_answers_are_forgotten(nlm: EutilsServer) -> None:
    told(PMID + 1)
    later(days=70)

    unknown.fetch(PMID)

    assert not AskedNumber.objects.exists()


@pytest.mark.django_db
def test_the_page_says_why_and_offers_the_search_and_pubmed(client: Client) -> None:
    response = client.get(f"/articles/{PMID}")

    assert response.status_code == 404
    assert unknown.OFF in response.text
    assert f'name="q" value="{PMID}"' in response.text
    assert f'href="https://pubmed.ncbi.nlm.nih.gov/{PMID}/"' in response.text


@pytest.mark.django_db
def test_pubmed_is_not_offered_for_what_it_lacks(
    nlm: EutilsServer, client: Client
) -> None:
    for pmid in (PMID + 1, 98_000_000):
        response = client.get(f"/articles/{pmid}")

        assert response.status_code == 404
        assert "pubmed.ncbi" not in response.text
