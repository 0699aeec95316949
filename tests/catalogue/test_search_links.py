from urllib.parse import parse_qs, urlsplit

import pytest

from ownjournal.catalogue.search_links import by_author, by_field, in_month
from ownjournal.pubmed.article import Author, PubDate
from ownjournal.search.parser import parse
from ownjournal.search.query import And, Range, Term


def asked(address: str | None) -> object:
    """The tree that the search page will make of an address."""
    assert address is not None and address.startswith("/search?q=")
    [query] = parse_qs(urlsplit(address).query)["q"]
    parsed = parse(query)
    assert parsed.problems == ()
    return parsed.query


@pytest.mark.parametrize(
    "value", ["J Invent Med", "AND", "Care (Merrow)", "R&D #1?", "Über Würmer"]
)
def test_a_link_searches_for_the_value_in_its_field(value: str) -> None:
    assert asked(by_field("ta", value)) == Term(value, "ta")


def test_a_quotation_mark_does_not_break_the_query() -> None:
    assert isinstance(asked(by_field("mh", 'So-called "Fever"')), Term)


def test_an_author_is_searched_by_name_and_initials() -> None:
    author = Author(last_name="Quillfeather", fore_name="Ada B", initials="AB")

    assert asked(by_author(author)) == Term("Quillfeather AB", "au")


def test_a_month_is_searched_as_precisely_as_it_is_known() -> None:
    journal = Term("Merrow", "ta")

    assert asked(in_month("Merrow", PubDate(2017, 6, 19))) == And(
        (journal, Range("2017/06", "2017/06", "dp"))
    )
    assert asked(in_month("Merrow", PubDate(2017))) == And(
        (journal, Range("2017", "2017", "dp"))
    )
    assert in_month("Merrow", PubDate(printed="Spring")) is None
