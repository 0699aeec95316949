"""The index of a moved site: built beside the one that is read, and compared.

The cluster's place is taken by an index in a folder, for which the same contract holds;
tests/cluster has the real one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import store
from ownjournal.search.document import document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.query import All
from ownjournal.site.moving import record
from ownjournal.site.moving.moving import Move, open_again
from ownjournal.site.moving.problem import MovingProblem

URL = "https://ada:secret@search.test/ownjournal"


@pytest.fixture
def there(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EmbeddedIndex]:
    """What is in the place of the cluster."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite is what is left")
    settings.DATA_DIR = tmp_path
    index = EmbeddedIndex.open(tmp_path / "cluster")
    monkeypatch.setattr("ownjournal.site.moving.search.cluster", lambda url: index)
    shelve(*(an_article(pmid=99_100_001 + each) for each in range(3)))
    yield index
    index.close()


def move() -> Move:
    return Move.to(None, URL, lambda _: None)


@pytest.mark.django_db(transaction=True)
def test_an_index_is_built_and_follows_until_it_is_used(there: EmbeddedIndex) -> None:
    first = move().prepare()
    shelve(an_article(pmid=99_100_009))
    second = move().prepare()

    assert (first.articles, second.articles, second.tables) == (3, 4, 0)
    assert there.revision == store.revision()
    assert there.count(All()) == 4
    known = record.begun()
    assert known is not None
    assert str(known) == "https://search.test:9200/ownjournal"


@pytest.mark.django_db(transaction=True)
def test_an_index_that_this_move_has_not_begun_is_left_alone(
    there: EmbeddedIndex,
) -> None:
    move().prepare()
    open_again()

    with pytest.raises(MovingProblem, match="no move of this site has begun"):
        move()


@pytest.mark.django_db(transaction=True)
def test_an_index_that_another_writes_to_is_seen(there: EmbeddedIndex) -> None:
    move().prepare()
    kept = store.get(99_100_001)
    assert kept is not None
    stranger = document(kept.article, kept.appraisal, 1)
    there.apply([stranger], [99_100_002], store.revision() + 1)

    with pytest.raises(MovingProblem, match="ahead of the store"):
        move().prepare()

    shelve(an_article(pmid=99_100_009))
    with pytest.raises(MovingProblem, match="differs from the catalogue in 2 articles"):
        move().prepare()


@pytest.mark.django_db(transaction=True)
def test_the_index_in_use_is_no_place_to_move_to(
    there: EmbeddedIndex, settings: Any
) -> None:
    settings.SEARCH_URL = "https://search.test:9200/ownjournal?shards=1"

    with pytest.raises(MovingProblem, match="is at https://search.test:9200"):
        move()
