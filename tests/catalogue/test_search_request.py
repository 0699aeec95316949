"""The parameters of a search: what is read, what is refused, what comes back."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.catalogue.search_filters import AGES_TOLD, KINDS, Filter
from ownjournal.catalogue.search_request import Asked, BadRequest, read_request
from ownjournal.search.lexer import MAX_CHARACTERS

VALUES = {
    "year": ["2019", "2019-2024", "2019-", "-2024"],
    "design": ["rct", "cohort"],
    "level": ["1", "5"],
    "type": ["D016428", "Review"],
    "journal": ["99000001X"],
    "language": ["eng", "ger"],
    "species": ["humans"],
    "age": list(AGES_TOLD),
    "sex": ["male"],
    "free": ["yes"],
    "abstract": ["yes"],
    "clinical": ["therapy-broad", "systematic-reviews"],
}


@st.composite
def searches(draw: st.DrawFn) -> Asked:
    filters: list[Filter] = []
    for kind, values in VALUES.items():
        most = 1 if KINDS[kind].single else 3
        chosen = draw(st.lists(st.sampled_from(values), max_size=most, unique=True))
        filters += [Filter(kind, value) for value in chosen]
    return Asked(
        query=draw(st.text(max_size=30)).replace("\x00", " ").strip(),
        order=draw(st.sampled_from(("best", "newest", "evidence"))),
        page=draw(st.integers(1, 500)),
        filters=tuple(filters),
        mapped=draw(st.booleans()),
        jump=draw(st.booleans()),
        grouped=draw(st.booleans()),
        since=draw(st.none() | st.integers(0, 10**9)),
    )


def test_every_kind_of_filter_is_tried_here() -> None:
    assert set(VALUES) == set(KINDS)


@given(searches())
def test_an_address_is_read_as_the_search_that_it_was_made_of(asked: Asked) -> None:
    address = asked.address(page=asked.page)

    assert read_request(QueryDict(address.partition("?")[2])) == asked


def test_years_can_come_from_two_fields() -> None:
    assert read_request(QueryDict("from=2019&to=")).filters == (
        Filter("year", "2019-"),
    )
    assert read_request(QueryDict("from=&to=2020")).filters == (
        Filter("year", "-2020"),
    )
    assert read_request(QueryDict("from=&to=&year=2001")).filters == (
        Filter("year", "2001"),
    )


def test_of_a_kind_with_one_value_the_last_counts() -> None:
    asked = read_request(QueryDict("year=2001&year=2003"))

    assert asked.filters == (Filter("year", "2003"),)


@pytest.mark.parametrize(
    "query",
    [
        "year=20",
        "year=2024-2019",
        "year=-",
        "year=٢٠١٩",
        "from=abcd",
        "design=nothing",
        "level=6",
        "level=0",
        "language=xyz",
        "species=plants",
        "age=old",
        "free=no",
        "clinical=therapy",
        "clinical=-narrow",
        'journal=a"b',
        "journal=" + "x" * 121,
        "type=%00",
        "map=maybe",
        "jump=1",
        "group=design",
        "since=-1",
        "since=1e5",
        "since=" + "9" * 30,
        "order=oldest",
        "page=0",
        "&".join(f"journal={number}" for number in range(41)),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(query: str) -> None:
    with pytest.raises(BadRequest, match=r"\.$") as problem:
        read_request(QueryDict(query))

    assert len(str(problem.value)) < 800


def test_a_query_of_any_length_is_cut_where_reading_ends() -> None:
    asked = read_request(QueryDict("q=" + "a" * 200_000))

    assert len(asked.query) == MAX_CHARACTERS + 1  # so that it is said


def test_an_added_filter_stands_beside_others_or_in_their_place() -> None:
    asked = read_request(QueryDict("design=rct&year=2019"))

    both = asked.with_filter(Filter("design", "cohort"))
    other = asked.with_filter(Filter("year", "2020"))

    assert [each.value for each in both] == ["2019", "rct", "cohort"]
    assert [each.value for each in other] == ["rct", "2020"]
    assert asked.with_filter(Filter("design", "rct")) == asked.filters
    assert asked.without(Filter("year", "2019")) == (Filter("design", "rct"),)
