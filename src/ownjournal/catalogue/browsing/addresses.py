"""Addresses of pages to browse, which carry a name for people to read.

The name in an address may be an old one; pages lead to the present one. Numbers are
what records say, so they may be anything.
"""

from urllib.parse import quote

from django.utils.text import slugify

from ownjournal.catalogue.search_links import (
    by_author,
    by_field,
    by_journal,
    in_month,
)
from ownjournal.pubmed.article import (
    Author,
    Journal,
    MeshHeading,
    PubDate,
    PublicationType,
)
from ownjournal.search.codes import codes_of
from ownjournal.search.document import author_name

LONGEST_SLUG = 80  # characters
LONGEST_NAME = 300  # characters of a name form that is looked at


def slug(name: str) -> str:
    """A name as part of an address, "fever-of-unknown-origin"; "-" for no letters."""
    return slugify(name)[:LONGEST_SLUG].strip("-") or "-"


def topic_address(ui: str, name: str) -> str:
    """The page of a topic."""
    return f"/topics/{_part(ui)}/{slug(name)}"


def journal_address(
    nlm_id: str, name: str, year: int | None = None, month: str | None = None
) -> str:
    """The page of a journal, or of a year or a month of its archive."""
    parts = [_part(nlm_id), slug(name)]
    parts += [str(each) for each in (year, month) if each is not None]
    return f"/journals/{'/'.join(parts)}"


def type_address(ui: str, name: str) -> str:
    """The page of a publication type."""
    return f"/types/{_part(ui)}/{slug(name)}"


def design_address(code: str) -> str:
    """The page of a study design."""
    return f"/designs/{code}"


def _part(number: str) -> str:
    return quote(number, safe="")


def of_journal(journal: Journal) -> str | None:
    """Everything that a journal published; None for one without any name."""
    if journal.nlm_id is None:
        return by_journal(journal)
    return journal_address(journal.nlm_id, _name(journal))


def of_month(journal: Journal, date: PubDate) -> str | None:
    """What it published in the month, or the year, of this date."""
    if journal.nlm_id is None or date.year is None:
        return in_month(journal, date)
    month = f"{date.month:02}" if date.month else None
    return journal_address(journal.nlm_id, _name(journal), date.year, month)


def of_type(kind: PublicationType) -> str:
    """Everything of a publication type."""
    if kind.ui is None:
        return by_field("pt", kind.name)
    return type_address(kind.ui, kind.name)


def of_heading(heading: MeshHeading) -> str:
    """Everything on a topic."""
    if heading.ui is None:
        return by_field("mh", heading.name)
    return topic_address(heading.ui, heading.name)


def of_author(author: Author) -> str:
    """Everything signed with the same name, whoever that is."""
    name = author_name(author)
    if name is None or not author_value(name):
        return by_author(author)
    return author_address(name)


def _name(journal: Journal) -> str:
    return journal.title or journal.abbreviation or str(journal.nlm_id)


def pair_address(one: str, other: str) -> str:
    """The page of two topics, the same in either order."""
    return f"/topics/{'+'.join(sorted((one, other)))}"


def author_address(name: str) -> str:
    """The page of a name form."""
    return f"/authors/{quote(author_value(name))}"


def author_value(name: str) -> str:
    """A name form as the index keeps it, "smith_ja"; "" without letter or digit."""
    return codes_of(name[:LONGEST_NAME], "au:noexp")[0].removeprefix("an:")
