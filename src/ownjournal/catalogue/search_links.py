"""Addresses of searches, for the links of a page."""

from urllib.parse import quote

from ownjournal.pubmed.article import Author, Journal, PubDate
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


def by_journal(journal: Journal) -> str | None:
    """Everything that the journal published; None for one without any name."""
    value = _journal_value(journal)
    return by_field("ta", value) if value else None


def in_month(journal: Journal, date: PubDate) -> str | None:
    """What the journal published in the month, or the year, of this date."""
    value = _journal_value(journal)
    if value is None or date.year is None:
        return None
    when = f"{date.year:04}" + (f"/{date.month:02}" if date.month else "")
    return search_address(And((_term("ta", value), Range(when, when, "dp"))))


def _journal_value(journal: Journal) -> str | None:
    """NLM's ID where there is one: the abbreviation of one journal may be the
    title of another, as "Pain" and "Medicine" are.
    """
    return (
        journal.nlm_id
        or journal.issn_linking
        or journal.medline_abbreviation
        or journal.abbreviation
        or journal.title
    )


def _term(field: str, value: str) -> Term:
    """A query has no way to write a quotation mark inside a value."""
    return Term(value.translate(_WITHOUT_QUOTES), field)


_WITHOUT_QUOTES = str.maketrans('"“”„', "    ")
