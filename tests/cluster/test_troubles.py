"""What only a real cluster shows: lost aliases, full disks, halves of rebuilds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster import opened
from ownjournal.search.index import IndexAway, IndexUnusable
from ownjournal.search.opensearch.columns import READABLE
from ownjournal.search.opensearch.index import OpenSearchIndex
from ownjournal.search.opensearch.state import STATE
from ownjournal.search.query import All, Term
from search.made_documents import a_document, documents


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "index"
    opened.remove(tmp_path / "index")


@pytest.fixture
def index(folder: Path) -> Iterator[OpenSearchIndex]:
    index = opened.index(folder)
    index.apply([a_document(1), a_document(2)], (), 3)
    yield index
    index.close()


def behind(folder: Path) -> str:
    """The index that the alias leads to."""
    there = opened.cluster(folder)
    found = there.ask(lambda c: c.indices.get_alias(name=there.address.name))
    [name] = found
    return str(name)


def test_a_lost_alias_is_named_and_a_rebuild_sets_it_again(
    folder: Path, index: OpenSearchIndex
) -> None:
    there = opened.cluster(folder)
    name = behind(folder)
    there.ask(lambda c: c.indices.delete_alias(index=name, name=there.address.name))

    with pytest.raises(IndexUnusable, match=f"No alias .* leads to the index {name}"):
        index.check()
    with pytest.raises(IndexUnusable, match="set it again"):
        index.count(All())

    with index.rebuilding() as writer:
        writer.put(a_document(5))
        writer.commit(3)
    index.check()
    assert index.count(All()) == 1
    assert behind(folder) != name


def test_an_index_that_takes_nothing_in_says_that_a_disk_is_full(
    folder: Path, index: OpenSearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cluster sets this block itself when little is left of a disk."""
    monkeypatch.setattr("ownjournal.search.opensearch.writer.REJECTED", 1)
    there, name = opened.cluster(folder), behind(folder)

    def watch(whether: bool | None) -> None:
        """Whether the cluster looks at its disks, and would take the block away."""
        body = {
            "persistent": {"cluster.routing.allocation.disk.threshold_enabled": whether}
        }
        there.ask(lambda c: c.cluster.put_settings(body=body))

    def block(whether: bool | None) -> None:
        body = {"index.blocks.read_only_allow_delete": whether}
        there.ask(lambda c: c.indices.put_settings(index=name, body=body))

    watch(False)
    block(True)
    with pytest.raises(IndexAway, match="a disk of it is full"):
        index.apply([a_document(3)], (), 4)
    with pytest.raises(IndexAway, match="a disk of it is full"):
        index.check()
    assert index.count(All()) == 2

    block(None)
    watch(None)
    index.apply([a_document(3)], (), 4)
    assert (index.count(All()), index.revision) == (3, 4)


def test_what_a_killed_commit_left_is_neither_seen_nor_kept(
    folder: Path, index: OpenSearchIndex
) -> None:
    """A writer that died after its rows and before its moment."""
    there, name = opened.cluster(folder), behind(folder)
    with index.writing() as writer:
        writer.put(a_document(1, texts=("late",)))
        writer.put(a_document(9, texts=("late",)))
        writer._flush()
        writer._touched.clear()  # as if it could not drop them any more
    there.ask(lambda c: c.indices.refresh(index=name))
    rows = there.ask(lambda c: c.count(index=name))["count"]
    assert rows == 2 + 2 + 1  # and the state

    assert index.count(All()) == 2
    assert index.count(Term("late")) == 0
    assert sorted(pmid for pmid, _ in index.held()) == [1, 2]

    index.apply([a_document(7)], (), 4)
    assert index.count(Term("late")) == 0
    assert index.count(All()) == 3


def test_a_commit_that_died_before_its_older_rows_went_is_finished(
    folder: Path, index: OpenSearchIndex
) -> None:
    with index.writing() as writer:
        writer.put(a_document(1, texts=("newer",)))
        writer._uncover = lambda rows: None  # type: ignore[method-assign]
        writer.commit(4)

    assert index.count(All()) == 2
    assert index.count(Term("newer")) == 1
    assert index.count(Term("people")) == 1
    index.check()

    index.apply([a_document(8)], (), 5)

    assert index.count(All()) == 3
    there, name = opened.cluster(folder), behind(folder)
    state = there.ask(lambda c: c.get(index=name, id=STATE))["_source"]["state"]
    assert state["hiding"] == 0


def test_a_rebuild_that_was_left_does_not_disturb_and_is_gone_on_with(
    folder: Path, index: OpenSearchIndex
) -> None:
    with pytest.raises(KeyboardInterrupt), index.rebuilding() as writer:
        writer.put(a_document(4))
        writer.commit(1)
        raise KeyboardInterrupt

    index.check()
    assert (index.count(All()), index.revision) == (2, 3)
    with index.rebuilding() as writer:
        assert writer.revision == 1
        writer.commit(3)
    assert [hit.pmid for hit in index.search(All(), limit=5).hits] == [4]


def test_lost_shards_are_named_with_what_to_do(
    folder: Path, index: OpenSearchIndex
) -> None:
    there, name = opened.cluster(folder), behind(folder)
    red = f"{there.address.name}-v1-red"
    nowhere = {"index.routing.allocation.require._name": "nobody"}
    there.ask(
        lambda c: c.indices.create(
            index=red, body={"settings": nowhere}, params={"wait_for_active_shards": 0}
        )
    )
    alias = there.address.name
    moves = [
        {"remove_index": {"index": name}},
        {"add": {"index": red, "alias": alias}},
    ]
    there.ask(lambda c: c.indices.update_aliases(body={"actions": moves}))

    with pytest.raises(IndexUnusable, match=r"lost \(red\): start the nodes"):
        index.check()


def test_a_rebuilt_index_has_all_its_copies_before_it_is_read(
    folder: Path, index: OpenSearchIndex
) -> None:
    there = opened.cluster(folder)
    building = f"{there.address.name}-building"

    with index.rebuilding() as writer:
        writer.put(a_document(4))
        writer.commit(3)
        health = there.ask(lambda c: c.cluster.health(index=building))
        assert health["active_shards"] == there.address.shards

    health = there.ask(lambda c: c.cluster.health(index=behind(folder)))
    shards = there.address.shards * (1 + there.address.replicas)
    assert (health["status"], health["active_shards"]) == ("green", shards)


def test_a_commit_larger_than_one_list_of_what_it_replaces_is_one_moment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ownjournal.search.opensearch.writer.HIDDEN_AT_ONCE", 7)
    index = opened.index(folder)
    many = documents(40)
    index.apply(many, (), 1)
    with index.writing() as writer:
        for each in many:
            writer.put(a_document(each.pmid, texts=("second",)))
        writer._uncover = lambda rows: None  # type: ignore[method-assign]
        writer.commit(2)

    assert index.count(All()) == 40
    assert index.count(Term("second")) == 40
    index.close()


def test_an_index_of_an_earlier_version_answers_until_the_new_one_is_built(
    folder: Path, index: OpenSearchIndex
) -> None:
    there, name = opened.cluster(folder), behind(folder)
    state = there.ask(lambda c: c.get(index=name, id=STATE))["_source"]["state"]
    earlier = {"state": {**state, "schema": READABLE[0]}}
    there.ask(lambda c: c.index(index=name, id=STATE, body=earlier))

    assert (index.count(All()), index.revision) == (2, 0)
    with pytest.raises(IndexUnusable, match="this program needs"):
        index.apply([a_document(3)], (), 4)

    with index.rebuilding() as writer:
        writer.put(a_document(5))
        assert index.count(All()) == 2
        writer.commit(5)
    assert (index.count(All()), index.revision) == (1, 5)
