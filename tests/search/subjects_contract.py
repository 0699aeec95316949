"""The part of the contract of an index that counts headings, authors and designs."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from ownjournal.search.document import Document
from ownjournal.search.index import Index
from ownjournal.search.query import All, And, Query
from ownjournal.search.subjects import MOST, Subject, query_of, subjects
from search import made_queries
from search.facets_contract import VARIED
from search.made_documents import a_document
from search.oracle import matches

SUBJECTS: tuple[Subject, ...] = get_args(Subject)
NAMES = ("okonfold_t", "okonfold_ta", "de_la_merrow_o", "merrow_group", "li_j")
HEADINGS = ("d005334", "d000001", "d000002", "d000068397")


def _signed(chance: random.Random, document: Document) -> Document:
    names = [f"an:{each}" for each in chance.sample(NAMES, chance.randrange(4))]
    headings = [f"mh:{each}" for each in chance.sample(HEADINGS, chance.randrange(4))]
    asides = [f"{each}/dt" for each in headings]
    codes = dict.fromkeys((*document.codes, *names, *headings, *asides))
    years = [date(chance.randrange(2018, 2022), 1, 1) for _ in range(2)]
    return replace(
        document,
        codes=tuple(codes),
        published_on=tuple(dict.fromkeys(years))[: chance.randrange(3)],
    )


CHANCE = random.Random(11)
SIGNED = [_signed(CHANCE, each) for each in VARIED]
TREES = given(tree=made_queries.trees)
A_FEW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class SubjectsContract:
    """`contract.IndexContract` makes the index and runs this with the rest."""

    @classmethod
    def made(cls, folder: Path) -> Index:
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def signed(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
        """An index of SIGNED, in several commits; some documents came twice."""
        index = cls.made(tmp_path_factory.mktemp("signed") / "index")
        index.apply([replace(each, codes=("an:x",)) for each in SIGNED[:30]], (), 1)
        for start in range(0, len(SIGNED), 50):
            index.apply(SIGNED[start : start + 50], (), start + 2)
        yield index
        index.close()

    # Subjects

    @TREES
    @A_FEW
    def test_subjects_are_counted_as_a_plain_reading_counts_them(
        self, signed: Index, tree: Query
    ) -> None:
        kept = [each for each in SIGNED if matches(tree, each)]
        for subject in SUBJECTS:
            expected = Counter(
                value
                for each in kept
                for told, value in subjects(each)
                if told == subject
            )
            ordered = sorted(expected.items(), key=lambda each: (-each[1], each[0]))
            for limit in (1, 3, MOST):
                found = signed.leading(tree, subject, limit=limit)
                assert [tuple(each) for each in found] == ordered[:limit]

    @pytest.mark.parametrize("subject", SUBJECTS)
    def test_the_count_of_a_subject_is_what_its_query_finds(
        self, signed: Index, subject: Subject
    ) -> None:
        counts = signed.leading(All(), subject, limit=MOST)

        assert counts
        for value, count in counts:
            narrowed = And((All(), query_of(subject, value)))
            assert signed.count(narrowed) == count, value

    def test_the_first_of_many_equals_are_the_first_by_name(self, index: Index) -> None:
        names = [f"merrow_{number:05}" for number in range(9_000)]
        random.Random(3).shuffle(names)
        documents = [
            a_document(
                pmid, codes=tuple(f"an:{each}" for each in names[pmid * 90 :][:90])
            )
            for pmid in range(100)
        ]
        index.apply(documents[:60], (), 1)
        index.apply(documents[60:], (), 2)

        found = index.leading(All(), "author", limit=2)

        assert [each.value for each in found] == ["merrow_00000", "merrow_00001"]

    @pytest.mark.parametrize("limit", [0, -1, MOST + 1])
    def test_more_subjects_than_there_may_be_are_refused(
        self, index: Index, limit: int
    ) -> None:
        with pytest.raises(ValueError, match="limit"):
            index.leading(All(), "author", limit=limit)

    # Designs by year

    @TREES
    @A_FEW
    def test_an_article_counts_once_for_its_first_year_and_its_design(
        self, signed: Index, tree: Query
    ) -> None:
        expected = Counter(
            (min(each.published_on).year, code.partition(":")[2].replace("_", "-"))
            for each in SIGNED
            if matches(tree, each) and each.published_on
            for code in each.codes
            if code.startswith("design:")
        )

        assert signed.designs_by_year(tree) == expected

    def test_nothing_is_counted_in_an_index_that_was_never_written(
        self, index: Index
    ) -> None:
        assert index.leading(All(), "heading", limit=5) == ()
        assert index.designs_by_year(All()) == {}
