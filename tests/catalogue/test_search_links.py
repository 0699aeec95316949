from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.search_links import by_author, by_field, by_journal, in_month
from ownjournal.pubmed.article import Author, Journal, JournalIssue, Markup, PubDate
from ownjournal.search.parser import parse
from ownjournal.search.query import And, Query, Range, Term


def asked(address: str | None) -> Query:
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
    group = Author(group=Markup("Merrow (Fever) Group A"))
    assert asked(by_author(group)) == Term("Merrow (Fever) Group A", "au:noexp")


def test_a_journal_is_searched_by_the_number_that_is_its_alone() -> None:
    journal = Journal(title="Pain", medline_abbreviation="Pain", nlm_id="7508686")

    assert asked(by_journal(journal)) == Term("7508686", "ta")
    assert asked(by_journal(Journal(title="Care: R&D (Merrow)"))) == Term(
        "Care: R&D (Merrow)", "ta"
    )
    assert by_journal(Journal()) is None


def test_a_month_is_searched_as_precisely_as_it_is_known() -> None:
    journal = Journal(title="Merrow")
    term = Term("Merrow", "ta")

    assert asked(in_month(journal, PubDate(2017, 6, 19))) == And(
        (term, Range("2017/06", "2017/06", "dp"))
    )
    assert asked(in_month(journal, PubDate(2017))) == And(
        (term, Range("2017", "2017", "dp"))
    )
    assert in_month(journal, PubDate(printed="Spring")) is None


ODD = (
    Journal(title="Care (Merrow)", abbreviation="Care", nlm_id="1"),
    Journal(title="Care", abbreviation="Care (Alder Bay)", nlm_id="0000002"),
    Journal(title="Care", abbreviation="Care", nlm_id="99000003R"),
    Journal(title='Care: R&D, and "more"', abbreviation="Care R&D: more"),
    Journal(title="AND (OR)", abbreviation="NOT"),
    Journal(title="Über Würmer [ta] 5*"),
)


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", range(len(ODD)))
def test_both_links_of_the_first_line_find_exactly_the_journals_articles(
    chosen: int, tmp_path: Path, settings: Any
) -> None:
    """Names with brackets, signs and operators, and names that two journals share."""
    settings.DATA_DIR = tmp_path
    following.index.cache_clear()
    shelve(
        *(
            an_article(
                pmid=100 * number + month,
                journal=journal,
                journal_issue=JournalIssue(PubDate(2025, month)),
            )
            for number, journal in enumerate(ODD, 1)
            for month in (3, 4)
        )
    )
    following.follow(following.index())
    own = 100 * (chosen + 1)

    def found(address: str | None) -> set[int]:
        return {
            hit.pmid for hit in following.index().search(asked(address), limit=50).hits
        }

    assert found(by_journal(ODD[chosen])) == {own + 3, own + 4}
    assert found(in_month(ODD[chosen], PubDate(2025, 4))) == {own + 4}
    following.index.cache_clear()
