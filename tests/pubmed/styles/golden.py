"""The records of golden.toml as articles, with the citations they must have."""

import re
import tomllib
from pathlib import Path
from typing import Any

from ownjournal.pubmed.article import (
    Article,
    ArticleDate,
    Author,
    Book,
    Correction,
    Identifiers,
    Journal,
    JournalIssue,
    Markup,
    Pagination,
    PubDate,
    PublicationType,
)

Record = dict[str, Any]
PMID = 17


def records() -> list[Record]:
    """What the file says, with the usual where a record is silent."""
    told = tomllib.loads(Path(__file__).with_name("golden.toml").read_text())
    return [{**told["usual"], **record} for record in told["record"]]


def article_of(record: Record) -> Article:
    """The article that a record describes."""
    book = _book(record["book"]) if "book" in record else None
    journal = record["journal"] if book is None else False
    return Article(
        pmid=PMID,
        title=Markup(record["title"]) if record["title"] else None,
        vernacular_title=Markup(record["original"]) if "original" in record else None,
        authors=_authors(record),
        authors_complete=record.get("complete", True),
        journal=_journal(record) if journal else None,
        journal_issue=_issue(record) if journal else None,
        pagination=Pagination(record["pages"]) if record["pages"] else None,
        article_dates=_online(record),
        identifiers=Identifiers(doi=record["doi"] or None),
        languages=tuple(record["languages"]),
        publication_types=tuple(
            PublicationType(ui, "A type") for ui in record.get("types", ())
        ),
        corrections=tuple(
            Correction(kind, source, pmid)
            for kind, source, pmid in record.get("links", ())
        ),
        publication_status=record.get("status", "ppublish"),
        publication_model=record.get("model", "Print"),
        book=book,
    )


def _authors(record: Record) -> tuple[Author, ...]:
    if many := record.get("many"):
        return tuple(Author(f"Bog{n}", "A", "A") for n in range(1, many + 1))
    return tuple(map(_person, record["authors"]))


def _person(told: str) -> Author:
    if told.startswith("="):
        return Author(group=Markup(told[1:]))
    valid = not told.startswith("-")
    last, fore, initials, suffix, *_ = [*told.removeprefix("-").split("|"), *[""] * 3]
    return Author(last, fore or None, initials or None, suffix or None, valid=valid)


def _journal(record: Record) -> Journal:
    return Journal(record["journal"], record["short"], record["short"])


def _issue(record: Record) -> JournalIssue:
    date = _date(record["date"]) if record["date"] else PubDate()
    return JournalIssue(date, record["volume"] or None, record["issue"] or None)


def _online(record: Record) -> tuple[ArticleDate, ...]:
    if "online" not in record:
        return ()
    return (ArticleDate("Electronic", _date(record["online"])),)


def _date(told: str) -> PubDate:
    if told.startswith('"'):
        return PubDate(int(told[1:5]), printed=told.strip('"'))
    if found := re.fullmatch(r"([0-9]{4}) ([A-Z][a-z]+)", told):
        return PubDate(int(found[1]), season=found[2])
    return PubDate(*map(int, told.split("-")))


def _book(told: Record) -> Book:
    dates = {"begins": "begins", "contributed": "contributed_on"}
    dates["revised"] = "revised_on"
    return Book(
        title=Markup(told["title"]),
        publisher=told["publisher"],
        place=told["place"],
        date=_date(told["date"]),
        edition=told.get("edition"),
        medium=told.get("medium"),
        authors=tuple(map(_person, told.get("authors", ()))),
        editors=tuple(map(_person, told.get("editors", ()))),
        **{field: _date(told[name]) for name, field in dates.items() if name in told},
    )
