from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from made.articles import an_article
from made.files import deletion, pubmed_file, record
from made.shelf import shelve
from ownjournal.catalogue import checking, following, store
from ownjournal.catalogue.checking import Drift, drift
from ownjournal.catalogue.following import behind, follow, keep_up, mend, rebuild
from ownjournal.catalogue.ingest import Loading, ingest
from ownjournal.pubmed.article import Correction
from ownjournal.search.document import document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.index import IndexUnusable
from ownjournal.search.parser import parse
from ownjournal.search.query import All
from search.made_documents import a_document

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


def test_what_the_store_calls_retracted_comes_last(
    tmp_path: Path, index: EmbeddedIndex
) -> None:
    first = an_article(pmid=1, title="Aspirin, aspirin")
    shelve(first, an_article(pmid=2, title="Sleep and aspirin in winter"))
    follow(index)
    query = parse("aspirin").query
    assert query is not None
    assert [hit.pmid for hit in index.search(query, limit=5).hits] == [1, 2]

    shelve(replace(first, corrections=(Correction("RetractionIn", pmid=7),)))
    follow(index)

    assert [hit.pmid for hit in index.search(query, limit=5).hits] == [2, 1]


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


# An index that differs


@pytest.fixture
def three(tmp_path: Path, index: EmbeddedIndex) -> EmbeddedIndex:
    """An index of articles 1 to 3, each from a file of its own, and 4 taken back."""
    for pmid in (1, 2, 3):
        load(tmp_path, pmid, record(pmid, "Aspirin"))
    load(tmp_path, 4, record(4, "Aspirin"))
    load(tmp_path, 5, deletion(4))
    follow(index)
    return index


def spoil(index: EmbeddedIndex) -> None:
    """Take 1 out, put 4 back, and leave 3 as it was before its last change."""
    with index.writing() as writer:
        writer.delete(1)
        old = next(content for _, _, content in store.contents([3]))
        assert old is not None
        writer.put(document(old.article, old.appraisal, 2))
        writer.put(a_document(4, revision=4))
        writer.commit(writer.revision)


def test_an_index_that_followed_does_not_differ(three: EmbeddedIndex) -> None:
    assert drift(three) == Drift((), (), ())
    assert not drift(three)


def test_every_article_that_differs_is_found_and_put_right(
    three: EmbeddedIndex,
) -> None:
    spoil(three)
    assert drift(three) == Drift(missing=(1,), extra=(4,), stale=(3,))

    assert mend(three) == Drift(missing=(1,), extra=(4,), stale=(3,))

    assert not drift(three)
    assert found(three, "aspirin") == [1, 2, 3]
    assert three.revision == store.revision()
    assert not mend(three)


def test_the_last_article_of_the_index_is_compared_too(three: EmbeddedIndex) -> None:
    with three.writing() as writer:
        writer.put(a_document(99_000_001, revision=1))
        writer.commit(writer.revision)

    assert drift(three) == Drift((), (99_000_001,), ())


def test_what_the_index_is_still_to_follow_is_no_difference(
    tmp_path: Path, three: EmbeddedIndex
) -> None:
    load(tmp_path, 6, record(1, "Aspirin again"), record(7), deletion(2))
    assert not drift(three)


def test_an_index_that_differs_in_very_much_has_to_be_built_anew(
    three: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(three)
    monkeypatch.setattr(checking, "MOST_DRIFT", 2)

    with pytest.raises(IndexUnusable, match="over 2 articles"):
        drift(three)


def test_an_index_ahead_of_the_store_is_built_anew(
    tmp_path: Path, three: EmbeddedIndex
) -> None:
    """The store was put back from a copy; the index was not."""
    with three.writing() as writer:
        writer.put(a_document(50))
        writer.commit(store.revision() + 3)

    with pytest.raises(IndexUnusable, match="ahead of the store"):
        follow(three)
    keep_up(three)

    assert three.revision == store.revision()
    assert not drift(three)
    assert three.count(All()) == 3


def test_loading_goes_on_where_the_index_cannot(
    tmp_path: Path, three: EmbeddedIndex
) -> None:
    path = pubmed_file(tmp_path, "pubmed26n0006.xml.gz", record(6, "Aspirin"))
    state = next((tmp_path / "index").glob("*/state"))
    state.write_bytes(b"damaged")

    [outcome] = ingest(
        [path], Loading(spool=tmp_path / "spool", workers=1), index=three
    )

    assert outcome.state == "applied"
    assert found(three, "aspirin") == [1, 2, 3, 6]
    assert not drift(three)


def test_loading_goes_on_where_the_index_cannot_be_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The disk that holds the index fails or is full: the operator is told."""
    path = pubmed_file(tmp_path, "pubmed26n0006.xml.gz", record(6, "Aspirin"))
    (tmp_path / "index").write_bytes(b"no folder")
    index = EmbeddedIndex.open(tmp_path / "index")

    [outcome] = ingest(
        [path], Loading(spool=tmp_path / "spool", workers=1), index=index
    )

    assert outcome.state == "applied"
    assert "The index stays behind the store" in caplog.text


def test_an_index_is_not_built_anew_while_files_are_still_to_come(
    tmp_path: Path, three: EmbeddedIndex
) -> None:
    next((tmp_path / "index").glob("*/state")).write_bytes(b"damaged")

    keep_up(three, at_least=1)
    with pytest.raises(IndexUnusable):
        assert three.revision

    keep_up(three)
    assert three.revision == store.revision()


def test_loading_goes_on_while_another_writes_to_the_index(
    tmp_path: Path, three: EmbeddedIndex
) -> None:
    path = pubmed_file(tmp_path, "pubmed26n0006.xml.gz", record(6, "Aspirin"))
    with EmbeddedIndex.open(tmp_path / "index").writing():
        ingest([path], Loading(spool=tmp_path / "spool", workers=1), index=three)

    assert behind(three) == 1
