"""The part of the contract of an index that is about lists read page by page."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from ownjournal.search.document import Document
from ownjournal.search.index import Index, ListOrder
from ownjournal.search.parser import parse
from ownjournal.search.query import All, Query, Term
from ownjournal.search.standing import rank
from search.facets_contract import VARIED
from search.made_documents import a_document
from search.oracle import matches

ORDERS: tuple[ListOrder, ...] = get_args(ListOrder)
TEXTS = ("all[sb]", "fever", "english[la]", "2019[issued] OR fever", "nothingatall")
A_PAGE = 7


def walked(index: Index, query: Query, order: ListOrder) -> list[list[int]]:
    """The pages of a list, from the first to the last."""
    pages, after = [], None
    while page := index.listed(query, limit=A_PAGE, order=order, after=after):
        pages.append([each.pmid for each in page])
        after = page[-1].key
    return pages


def expected(documents: list[Document], query: Query, order: ListOrder) -> list[int]:
    def place(document: Document) -> tuple[int, date, int]:
        day = document.sorted_on or date.min
        return rank(document) if order == "best" else 0, day, document.pmid

    found = [each for each in documents if matches(query, each)]
    return [each.pmid for each in sorted(found, key=place, reverse=True)]


class PlacesContract:
    """`contract.IndexContract` makes the index and runs this with the rest."""

    @classmethod
    def made(cls, folder: Path) -> Index:
        raise NotImplementedError

    @pytest.mark.parametrize("order", ORDERS)
    @pytest.mark.parametrize("text", TEXTS)
    def test_the_pages_of_a_list_are_what_a_plain_reading_orders(
        self, varied: Index, text: str, order: ListOrder
    ) -> None:
        query = parse(text).query
        assert query is not None

        pages = walked(varied, query, order)

        assert sum(pages, []) == expected(VARIED, query, order)
        assert all(len(page) == A_PAGE for page in pages[:-1])

    @pytest.mark.parametrize("order", ORDERS)
    def test_going_back_shows_the_same_pages(
        self, varied: Index, order: ListOrder
    ) -> None:
        first = varied.listed(All(), limit=A_PAGE, order=order)
        second = varied.listed(All(), limit=A_PAGE, order=order, after=first[-1].key)

        back = varied.listed(All(), limit=A_PAGE, order=order, before=second[0].key)

        assert back == first
        assert varied.listed(All(), limit=3, order=order, before=first[0].key) == ()
        nearest = varied.listed(All(), limit=3, order=order, before=second[0].key)
        assert nearest == first[-3:]

    @pytest.mark.parametrize("order", ORDERS)
    def test_no_article_comes_twice_though_others_arrive_between_two_pages(
        self, index: Index, order: ListOrder
    ) -> None:
        """They arrive in front of, among and behind what was shown."""
        kept = [_worth(100 + n, year=2000 + n, quality=n % 5 * 10) for n in range(20)]
        index.apply(kept, (), 1)
        seen: list[int] = []
        after = None
        revision = 1
        while page := index.listed(All(), limit=3, order=order, after=after):
            seen += [each.pmid for each in page]
            after = page[-1].key
            revision += 1
            years = (1999, 2009, 2021, 2022)
            arrived = [
                _worth(1000 * revision + year, year=year, quality=revision % 5 * 10)
                for year in years
            ]
            index.apply(arrived if revision < 9 else [], (), revision)

        assert len(seen) == len(set(seen))
        assert {each.pmid for each in kept} <= set(seen)

    def test_the_best_are_of_high_quality_and_significance_then_new(
        self, index: Index
    ) -> None:
        index.apply(
            [
                _worth(1, year=2001, quality=90, significance=80),
                _worth(2, year=2024, quality=90, significance=40),
                _worth(3, year=2023, quality=44, significance=86),
                _worth(4, year=2025, quality=100, significance=100, retracted=True),
                _worth(5, year=1950, quality=0),
            ],
            (),
            1,
        )

        best = index.listed(All(), limit=9, order="best")
        newest = index.listed(All(), limit=9)

        assert [each.pmid for each in best] == [1, 2, 3, 4, 5]
        assert [each.pmid for each in newest] == [4, 2, 3, 1, 5]

    def test_a_list_reaches_as_deep_as_there_are_articles(self, index: Index) -> None:
        index.apply([a_document(n) for n in range(1, 60)], (), 1)

        assert sum(walked(index, All(), "newest"), []) == list(range(59, 0, -1))

    def test_an_index_never_written_lists_nothing(self, index: Index) -> None:
        assert index.listed(All(), limit=5) == ()
        assert index.listed(All(), limit=5, order="best", before=7) == ()

    def test_any_key_is_answered(self, varied: Index) -> None:
        for key in (0, 1, 2**63 - 1):
            for order in ORDERS:
                varied.listed(All(), limit=2, order=order, after=key)
                varied.listed(All(), limit=2, order=order, before=key)

    def test_a_year_has_its_months_and_what_no_month_is_known_of(
        self, index: Index
    ) -> None:
        months = ("2019_03", "2019_03", "2019_00", "2018_12")
        index.apply(
            [
                a_document(pmid, codes=(f"issued:{month[:4]}", f"issued:{month}"))
                for pmid, month in enumerate(months, 1)
            ],
            (),
            1,
        )

        counts = index.facets(All(), ["issued"])["issued"]

        assert counts == (("2018-12", 1), ("2019-00", 1), ("2019-03", 2))
        for text, count in (("2019", 3), ("2019-03", 2), ("2019-00", 1), ("2017", 0)):
            assert len(index.listed(Term(text, "issued"), limit=9)) == count


def _worth(
    pmid: int,
    *,
    year: int,
    quality: int,
    significance: int = 0,
    retracted: bool = False,
) -> Document:
    return a_document(
        pmid,
        sorted_on=date(year, 1, 1),
        quality=quality,
        significance=significance,
        retracted=retracted,
    )
