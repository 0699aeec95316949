"""Filters: what each value leaves, and what it is called."""

import pytest

from ownjournal.catalogue.search_filters import (
    AGES_TOLD,
    CLINICAL,
    KINDS,
    SEXES_TOLD,
    SPECIES_TOLD,
    Filter,
    combined,
    narrowed,
)
from ownjournal.search import filters
from ownjournal.search.facets import AGES, OF_RESULTS, SEXES, SPECIES
from ownjournal.search.query import And, Or, Range, Term


def test_every_facet_that_is_counted_is_a_filter() -> None:
    assert set(OF_RESULTS) <= set(KINDS)


def test_what_indexers_tick_has_a_name_for_readers() -> None:
    assert list(AGES_TOLD) == list(AGES)
    assert list(SEXES_TOLD) == list(SEXES)
    assert list(SPECIES_TOLD) == list(SPECIES)


@pytest.mark.parametrize("value", CLINICAL)
def test_clinical_queries_are_filters_of_the_language(value: str) -> None:
    query = Filter("clinical", value).query

    assert isinstance(query, Term)
    assert filters.query_of(query.text) is not None


@pytest.mark.parametrize(
    ("value", "query", "label"),
    [
        ("2019", Range("2019", "2019", "dp"), "2019"),
        ("2019-2024", Range("2019", "2024", "dp"), "2019 to 2024"),
        ("2019-", Range("2019", None, "dp"), "Since 2019"),
        ("-2024", Range(None, "2024", "dp"), "Until 2024"),
        ("2019-2019", Range("2019", "2019", "dp"), "2019"),
    ],
)
def test_years_are_read_and_told(value: str, query: Range, label: str) -> None:
    assert Filter("year", value).query == query
    assert Filter("year", value).label == label


def test_values_of_a_kind_widen_and_kinds_narrow() -> None:
    chosen = (
        Filter("design", "rct"),
        Filter("level", "1"),
        Filter("design", "cohort"),
    )
    rct, cohort = Term("rct", "design"), Term("cohort", "design")

    assert combined(chosen) == (Or((rct, cohort)), Term("1", "level"))
    assert narrowed(Term("fever"), chosen[:1]) == And((Term("fever"), rct))
    assert narrowed(None, chosen[:1]) == rct
    assert narrowed(Term("fever"), ()) == Term("fever")
    assert narrowed(None, ()) is None


def test_a_value_that_there_is_not_has_no_query() -> None:
    with pytest.raises(ValueError, match="design=none"):
        _ = Filter("design", "none").query
