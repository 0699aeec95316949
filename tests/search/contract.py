"""What every index must do. An implementation runs all of it, or it is none.

    class TestEmbedded(IndexContract):
        opener = "ownjournal.search.embedded:EmbeddedIndex.open"
        spoiler = "search.test_contract:spoil"

`opener` names a callable that takes a folder of the index's own; it is a text
because some tests write from another process. `spoiler` names one that makes the
index of a folder impossible to read.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from operator import attrgetter
from pathlib import Path
from pkgutil import resolve_name
from threading import Event, Thread
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownjournal.search.document import Document
from ownjournal.search.index import MAX_DEPTH, Index, IndexBusy, TooDeep
from ownjournal.search.parser import parse
from ownjournal.search.query import All, Query, Term
from search import made_queries
from search.facets_contract import FacetsContract
from search.made_documents import a_document, documents
from search.oracle import found
from search.places_contract import PlacesContract
from search.similar_contract import SimilarContract
from search.subjects_contract import SubjectsContract
from search.trouble_contract import TroubleContract
from search.writing_process import Writing, deletions, expected_documents


def pmids(index: Index, query: str | Query, **how: object) -> list[int]:
    tree = parse(query).query if isinstance(query, str) else query
    assert tree is not None
    hits = index.search(tree, limit=1_000, **how)  # type: ignore[arg-type]
    return [hit.pmid for hit in hits.hits]


class IndexContract(
    SimilarContract, FacetsContract, PlacesContract, SubjectsContract, TroubleContract
):
    opener: ClassVar[str]

    @classmethod
    def made(cls, folder: Path) -> Index:
        index: Index = resolve_name(cls.opener)(folder)
        return index

    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[Index]:
        index = self.made(tmp_path / "index")
        yield index
        index.close()

    @contextmanager
    def holding(self, folder: Path, kept: Iterable[Document]) -> Iterator[Index]:
        index = self.made(folder)
        index.apply(kept, (), 1)
        yield index
        index.close()

    @pytest.fixture(scope="class")
    @classmethod
    def many(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
        """An index of MANY, written in several commits and partly twice."""
        index = cls.made(tmp_path_factory.mktemp("many") / "index")
        index.apply(documents(200, seed=2), (), 1)  # all replaced later
        for revision in range(2, 6):
            start = (revision - 2) * 50
            index.apply(MANY[start : start + 50], (), revision)
        yield index
        index.close()

    # What is found

    @pytest.mark.parametrize("text", made_queries.EVERY_FORM)
    def test_every_form_finds_what_a_plain_reading_finds(
        self, many: Index, text: str
    ) -> None:
        tree = parse(text).query
        assert tree is not None
        expected = found(tree, MANY)

        assert pmids(many, tree, order="newest") == expected
        assert sorted(pmids(many, tree)) == sorted(expected)
        assert many.count(tree) == len(expected)

    @given(tree=made_queries.trees)
    @settings(
        max_examples=120,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_any_tree_finds_what_a_plain_reading_finds(
        self, many: Index, tree: Query
    ) -> None:
        assert pmids(many, tree, order="newest") == found(tree, MANY)
        assert many.count(tree) == len(found(tree, MANY))

    @given(text=made_queries.hostile)
    @settings(
        max_examples=200,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_any_text_is_answered(self, many: Index, text: str) -> None:
        for field in ("au", "fau", "1au", "mh", "all", "ad", "aid"):
            tree = parse(f"{text} OR {text}[{field}]").query
            if tree is not None:
                assert 0 <= many.count(tree) <= len(MANY)

    @pytest.mark.parametrize("words", range(1, 10))
    @pytest.mark.parametrize("letter", ["x", "ж", "語"])
    def test_a_name_of_any_length_is_answered(
        self, many: Index, words: int, letter: str
    ) -> None:
        for length in (1, 4, 8, 12, 25, 50, 100, 200):
            name = " ".join([letter * length] * words)
            for field in ("au", "fau", "1au", "fir"):
                tree = parse(f"{name}[{field}]").query
                assert tree is None or many.count(tree) == 0

    def test_a_word_is_found_in_every_spelling(self, index: Index) -> None:
        texts = ["IL-6 rose", "IL6 rose", "IL 6 rose", "TNF-α fell", "TNFalpha fell"]
        index.apply([a_document(n, texts=(t,)) for n, t in enumerate(texts, 1)], (), 1)

        for query in ("IL-6", "IL6", "il 6", '"IL-6 rose"', '"il6 rose"'):
            assert sorted(pmids(index, query)) == [1, 2, 3], query
        for query in ("TNF-α", "TNFα", "tnfalpha", "TNF-alpha"):
            assert sorted(pmids(index, query)) == [4, 5], query

    def test_no_phrase_runs_from_one_text_into_the_next(self, index: Index) -> None:
        index.apply([a_document(1, texts=("one two", "three four"))], (), 1)

        assert pmids(index, '"three four"') == [1]
        assert pmids(index, '"two three"') == []

    def test_of_several_words_near_each_other_all_others_are_counted(
        self, index: Index
    ) -> None:
        texts = ["fever x velotrine y z merrow", "merrow fever velotrine", "fever"]
        index.apply([a_document(n, texts=(t,)) for n, t in enumerate(texts, 1)], (), 1)

        for distance, pmids_found in ((0, [2]), (2, [2]), (3, [1, 2])):
            near = f'"fever velotrine merrow"[tiab:~{distance}]'
            assert sorted(pmids(index, near)) == pmids_found

    # Order and pages

    def test_best_is_by_words_with_the_title_counting_more(self, index: Index) -> None:
        index.apply(
            [
                a_document(1, title=("Fever",), texts=("Nothing of note here now.",)),
                a_document(2, title=("Nothing",), texts=("Fever of note here now.",)),
                a_document(3, title=("Nothing",), texts=("Nothing of note now.",)),
            ],
            (),
            1,
        )

        assert pmids(index, "fever") == [1, 2]

    def test_a_rare_form_of_a_word_is_not_worth_more_than_the_usual_one(
        self, index: Index
    ) -> None:
        usual = [
            a_document(n, title=(), texts=(f"Tumour tumour tumour {n}",))
            for n in range(10, 30)
        ]
        rare = a_document(1, title=(), texts=("Tumours here and there",))
        index.apply([*usual, rare], (), 1)

        assert pmids(index, "tumour")[-1] == 1

    def test_a_retracted_article_comes_last(self, index: Index) -> None:
        best = a_document(
            1, title=("Fever fever",), texts=("Fever, fever",), retracted=True
        )
        index.apply([best, a_document(2, title=(), texts=("A fever.",))], (), 1)

        assert pmids(index, "fever") == [2, 1]

    def test_among_equals_the_newer_comes_first_then_the_higher_pmid(
        self, index: Index
    ) -> None:
        old, new = date(1990, 5, 1), date(2020, 5, 1)
        index.apply([a_document(4, sorted_on=new), a_document(9, sorted_on=old)], (), 1)
        index.apply(
            [a_document(5, sorted_on=new), a_document(3, sorted_on=None)], (), 2
        )

        assert pmids(index, "velotrine") == [5, 4, 9, 3]
        assert pmids(index, "velotrine", order="newest") == [5, 4, 9, 3]
        assert pmids(index, "english[la]") == [5, 4, 9, 3]

    @pytest.mark.parametrize("order", ["best", "newest"])
    @pytest.mark.parametrize("text", ["fever", "all[sb]", "fever OR english[la]"])
    def test_pages_follow_each_other_without_gap_or_repeat(
        self, many: Index, text: str, order: str
    ) -> None:
        tree = parse(text).query
        assert tree is not None
        whole = pmids(many, tree, order=order)
        paged = []
        for offset in range(0, len(whole), 7):
            page = many.search(tree, limit=7, offset=offset, order=order)  # type: ignore[arg-type]
            assert page.total == len(whole)
            paged += [hit.pmid for hit in page.hits]

        assert paged == whole
        beyond = many.search(tree, limit=7, offset=len(whole) + 5)
        assert (beyond.total, beyond.hits) == (len(whole), ())

    def test_a_page_too_deep_is_refused(self, index: Index) -> None:
        with pytest.raises(TooDeep):
            index.search(All(), limit=1, offset=MAX_DEPTH)

    # Documents come and go

    def test_an_index_never_written_is_empty(self, index: Index) -> None:
        assert index.revision == 0
        assert index.search(All(), limit=5).total == 0
        index.check()

    def test_a_document_replaces_the_one_with_its_pmid(self, index: Index) -> None:
        index.apply([a_document(1, title=("Old words",))], (), 1)
        index.apply([a_document(1, title=("New words",))], (), 2)

        assert pmids(index, "old") == []
        assert pmids(index, "new") == [1]
        assert index.count(All()) == 1

    def test_of_two_documents_with_one_pmid_the_later_stays(self, index: Index) -> None:
        index.apply(
            [a_document(1, title=("Old",)), a_document(1, title=("New",))], (), 1
        )

        assert pmids(index, "old") == []
        assert pmids(index, All()) == [1]

    def test_a_deleted_document_is_gone(self, index: Index) -> None:
        index.apply([a_document(1), a_document(2)], (), 1)
        index.apply([], [1, 77], 2)

        assert pmids(index, All()) == [2]
        assert index.revision == 2

    def test_a_revision_deletes_first_and_then_puts(self, index: Index) -> None:
        index.apply([a_document(1)], [1], 1)

        assert pmids(index, All()) == [1]

    def test_a_repeated_revision_changes_nothing(self, index: Index) -> None:
        index.apply([a_document(1)], (), 1)
        index.apply([a_document(1, title=("Newer",))], (), 2)

        index.apply([a_document(1), a_document(2)], (), 1)

        assert index.revision == 2
        assert pmids(index, "newer") == [1]
        assert index.count(All()) == 1

    def test_a_revision_that_fails_changes_nothing(self, index: Index) -> None:
        def failing() -> Iterator[Document]:
            yield a_document(2)
            raise OSError("the store went away")

        index.apply([a_document(1)], (), 1)

        with pytest.raises(OSError, match="went away"):
            index.apply(failing(), [1], 2)

        assert (index.revision, pmids(index, All())) == (1, [1])

    def test_what_is_not_committed_is_dropped(self, index: Index) -> None:
        with index.writing() as writer:
            writer.put(a_document(1))
            writer.commit(4)
            writer.put(a_document(2))
            assert writer.revision == 4

        assert pmids(index, All()) == [1]
        assert index.revision == 4

    def test_revisions_never_go_back(self, index: Index) -> None:
        with index.writing() as writer:
            writer.commit(4)
            with pytest.raises(ValueError, match="3 after 4"):
                writer.commit(3)

    @given(st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=12))
    @settings(max_examples=10, deadline=None)
    def test_any_order_of_puts_and_deletes_ends_as_the_last_ones_say(
        self, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool]]
    ) -> None:
        folder = tmp_path_factory.mktemp("order") / "index"
        index = self.made(folder)
        kept: dict[int, int] = {}
        with index.writing() as writer:
            for number, (pmid, deleted) in enumerate(steps):
                if deleted:
                    writer.delete(pmid)
                    kept.pop(pmid, None)
                else:
                    writer.put(a_document(pmid, texts=(f"step{number}",)))
                    kept[pmid] = number
                if number % 5 == 4:
                    writer.commit(number)
            writer.commit(99)

        assert sorted(pmids(index, All())) == sorted(kept)
        for pmid, number in kept.items():
            assert pmids(index, Term(f"step{number}")) == [pmid]
        index.close()

    # Several processes

    def test_only_one_writes_and_the_other_is_told(
        self, tmp_path: Path, index: Index
    ) -> None:
        other = self.made(tmp_path / "index")
        with index.writing():
            with pytest.raises(IndexBusy), other.writing():
                pass
            with pytest.raises(IndexBusy), other.rebuilding():
                pass

        other.apply([a_document(1)], (), 1)
        assert pmids(index, All()) == [1]

    def test_readers_see_whole_revisions_while_they_are_written(
        self, tmp_path: Path, index: Index
    ) -> None:
        """Each revision replaces all articles; no reader may see a mixture."""
        index.apply(expected_documents(1), (), 1)
        seen: list[int] = []
        done = Event()

        def read() -> None:
            reader = self.made(tmp_path / "index")
            while not done.is_set():
                seen.append(reader.count(All()))
            reader.close()

        reading = Thread(target=read)
        reading.start()
        for revision in range(2, 12):
            index.apply(expected_documents(revision), deletions(revision), revision)
        done.set()
        reading.join()

        assert set(seen) == {len(expected_documents(1))}

    def test_another_process_finds_what_was_committed(
        self, tmp_path: Path, index: Index
    ) -> None:
        index.apply([], (), 1)
        with Writing(self.opener, tmp_path / "index") as writing:
            writing.wait_for(4)

        assert index.revision >= 4
        assert pmids(index, All()) == pmids_of(index.revision)

    @pytest.mark.slow
    @pytest.mark.parametrize("milliseconds", [0, 3, 11, 20, 35, 50, 75, 110, 160, 230])
    def test_a_killed_writer_leaves_a_whole_revision(
        self, tmp_path: Path, milliseconds: int
    ) -> None:
        folder = tmp_path / "index"
        with Writing(self.opener, folder) as writing:
            writing.wait_for(2)
            writing.kill(after_seconds=milliseconds / 1000)
        index = self.made(folder)
        index.check()
        reached = index.revision

        # A kill between commit and note leaves one revision more than noted.
        assert reached >= writing.said
        assert pmids(index, All()) in (pmids_of(reached), pmids_of(reached + 1))
        for revision in range(reached + 1, reached + 3):  # the caller goes on
            index.apply(expected_documents(revision), deletions(revision), revision)
            assert pmids(index, All()) == pmids_of(revision)
            assert index.count(Term(f"revision{revision}")) == index.count(All())
        index.check()

    # Rebuilding

    def test_a_rebuilt_index_takes_the_place_of_the_old_one(
        self, tmp_path: Path, index: Index
    ) -> None:
        index.apply([a_document(1)], (), 7)
        reader = self.made(tmp_path / "index")
        assert pmids(reader, All()) == [1]

        with index.rebuilding() as writer:
            assert writer.revision == 0
            writer.put(a_document(2))
            writer.commit(5)
            assert pmids(reader, All()) == [1]

        assert pmids(reader, All()) == [2]
        assert (index.revision, reader.revision) == (5, 5)

    def test_a_rebuild_that_fails_goes_on_behind_its_last_commit(
        self, index: Index
    ) -> None:
        index.apply([a_document(1)], (), 7)
        with pytest.raises(OSError, match="no space"), index.rebuilding() as writer:
            writer.put(a_document(2))
            writer.commit(3)
            raise OSError("no space")
        assert (index.revision, pmids(index, All())) == (7, [1])

        with index.rebuilding() as writer:
            assert writer.revision == 3
            writer.put(a_document(3))
            writer.commit(7)

        assert sorted(pmids(index, All())) == [2, 3]

    def test_it_tells_how_many_articles_have_a_word(self, index: Index) -> None:
        """In the title or the text, and how many a heading of `similar`."""
        said = ["Fever, fever", "fever and feasts", "Fevers of the feet", "fete"]
        index.apply(
            [
                a_document(
                    pmid, title=("Fetlocks",), texts=(text,), codes=("mh:d005334",)
                )
                for pmid, text in enumerate(said, start=1)
            ],
            (),
            1,
        )

        assert index.frequencies(["fever", "fevers", "fetlocks", "bog"]) == {
            "fever": 2,
            "fevers": 1,
            "fetlocks": 4,
            "bog": 0,
        }
        assert index.frequencies(["mh:d005334", "mh:d000001"]) == {
            "mh:d005334": 4,
            "mh:d000001": 0,
        }
        assert index.frequencies([]) == {}
        assert list(index.beginning("fet", 9)) == [("fete", 1)]
        assert list(index.beginning("feve", 9)) == [("fever", 2), ("fevers", 1)]
        assert list(index.beginning("fe", 1)) == [("fever", 2)]
        assert list(index.beginning("bog", 9)) == []

    def test_a_rebuilt_index_answers_as_the_old_one(
        self, tmp_path: Path, many: Index
    ) -> None:
        with self.holding(tmp_path / "index", MANY) as fresh:
            for text in made_queries.EVERY_FORM:
                assert pmids(fresh, text, order="newest") == pmids(
                    many, text, order="newest"
                )


MANY = documents(200)


def pmids_of(revision: int) -> list[int]:
    """Newest first, as All finds them after a revision of `writing_process`."""
    return sorted(map(attrgetter("pmid"), expected_documents(revision)), reverse=True)
