"""Addresses of searches, for the links of a page."""

from urllib.parse import quote

from ownjournal.pubmed.article import Author, PubDate
from ownjournal.pubmed.markup import plain
from ownjournal.search.query import And, Query, Range, Term


def search_address(query: Query) -> str:
    """The address of the search page with this query in its box."""
    return f"/search?q={quote(str(query))}"


def by_field(field: str, value: str) -> str:
    """The articles with this value; `field` is a tag of `search.query.FIELDS`."""
    return search_address(_term(field, value))


def by_author(author: Author) -> str:
    """Everything signed with the same name, whoever that is."""
    if author.group:
        return by_field("au", plain(author.group))
    parts = (author.last_name, author.initials)
    return by_field("au", " ".join(part for part in parts if part))


def in_month(journal: str, date: PubDate) -> str | None:
    """What the journal published in the month, or the year, of this date."""
    if date.year is None:
        return None
    when = f"{date.year:04}" + (f"/{date.month:02}" if date.month else "")
    return search_address(And((_term("ta", journal), Range(when, when, "dp"))))


def _term(field: str, value: str) -> Term:
    """A query has no way to write a quotation mark inside a value."""
    return Term(value.translate(_WITHOUT_QUOTES), field)


_WITHOUT_QUOTES = str.maketrans('"“”„', "    ")
