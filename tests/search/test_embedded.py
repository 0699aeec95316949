"""The folder of the embedded index: damage, versions, and what a crash leaves."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from ownjournal.search import columns, embedded
from ownjournal.search import folder as folders
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.engine import trouble_told
from ownjournal.search.index import Hits, IndexAway, IndexUnusable
from ownjournal.search.query import All, And, Prefix, Query, Term
from ownjournal.search.tantivy_parts import SOME_TERMS
from search.made_documents import a_document, documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of 60 documents in two segments, one with deletions."""
    index = EmbeddedIndex.open(tmp_path / "index")
    index.apply(documents(40), (), 1)
    index.apply(documents(60)[30:], (), 2)
    index.close()
    return tmp_path / "index"


def live(folder: Path) -> Path:
    found = folders.live(folder)
    assert found is not None
    return found


def engine_files(folder: Path) -> list[Path]:
    path = live(folder)
    return sorted(path / each.name for each in path.iterdir() if each.stat().st_size)


def remove(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3])


def flip(file: Path) -> None:
    """Change one bit of what the engine wrote, not of its version behind it."""
    content = bytearray(file.read_bytes())
    written = content.rfind(b'{"version"')
    length = len(content) if written < 0 else max(written, 1)
    content[random.Random(file.suffix).randrange(length)] ^= 4
    file.write_bytes(content)


@pytest.mark.parametrize("harm", [remove, empty, cut, flip])
def test_every_damage_is_told_and_repaired_by_building_anew(
    folder: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    for file in engine_files(folder):
        if file.name.startswith(".") or (harm is flip and file.suffix == ".json"):
            continue  # a list for cleaning up; a text in which not every bit matters
        copy = shutil.copytree(folder, tmp_path / f"copy-{file.name}")
        harm(live(copy) / file.name)

        index = EmbeddedIndex.open(copy)
        with pytest.raises(IndexUnusable):
            index.check()

        with index.rebuilding() as writer:
            for document in documents(60):
                writer.put(document)
            writer.commit(2)
        index.check()
        assert (index.revision, index.count(All())) == (2, 60)


@pytest.mark.parametrize("harm", [remove, empty, cut])
def test_a_missing_or_short_file_is_told_by_using_the_index(
    folder: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    for file in engine_files(folder):
        if file.name.startswith("."):
            continue
        copy = shutil.copytree(folder, tmp_path / f"copy-{file.name}")
        harm(live(copy) / file.name)
        index = EmbeddedIndex.open(copy)

        with pytest.raises(IndexUnusable):
            index.search(Term("fever"), limit=5)
        with pytest.raises(IndexUnusable):
            index.apply([], (), 3)
        with pytest.raises(IndexUnusable):
            assert index.revision


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("state", b'"revision":2', b'"revision":3'),
        ("meta.json", b'"tokenizer": "words"', b'"tokenizer": "codes"'),
        ("meta.json", b'"num_deleted_docs": 10', b'"num_deleted_docs": 11'),
    ],
)
def test_a_wrong_number_in_a_readable_file_is_told(
    folder: Path, name: str, old: bytes, new: bytes
) -> None:
    file = live(folder) / name
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))

    with pytest.raises(IndexUnusable):
        EmbeddedIndex.open(folder).check()


@pytest.mark.parametrize("name", [b"000009", b"../../etc", b"\xff\xfe", b""])
def test_a_damaged_name_of_the_live_index_is_told(folder: Path, name: bytes) -> None:
    folders.live_file(folder).write_bytes(name)

    with pytest.raises(IndexUnusable):
        EmbeddedIndex.open(folder).search(All(), limit=1)


def test_an_index_of_another_version_is_told(
    folder: Path,
) -> None:
    state = folders.read_state(live(folder), columns.WRITABLE)
    newer = replace(state, schema=columns.SCHEMA_VERSION + 1)
    folders.write_state(live(folder), newer)
    index = EmbeddedIndex.open(folder)

    with pytest.raises(IndexUnusable, match="another version"):
        index.search(All(), limit=1)
    with pytest.raises(IndexUnusable, match="another version"), index.writing():
        pass

    with index.rebuilding() as writer:
        assert writer.revision == 0
        writer.commit(1)
    assert index.count(All()) == 0


def test_an_index_of_the_version_before_answers_until_it_is_built_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the versions have the same columns."""
    versions = (columns.SCHEMA_VERSION - 1, columns.SCHEMA_VERSION)
    monkeypatch.setattr("ownjournal.search.embedded.READABLE", versions)
    state = folders.read_state(live(folder), columns.WRITABLE)
    folders.write_state(live(folder), replace(state, schema=versions[0]))
    index = EmbeddedIndex.open(folder)
    held = index.count(All())
    assert held > 0
    assert index.revision == 0  # so that whoever brings it up to date tries
    index.check()

    with pytest.raises(IndexUnusable, match="another version"), index.writing():
        pass
    with index.rebuilding() as writer:
        assert writer.revision == 0
        assert index.count(All()) == held
        writer.commit(1)

    assert (index.count(All()), index.revision) == (0, 1)


def test_an_index_without_the_newest_columns_does_what_it_can(folder: Path) -> None:
    state = folders.read_state(live(folder), columns.WRITABLE)
    oldest = min(columns.READABLE)
    folders.write_state(live(folder), replace(state, schema=oldest))
    index = EmbeddedIndex.open(folder)

    best = index.listed(All(), limit=60, order="best")
    counts = index.facets(All(), ["issued", "language"])

    assert best == index.listed(All(), limit=60, order="newest")
    assert counts["issued"] == ()
    assert counts["language"]


def test_half_an_index_of_another_version_is_begun_anew(folder: Path) -> None:
    index = EmbeddedIndex.open(folder)
    with pytest.raises(KeyError), index.rebuilding() as writer:
        writer.put(a_document(1))
        writer.commit(1)
        raise KeyError
    building = folder / folders.BUILDING
    state = folders.read_state(building, columns.WRITABLE)
    folders.write_state(building, replace(state, schema=0))

    with index.rebuilding() as writer:
        assert writer.revision == 0
        writer.commit(2)

    assert index.count(All()) == 0


def test_an_index_that_lost_a_commit_is_told(folder: Path, tmp_path: Path) -> None:
    """A disk that lied about the engine's file but kept our later one."""
    before = (live(folder) / "meta.json").read_bytes()
    shutil.copytree(live(folder), tmp_path / "files")
    index = EmbeddedIndex.open(folder)
    index.apply([a_document(1)], (), 3)
    shutil.copytree(tmp_path / "files", live(folder), dirs_exist_ok=True)
    (live(folder) / "meta.json").write_bytes(before)
    state = folders.read_state(tmp_path / "files", columns.WRITABLE)
    folders.write_state(
        live(folder), replace(state, revision=3, opstamp=state.opstamp + 10)
    )

    with pytest.raises(IndexUnusable, match="lost its last commit"):
        EmbeddedIndex.open(folder).check()


def test_a_commit_without_its_note_is_repeated(folder: Path) -> None:
    """A crash after the engine's commit and before our note of the revision."""
    noted = (live(folder) / "state").read_bytes()
    index = EmbeddedIndex.open(folder)
    index.apply([a_document(1)], (), 3)
    (live(folder) / "state").write_bytes(noted)

    assert index.revision == 2
    index.check()
    index.apply([a_document(1)], (), 3)

    assert (index.revision, index.count(All())) == (3, 61)


def test_what_a_killed_commit_left_is_no_obstacle(folder: Path, tmp_path: Path) -> None:
    """The engine gives a repeated commit's deletions the same file name again."""
    copy = shutil.copytree(folder, tmp_path / "copy")
    gone = [99_000_001, 99_000_050]
    EmbeddedIndex.open(copy).apply([], gone, 3)
    [*left] = {each.name for each in live(copy).glob("*.del")} - {
        each.name for each in live(folder).glob("*.del")
    }
    assert left
    managed = live(folder) / ".managed.json"
    names = json.loads(managed.read_bytes())
    for name in left:
        shutil.copy(live(copy) / name, live(folder) / name)
        names.append(name)
    managed.write_text(json.dumps(names))

    index = EmbeddedIndex.open(folder)
    index.apply([], gone, 3)

    assert index.count(All()) == 58


@pytest.mark.parametrize("step", ["renamed", "named"])
def test_a_crash_while_a_new_index_takes_its_place_is_tidied_up(
    folder: Path, step: str
) -> None:
    spare = shutil.copytree(live(folder), folder / "000007")
    if step == "named":
        folders.live_file(folder).write_text("000007")
    index = EmbeddedIndex.open(folder)

    assert index.count(All()) == 60
    index.apply([a_document(1)], (), 3)

    assert index.count(All()) == 61
    kept = {each.name for each in folder.iterdir() if each.is_dir()}
    assert kept == {spare.name if step == "named" else "000001"}


def test_a_reader_goes_on_while_its_index_is_replaced(folder: Path) -> None:
    reader = EmbeddedIndex.open(folder)
    assert reader.count(All()) == 60

    for revision in range(5, 8):
        with EmbeddedIndex.open(folder).rebuilding() as writer:
            writer.put(a_document(revision))
            writer.commit(revision)
        [hit] = reader.search(All(), limit=5).hits
        assert hit.pmid == revision
        assert reader.revision == revision


def test_a_closed_index_opens_again_when_asked(folder: Path) -> None:
    index = EmbeddedIndex.open(folder)
    assert index.count(All()) == 60
    index.close()

    assert index.count(All()) == 60


def test_pages_hold_their_order_among_more_equals_than_a_page(tmp_path: Path) -> None:
    """Equal articles in many segments: the engine's own order would be by segment."""
    index = EmbeddedIndex.open(tmp_path / "index")
    for revision in range(1, 5):
        some = [a_document(n * 4 + revision) for n in range(30)]
        index.apply(some, (), revision)

    found = [
        hit.pmid
        for offset in range(0, 120, 10)
        for hit in index.search(Term("velotrine"), limit=10, offset=offset).hits
    ]

    assert found == sorted(found, reverse=True)
    assert len(found) == 120


def test_what_is_held_is_told_in_steps_without_gap_or_repeat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PMIDs at both sides of every border at which a step is halved."""
    monkeypatch.setattr(embedded, "_AT_ONCE", 3)
    borders = [1 << power for power in range(2, 30)]
    pmids = sorted({border + by for border in borders for by in (-1, 0, 1)})
    index = EmbeddedIndex.open(tmp_path / "index")
    index.apply([a_document(pmid, revision=1) for pmid in reversed(pmids)], (), 1)

    assert list(index.held()) == [(pmid, 1) for pmid in pmids]


@pytest.mark.parametrize("words", [1, SOME_TERMS, SOME_TERMS + 1, 300])
def test_a_beginning_finds_every_word_however_many_there_are(
    tmp_path: Path, words: int
) -> None:
    index = EmbeddedIndex.open(tmp_path / "index")
    some = [a_document(n, texts=(f"podagr{n}д",)) for n in range(1, words + 1)]
    index.apply([*some, a_document(9_999, texts=("podag",))], (), 1)

    assert index.count(Prefix("podagr")) == words
    assert index.count(And((Prefix("podagr"), Term("velotrine", "ti")))) == words
    assert index.count(Prefix("podagrx")) == 0


def test_what_is_asked_for_twice_counts_once(tmp_path: Path) -> None:
    index = EmbeddedIndex.open(tmp_path / "index")
    index.apply([a_document(n, texts=("fever", "tumour")) for n in (1, 2)], (), 1)
    fever, tumour = Term("fever"), Term("tumour")

    def hits(*parts: Query) -> Hits:
        return index.search(And(parts), limit=5)

    once = hits(fever, tumour)
    assert once.total == 2
    assert hits(fever, tumour, fever) == once
    assert hits(fever, And((tumour, And((fever, tumour))))) == once


def test_a_word_among_the_headings_counts_little_beside_one_in_the_text(
    tmp_path: Path,
) -> None:
    index = EmbeddedIndex.open(tmp_path / "index")
    named = a_document(1, texts=(), names=("Tumour",), codes=("mh:tumour",))
    index.apply([named, a_document(2, texts=("One tumour here.",), names=())], (), 1)

    hits = index.search(Term("tumour"), limit=5).hits

    assert [hit.pmid for hit in hits] == [2, 1]
    assert hits[1].score < hits[0].score / 2


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("An IO error occurred: No space left on device (os error 28)", IndexAway),
        ("An IO error occurred: Input/output error (os error 5)", IndexUnusable),
    ],
)
def test_a_full_disk_is_no_damage(
    tmp_path: Path, said: str, kind: type[IndexUnusable]
) -> None:
    """As the engine tells it; a damaged index would be built anew, on a full disk."""
    with pytest.raises(IndexUnusable) as raised, trouble_told(tmp_path):
        raise ValueError(said)

    assert raised.type is kind
