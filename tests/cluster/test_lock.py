"""One writer, also where the cluster does not answer it for a while."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cluster import opened
from ownjournal.search.index import IndexAway, IndexBusy
from ownjournal.search.opensearch import lock
from ownjournal.search.opensearch.index import OpenSearchIndex
from ownjournal.search.query import All
from search.made_documents import a_document


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenSearchIndex]:
    monkeypatch.setattr(lock, "BEAT", 0.1)
    monkeypatch.setattr(lock, "SILENCE", 1.0)
    index = opened.index(tmp_path / "index")
    index.apply([a_document(1)], (), 3)
    yield index
    index.close()
    opened.remove(tmp_path / "index")


@pytest.fixture
def unheard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], None]]:
    """A cluster that does not answer those who hold the lock, or does again."""
    changed = lock.Held._changed
    is_away = False

    def ask(held: lock.Held) -> tuple[int, int]:
        if is_away:
            raise IndexAway("no answer")
        return changed(held)

    def switch(away: bool) -> None:
        nonlocal is_away
        is_away = away

    monkeypatch.setattr(lock.Held, "_changed", ask)
    yield switch
    is_away = False


def test_a_writer_that_hears_nothing_for_long_goes_on_where_nobody_took_over(
    index: OpenSearchIndex, unheard: Callable[[bool], None]
) -> None:
    with index.writing() as writer:
        unheard(True)
        time.sleep(2.0)
        unheard(False)
        writer.put(a_document(2))
        writer.commit(4)

    assert index.count(All()) == 2


def test_a_writer_that_another_took_over_from_stops(
    index: OpenSearchIndex, tmp_path: Path, unheard: Callable[[bool], None]
) -> None:
    other = opened.index(tmp_path / "index")
    with index.writing() as writer:
        unheard(True)
        other.apply([a_document(5)], (), 4)
        unheard(False)
        with pytest.raises(IndexBusy):
            writer.put(a_document(2))

    assert (index.count(All()), index.revision) == (2, 4)
    other.close()


def test_a_writer_says_in_the_end_that_nobody_answers(
    index: OpenSearchIndex,
    unheard: Callable[[bool], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.5)
    with index.writing() as writer:
        unheard(True)
        time.sleep(1.5)
        with pytest.raises(IndexAway, match="has not answered"):
            writer.put(a_document(2))
        unheard(False)
