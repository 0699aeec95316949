"""Vectors are made by the worker for what is wanted and what is new, and kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from msgspec.structs import replace

from made.articles import an_article
from made.shelf import shelve
from made.together import together
from ownjournal.catalogue import vectors
from ownjournal.catalogue.models import Vector, VectorsFollowed
from ownjournal.catalogue.vectors import kept, make, want
from ownjournal.pubmed.article import Article, Markup, PublicationType
from ownjournal.search import semantic
from ownjournal.search.vectors import packed

pytestmark = pytest.mark.django_db

RETRACTED = PublicationType("D016441", "Retracted Publication")


@pytest.fixture(autouse=True)
def switched_on(settings: Any) -> None:
    settings.SEMANTIC = True


@pytest.fixture
def asked_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing gets a vector for being new."""
    monkeypatch.setattr(vectors.store, "newest_from", lambda up_to, most: up_to + 1)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The texts that the model is given, in their order."""
    texts: list[str] = []
    real = semantic.model()
    assert real is not None

    class Watched:
        def vector(self, text: str) -> Any:
            texts.append(text)
            return real.vector(text)

    monkeypatch.setattr(semantic, "model", Watched)
    yield texts


@pytest.fixture
def four(asked_alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles of which one is read at a time."""
    monkeypatch.setattr(vectors, "AT_ONCE", 1)
    titles = {1: "Gout.", 2: "Fever.", 3: "Cough.", 4: "Rash."}
    shelve(*(an_untold(pmid, title) for pmid, title in titles.items()))


def an_untold(pmid: int, title: str, **more: Any) -> Article:
    return an_article(pmid=pmid, title=Markup(title), abstract=None, **more)


def vector_of(text: str) -> bytes:
    model = semantic.model()
    assert model is not None
    return packed(model.vector(text))


def test_what_is_new_gets_a_vector() -> None:
    shelve(an_untold(1, "Gout of the elbow."), an_untold(2, "Fever after a fall."))

    assert make() == 2

    assert kept([1, 2, 3]) == {
        1: vector_of("Gout of the elbow."),
        2: vector_of("Fever after a fall."),
    }
    assert make() == 0


def test_of_a_large_load_only_the_newest_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "NEW", 1)
    for pmid in (1, 2, 3):
        shelve(an_untold(pmid, "Gout."))

    make()

    assert kept([1, 2, 3]).keys() == {3}


@pytest.mark.usefixtures("four")
def test_what_is_wanted_is_made_in_that_order_before_what_is_new(
    read: list[str],
) -> None:
    Vector.objects.create(pk=4, due_at=timezone.now() - vectors.BEHIND)

    want([2, 3])
    want([1, 2])  # later, so first; 2 was wanted before
    make()

    assert read == ["Gout.", "Fever.", "Cough.", "Rash."]


@pytest.mark.usefixtures("four")
def test_what_stands_beside_an_article_waits_behind_searches_before_what_is_new(
    read: list[str],
) -> None:
    for pmid in (3, 4):
        Vector.objects.create(pk=pmid, due_at=timezone.now() - vectors.BEHIND)

    want([2], of_search=True)
    want([1, 2, 3], of_search=False)  # later, and yet behind
    make()

    assert read == ["Fever.", "Gout.", "Cough.", "Rash."]


@pytest.mark.usefixtures("asked_alone")
def test_what_stood_beside_an_article_comes_first_when_a_search_wants_it(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "AT_ONCE", 1)
    shelve(*(an_untold(pmid, f"Gout {pmid}.") for pmid in (1, 2)))

    want([1, 2], of_search=False)
    want([2])
    make()

    assert read == ["Gout 2.", "Gout 1."]


def test_what_is_new_and_then_wanted_comes_first(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "AT_ONCE", 1)
    shelve(*(an_untold(pmid, f"Gout {pmid}.") for pmid in range(1, 6)))
    vectors._follow()

    want([3, 2])
    make()

    assert read[:2] == ["Gout 3.", "Gout 2."]
    assert len(read) == 5


@pytest.mark.usefixtures("asked_alone")
def test_a_step_is_bounded_and_ends_when_told(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "AT_ONCE", 2)
    monkeypatch.setattr(vectors, "A_STEP", 4)
    shelve(*(an_untold(pmid, f"Gout {pmid}.") for pmid in range(1, 8)))
    want(range(1, 8))

    assert make(stopped=lambda: bool(read)) == 2
    assert make() == 4
    assert make() == 1
    assert len(read) == 7


@pytest.mark.usefixtures("asked_alone")
def test_an_article_that_changed_is_looked_at_again(read: list[str]) -> None:
    article = an_untold(1, "Gout.")
    shelve(article, an_untold(2, "Fever."))
    want([1])
    make()

    shelve(replace(article, title=Markup("Podagra.")))
    make()

    assert read == ["Gout.", "Podagra."]
    assert kept([1, 2]) == {1: vector_of("Podagra.")}


def test_a_text_that_stayed_the_same_is_not_read_again(read: list[str]) -> None:
    article = an_untold(1, "Gout.")
    shelve(article)
    make()

    shelve(replace(article, owner="NASA"))

    assert make() == 1
    assert read == ["Gout."]
    assert not Vector.objects.filter(due_at__isnull=False).exists()


def test_what_is_retracted_loses_its_vector() -> None:
    article = an_untold(1, "Gout.")
    shelve(article)
    make()

    shelve(replace(article, publication_types=(RETRACTED,)))
    make()

    assert kept([1]) == {1: None}


def test_what_has_no_words_has_none() -> None:
    shelve(an_untold(1, "Gout."), replace(an_untold(2, "x"), title=None))

    make()

    assert kept([1, 2]) == {1: vector_of("Gout."), 2: None}


def test_what_is_taken_back_goes_and_may_come_back() -> None:
    article = an_untold(1, "Gout.")
    shelve(article)
    make()

    shelve(taken_back=[1])
    make()
    assert not Vector.objects.exists()

    shelve(article)
    want([1])
    make()
    assert kept([1]).keys() == {1}


@pytest.mark.usefixtures("asked_alone")
def test_a_change_while_it_is_read_is_not_overwritten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelve(an_untold(1, "Gout."))
    vectors._follow()
    want([1])
    pmids, until = vectors._claimed()
    assert pmids == [1]
    assert vectors._claimed()[0] == []

    due_at = timezone.now()
    Vector.objects.filter(pk=1).update(due_at=due_at)
    model = semantic.model()
    assert model is not None
    vectors._make(model, pmids, until)

    assert Vector.objects.get().due_at == due_at
    assert kept([1]) == {}


def test_what_a_killed_worker_had_claimed_is_made_later(read: list[str]) -> None:
    shelve(an_untold(1, "Gout."))
    vectors._follow()
    vectors._claimed()
    assert make() == 0

    later = timezone.now() - vectors.CLAIM
    Vector.objects.update(due_at=later - timedelta(seconds=1))

    assert make() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_each_vector_once(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "AT_ONCE", 2)
    shelve(*(an_untold(pmid, f"Gout {pmid}.") for pmid in range(1, 11)))
    vectors._follow()

    assert sum(together(make)) == 10

    assert len(read) == 10
    assert len(kept(range(1, 11))) == 10


def test_vectors_of_another_model_are_not_compared_and_made_anew(
    monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    shelve(an_untold(1, "Gout."))
    make()
    monkeypatch.setattr(semantic, "MODEL", "another")
    assert kept([1]) == {}

    assert make() == 1

    assert VectorsFollowed.objects.get().model == "another"
    assert kept([1]).keys() == {1}
    assert read == ["Gout.", "Gout."]


def test_lost_vectors_are_made_again() -> None:
    shelve(an_untold(1, "Gout."))
    make()
    Vector.objects.all().delete()
    assert kept([1]) == {}

    want([1])
    make()

    assert kept([1]) == {1: vector_of("Gout.")}


def test_a_long_queue_takes_no_more_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "LONGEST_QUEUE", 2)

    want([1, 2])
    want([3])

    assert Vector.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_page_leaves_no_note_where_it_would_wait() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such lock")
    path = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        want([1])
        writer.execute("ROLLBACK")
    assert not Vector.objects.exists()

    want([1])
    assert Vector.objects.exists()


def test_nothing_is_read_where_it_is_switched_off(settings: Any) -> None:
    shelve(an_untold(1, "Gout."))
    settings.SEMANTIC = False

    assert make() == 0
    assert not Vector.objects.exists()
