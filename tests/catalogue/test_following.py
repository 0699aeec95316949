from collections.abc import Iterator
from pathlib import Path

import pytest

from made.files import deletion, pubmed_file, record
from ownjournal.catalogue import following, store
from ownjournal.catalogue.following import behind, follow, rebuild
from ownjournal.catalogue.ingest import Loading, ingest
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.parser import parse
from ownjournal.search.query import All

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    opened = EmbeddedIndex.open(tmp_path / "index")
    yield opened
    opened.close()


def load(folder: Path, number: int, *parts: str) -> None:
    path = pubmed_file(folder, f"pubmed26n{number:04}.xml.gz", *parts)
    ingest([path], Loading(spool=folder / "spool", workers=1))


def found(index: EmbeddedIndex, words: str) -> list[int]:
    hits = index.search(parse(words).query, limit=10).hits
    return sorted(hit.pmid for hit in hits)


def test_the_index_comes_to_the_stores_revision(
    tmp_path: Path, index: EmbeddedIndex
) -> None:
    load(tmp_path, 1, record(1, "Aspirin and fever"), record(2, "Gout"))
    load(tmp_path, 2, record(2, "Gout and aspirin"), record(3, "Aspirin"), deletion(3))
    assert behind(index) == 4

    follow(index)

    assert index.revision == store.revision()
    assert behind(index) == 0
    assert found(index, "aspirin") == [1, 2]


def test_it_waits_until_enough_has_changed(
    tmp_path: Path, index: EmbeddedIndex
) -> None:
    load(tmp_path, 1, record(1))

    follow(index, at_least=2)
    assert index.revision == 0

    load(tmp_path, 2, record(2))
    follow(index, at_least=2)
    assert index.count(All()) == 2


def test_it_commits_at_the_borders_of_revisions(
    tmp_path: Path, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "WORTH_A_COMMIT", 2)
    for number in range(1, 6):
        load(tmp_path, number, record(number, "Aspirin"))

    follow(index)

    assert index.revision == 5
    assert found(index, "aspirin") == [1, 2, 3, 4, 5]


def test_an_index_built_anew_equals_one_that_followed(
    tmp_path: Path, index: EmbeddedIndex
) -> None:
    load(tmp_path, 1, record(1, "Aspirin"), record(2, "Aspirin"))
    follow(index)
    load(tmp_path, 2, deletion(1))
    follow(index)

    rebuild(index)

    assert index.revision == store.revision()
    assert found(index, "aspirin") == [2]
    assert index.count(All()) == 1


def test_following_twice_changes_nothing(tmp_path: Path, index: EmbeddedIndex) -> None:
    load(tmp_path, 1, record(1, "Aspirin"))
    follow(index)
    before = index.search(All(), limit=5)

    follow(index)

    assert index.search(All(), limit=5) == before
