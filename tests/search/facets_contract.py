"""The part of the contract of an index that is about facets and evidence."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from ownjournal.search.document import Document
from ownjournal.search.facets import (
    AGES,
    FACETS,
    MOST,
    SEXES,
    SPECIES,
    Count,
    Name,
    facts,
)
from ownjournal.search.index import MAX_DEPTH, Index, TooDeep
from ownjournal.search.parser import parse
from ownjournal.search.query import All, And, Query
from ownjournal.search.standing import evidence_class
from search import made_queries
from search.made_documents import a_document, documents
from search.oracle import found, matches

NAMES: tuple[Name, ...] = tuple(FACETS)
DESIGNS = ("rct", "systematic_review", "guideline", "cohort", "editorial", "bench")
TICKED = [f"mh:{ui.lower()}" for each in (SPECIES, SEXES, AGES) for ui in each.values()]
ISSUED = ((), ("issued:2019", "issued:2019_00"), ("issued:2020", "issued:2020_11"))
TYPES = ("pt:d016449", "pt:randomized_controlled_trial", "pt:d016428", "pt:d016454")


def _varied(chance: random.Random, document: Document) -> Document:
    levels = [each for each in document.codes if each.startswith("level:")]
    others = [each for each in document.codes if not each.startswith(("level:", "pt:"))]
    codes = (
        *others,
        *levels[: chance.randrange(2)],
        *chance.sample(TICKED, chance.randrange(6)),
        *chance.sample(TYPES, chance.randrange(3)),
        f"design:{chance.choice(DESIGNS)}",
        *chance.choice(ISSUED),
        *chance.sample(("sb:hasabstract", "sb:free_full_text"), chance.randrange(3)),
    )
    journals = ("99000001X", "99000002", None)
    journal = chance.choice(journals)
    if journal is not None:
        codes += (f"ta:{journal.lower()}",)
    return replace(
        document,
        codes=tuple(dict.fromkeys(codes)),
        journal=journal,
        quality=chance.randrange(101),
        significance=chance.randrange(101),
    )


CHANCE = random.Random(7)
VARIED = [_varied(CHANCE, each) for each in documents(150, seed=3)]


def told(index: Index, query: str | Query, name: Name, **how: Any) -> dict[str, int]:
    tree = parse(query).query if isinstance(query, str) else query
    assert tree is not None
    return dict(index.facets(tree, [name], **how)[name])


class FacetsContract:
    """`contract.IndexContract` makes the index and runs this with the rest."""

    @classmethod
    def made(cls, folder: Path) -> Index:
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def varied(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
        """An index of VARIED, in several commits; some documents came twice."""
        index = cls.made(tmp_path_factory.mktemp("varied") / "index")
        twice = [replace(each, codes=("design:notice",)) for each in VARIED[:30]]
        index.apply(twice, (), 1)
        for revision in range(2, 5):
            start = (revision - 2) * 50
            index.apply(VARIED[start : start + 50], (), revision)
        yield index
        index.close()

    # Facets

    @given(tree=made_queries.trees)
    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_facets_count_what_a_plain_reading_counts(
        self, varied: Index, tree: Query
    ) -> None:
        kept = [each for each in VARIED if matches(tree, each)]

        counted = varied.facets(tree, NAMES, limit=MOST)

        for name in NAMES:
            expected = Counter(
                value for each in kept for fact, value in facts(each) if fact == name
            )
            assert dict(counted[name]) == expected, name

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("text", ["all[sb]", "fever", "fever NOT 2018[dp]"])
    def test_a_count_is_what_the_query_of_its_value_leaves(
        self, varied: Index, name: Name, text: str
    ) -> None:
        tree = parse(text).query
        assert tree is not None
        counts = varied.facets(tree, [name], limit=MOST)[name]

        assert counts
        for value, count in counts:
            narrowed = And((tree, FACETS[name].query(value)))
            assert varied.count(narrowed) == count, value

    def test_years_go_up_and_designs_by_their_number(self, index: Index) -> None:
        cases = [(2019, "rct"), (2018, "cohort"), (2019, "rct"), (1961, "bench")]
        index.apply(
            [
                a_document(
                    pmid, codes=(f"design:{design}",), published_on=(date(year, 5, 1),)
                )
                for pmid, (year, design) in enumerate(cases, 1)
            ],
            (),
            1,
        )

        counts = index.facets(All(), ["year", "design"], limit=2)

        assert counts["year"] == (("1961", 1), ("2018", 1), ("2019", 2))
        assert counts["design"] == (("rct", 2), ("bench", 1))
        assert set(counts) == {"year", "design"}

    def test_ages_and_levels_are_told_whole_and_from_the_first(
        self, index: Index
    ) -> None:
        ticked = (
            ("mh:d000368", "mh:d000328", "level:4"),
            ("mh:d000368", "mh:d007231", "level:2"),
        )
        some = [a_document(pmid, codes=codes) for pmid, codes in enumerate(ticked, 1)]
        index.apply(some, (), 1)

        counts = index.facets(All(), ["age", "level"], limit=1)

        assert [value for value, _ in counts["age"]] == ["newborn", "adult", "aged"]
        assert [value for value, _ in counts["level"]] == ["2", "4"]

    def test_a_year_counts_an_article_once_though_it_has_two_dates_in_it(
        self, index: Index
    ) -> None:
        days = (date(2018, 11, 2), date(2019, 1, 1), date(2019, 3, 1))
        index.apply([a_document(1, published_on=days)], (), 1)

        assert told(index, All(), "year") == {"2018": 1, "2019": 1}

    def test_types_that_say_little_are_not_told(self, index: Index) -> None:
        codes = ("pt:d016428", "pt:journal_article", "pt:d016454", "pt:review")
        index.apply([a_document(1, codes=codes)], (), 1)

        assert told(index, All(), "type") == {"D016454": 1}

    def test_facets_forget_what_is_deleted(self, index: Index) -> None:
        index.apply([a_document(1), a_document(2)], (), 1)
        index.apply([], [2], 2)

        assert told(index, All(), "design") == {"rct": 1}

    def test_facets_of_nothing_are_empty(self, index: Index) -> None:
        assert index.facets(All(), NAMES) == {name: () for name in NAMES}

        index.apply([a_document(1)], (), 1)

        assert index.facets(All(), []) == {}
        assert told(index, "nothingatall", "design") == {}

    def test_an_odd_journal_number_counts_as_it_is(self, index: Index) -> None:
        odd = 'a:b c|d"\n'
        index.apply([a_document(1, journal=odd), a_document(2, journal=odd)], (), 1)

        assert index.facets(All(), ["journal"])["journal"] == (Count(odd, 2),)

    def test_only_so_many_values_can_be_asked_for(self, index: Index) -> None:
        for limit in (0, MOST + 1):
            with pytest.raises(ValueError, match="limit"):
                index.facets(All(), ["journal"], limit=limit)

    def test_journals_are_counted_exactly_however_many_there_are(
        self, index: Index
    ) -> None:
        """The most frequent one of all comes last in the larger commit."""
        many = [a_document(n, journal=f"{n // 2}") for n in range(2, 4 * MOST + 4)]
        index.apply([*many, a_document(1, journal="often")], (), 1)
        some = [a_document(10 * MOST + n, journal="often") for n in (1, 2)]
        index.apply(some, (), 2)

        assert index.facets(All(), ["journal"], limit=1)["journal"] == (("often", 3),)

    # The order by evidence

    @pytest.mark.parametrize("text", ["fever", "all[sb]", "english[la]", "arter*"])
    def test_evidence_goes_by_class_and_within_a_class_as_the_best(
        self, varied: Index, text: str
    ) -> None:
        tree = parse(text).query
        assert tree is not None
        classes = {each.pmid: evidence_class(each) for each in VARIED}
        best = [hit.pmid for hit in varied.search(tree, limit=500).hits]

        page = varied.search(tree, limit=500, order="evidence")

        assert page.total == len(found(tree, VARIED))
        assert [hit.pmid for hit in page.hits] == sorted(best, key=classes.__getitem__)

    def test_pages_by_evidence_follow_each_other(self, varied: Index) -> None:
        tree = parse("fever").query
        assert tree is not None
        whole = varied.search(tree, limit=500, order="evidence")
        paged = []
        for offset in range(0, whole.total + 7, 7):
            page = varied.search(tree, limit=7, offset=offset, order="evidence")
            assert page.total == whole.total
            paged += page.hits

        assert [each.pmid for each in paged] == [each.pmid for each in whole.hits]

    def test_a_page_by_evidence_too_deep_is_refused(self, index: Index) -> None:
        with pytest.raises(TooDeep):
            index.search(All(), limit=1, offset=MAX_DEPTH, order="evidence")

    # What it holds

    def test_an_index_says_what_it_holds_and_of_which_revision(
        self, index: Index
    ) -> None:
        assert list(index.held()) == []
        index.apply([a_document(n, revision=1) for n in (40, 7, 999_999_999)], (), 1)
        index.apply([a_document(7, revision=2)], [40, 41], 2)

        assert list(index.held()) == [(7, 2), (999_999_999, 1)]
