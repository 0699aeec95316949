"""Best match by words and meaning: once nearly all have vectors, and then for good."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from catalogue.test_downloads import pmids_in
from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import semantic_order, vectors
from ownjournal.catalogue.following import follow, index
from ownjournal.catalogue.models import Vector
from ownjournal.catalogue.semantic_order import Found, likest, reordered, search
from ownjournal.pubmed.article import Markup
from ownjournal.search.index import Hit
from ownjournal.search.parser import parse
from ownjournal.search.similar import Similar
from ownjournal.search.vectors import DIMENSIONS, packed
from search.test_semantic import NO_EXTRA

pytestmark = pytest.mark.django_db

ASKED = "stopping a heart attack with pills"
TITLES = {
    1: "Stopping an attack of pills: a history, with the heart of a clock.",
    2: "Stopping pills: an attack on the heart of a tax.",
    3: "Thinner blood: pills with aspirin, daily, stopping a second heart attack.",
    4: "A heart of stone, with pills stopping an attack of locusts.",
    5: "With pills: stopping an attack of ants at the heart of a lawn.",
}


@pytest.fixture(autouse=True)
def catalogue(settings: Any, tmp_path: Path) -> Iterator[None]:
    """The five articles in store and index, and the order by meaning switched on."""
    settings.SEMANTIC = True
    settings.DATA_DIR = tmp_path
    index.cache_clear()
    shelve(
        *(
            an_article(pmid=pmid, title=Markup(title), abstract=None)
            for pmid, title in TITLES.items()
        )
    )
    follow(index())
    yield
    index().close()
    index.cache_clear()


def found(text: str = ASKED, **more: Any) -> Found:
    query = parse(text).query
    assert query is not None
    return search(text, query, **{"limit": 10, **more})


def pmids(text: str = ASKED, **more: Any) -> list[int]:
    return [hit.pmid for hit in found(text, **more).hits.hits]


def by_words(text: str = ASKED) -> list[int]:
    query = parse(text).query
    assert query is not None
    return [hit.pmid for hit in index().search(query, limit=10).hits]


def test_words_alone_tell_until_the_worker_was_there() -> None:
    before = found()
    assert (before.by_meaning, pmids()) == (False, by_words())
    assert set(Vector.objects.values_list("pmid", flat=True)) == set(TITLES)

    vectors.make()

    after = found()
    assert after.by_meaning
    assert after.hits.total == len(TITLES)
    assert pmids()[0] == 3 != by_words()[0]
    assert sorted(pmids()) == sorted(by_words())


def test_pages_are_parts_of_one_order() -> None:
    vectors.make()

    whole = pmids()
    assert [pmids(limit=2, offset=at) for at in (0, 2, 4)] == [
        whole[:2],
        whole[2:4],
        whole[4:],
    ]
    assert pmids(limit=2, offset=6) == []


def test_what_lies_deeper_goes_by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors.make()
    monkeypatch.setattr(semantic_order, "DEPTH", 3)

    assert set(pmids(limit=3)) == set(by_words()[:3])
    assert pmids(limit=10)[3:] == by_words()[3:]
    assert pmids(limit=2, offset=2) == pmids(limit=10)[2:4]
    assert pmids(limit=2, offset=3) == by_words()[3:]
    assert found(limit=2, offset=3).by_meaning is False


def test_while_some_lack_a_vector_the_order_is_that_of_words() -> None:
    vectors.make()
    Vector.objects.filter(pk=by_words()[-1]).delete()

    assert found().by_meaning is False
    assert pmids() == by_words()


def test_nearly_all_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors.make()
    last = by_words()[-1]
    Vector.objects.filter(pk=last).delete()
    monkeypatch.setattr(semantic_order, "ENOUGH", 0.8)

    assert found().by_meaning
    assert pmids()[-1] == last


def test_what_gets_no_vector_keeps_its_place_and_holds_nobody_up() -> None:
    vectors.make()
    second = by_words()[1]
    Vector.objects.filter(pk=second).update(packed=None)

    assert found().by_meaning
    assert pmids()[1] == second


@pytest.mark.parametrize("text", ["quillfeather ab[au]", "2025[dp]", "pills NOT heart"])
def test_what_has_no_words_or_no_choice_is_left_alone(text: str) -> None:
    vectors.make()

    assert found(text).by_meaning is False
    assert pmids(text) == by_words(text)


def test_what_goes_by_date_is_left_alone() -> None:
    vectors.make()

    assert reordered("gout", (Hit(1, 0.0), Hit(2, 0.0), Hit(99, 0.0))) is None
    assert not Vector.objects.filter(pk=99).exists()


def test_other_orders_stay_as_they_are() -> None:
    vectors.make()

    newest = found(order="newest")
    assert newest.by_meaning is False
    assert [hit.pmid for hit in newest.hits.hits] == [5, 4, 3, 2, 1]


def test_switched_off_nothing_is_asked_or_noted(settings: Any) -> None:
    vectors.make()
    settings.SEMANTIC = False

    assert (found().by_meaning, pmids()) == (False, by_words())

    Vector.objects.all().delete()
    found()
    assert not Vector.objects.exists()


def test_a_model_that_cannot_be_used_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vectors.make()
    monkeypatch.setattr(semantic_order.semantic, "asked", lambda text: None)

    assert (found().by_meaning, pmids()) == (False, by_words())


def test_the_search_page_says_so_and_a_download_has_its_order(client: Client) -> None:
    told = "Best match by words and by meaning"
    address = {"q": ASKED, "map": "off"}
    assert told not in client.get("/search", address).content.decode()

    vectors.make()

    page = client.get("/search", address).content.decode()
    assert told in page
    shown = [int(pmid) for pmid in re.findall(r'id="title-(\d+)"', page)]
    assert shown == pmids()
    download = client.get("/search.csv", address)
    assert pmids_in(download) == pmids()


def test_groups_and_the_api_have_the_same_order_and_say_so(client: Client) -> None:
    address = {"q": ASKED, "map": "off"}
    before = client.get("/api/v1/search", address).json()
    assert (before["by_meaning"], pmids_of(before)) == (False, by_words())

    vectors.make()

    told = client.get("/api/v1/search", address).json()
    assert (told["by_meaning"], pmids_of(told)) == (True, pmids())
    page = client.get("/search", {**address, "group": "evidence"}).context["page"]
    assert page.by_meaning
    [group] = page.groups
    assert [card.pmid for card in group.cards] == pmids()[: len(group.cards)]
    newest = {**address, "group": "evidence", "order": "newest"}
    assert not client.get("/search", newest).context["page"].by_meaning


def pmids_of(told: Any) -> list[int]:
    return [each["pmid"] for each in told["articles"]]


WITHOUT = f"""{NO_EXTRA}
import django
django.setup()
from django.conf import settings
from ownjournal.catalogue import vectors
from ownjournal.catalogue.semantic_order import search
from ownjournal.search.parser import parse
assert settings.SEMANTIC
assert not vectors.in_use()
assert vectors.make() == 0
assert search("gout", parse("gout").query, limit=5).hits.total == 0
"""


def test_without_the_extra_everything_is_as_it_was(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "SEMANTIC": "yes",
        "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_similar_articles_are_joined_as_for_an_article() -> None:
    """The first of three draws the second to it; a search needs ten for a leader."""
    vectors.make()
    turned = {1: 0.0, 2: 25.0, 3: 60.0, 4: -57.0}  # degrees from the article's own
    for pmid, angle in turned.items():
        vector = np.zeros(DIMENSIONS, np.float32)
        vector[:2] = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        Vector.objects.filter(pk=pmid).update(packed=packed(vector))
    alike = [Similar(2, 2.0, ()), Similar(4, 1.0, ()), Similar(3, 1.0, ())]

    found = likest(1, alike)

    assert found is not None
    assert [each.pmid for each in found] == [2, 3, 4]
