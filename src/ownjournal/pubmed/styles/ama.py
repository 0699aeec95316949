"""AMA Manual of Style, 11th edition (2020), chapter 3.

Six people are named; of more, three and "et al". Groups stand behind a semicolon.
Journals are abbreviated as NLM does and in italics, pages told in full, and a
supplement or part named behind the issue: 2014;129(25)(suppl 2):S1-S45.
"""

from collections.abc import Sequence

from ownjournal.pubmed.article import Article, Author, Book, Markup, PubDate
from ownjournal.pubmed.citation import group_name, is_whole_book, listed, signers
from ownjournal.pubmed.exports.csl_json import kind
from ownjournal.pubmed.exports.dates import issued, of_book
from ownjournal.pubmed.exports.place import pages
from ownjournal.pubmed.months import MONTHS
from ownjournal.pubmed.styles import reading
from ownjournal.pubmed.styles.headline import headline
from ownjournal.pubmed.styles.names import initials, roman, signing
from ownjournal.pubmed.styles.rich import (
    escaped,
    italic,
    joined,
    sentences,
    stopped,
)

MOST, FIRST = 6, 3  # people that are named; that are named of more
KINDS = {reading.LETTER: "Letter", reading.EDITORIAL: "Editorial"}


def ama(article: Article, language: str | None) -> Markup:
    """The reference without its number; no full stop follows a DOI."""
    people = _people(signers(article), complete=article.authors_complete)
    told = sentences(
        (
            people or _editors(article.editors),
            reading.title_of(article) if not is_whole_book(article) else None,
            *map(escaped, _designators(article, language)),
            *_notices(article),
            *(_in_book(article, article.book) if article.book else _in(article)),
        )
    )
    doi = article.identifiers.doi
    ending = escaped(f"doi:{doi}" if doi else f"PMID: {article.pmid}.")
    return joined(told, ending if doi or not told else None, by=" ")


def _designators(article: Article, language: str | None) -> list[str]:
    """What the article is, and its language where that is not English."""
    uis = reading.types(article)
    told = [name for ui, name in KINDS.items() if ui in uis][:1]
    if language:
        told.append(f"Article in {language}")
    if reading.is_retracted_somewhere(article):
        told.append("Retracted")
    return told


def _notices(article: Article) -> list[Markup]:
    """ "Retracted in: J Bog Med. 2020;13(1):7", and corrections likewise."""
    told = []
    if link := reading.retraction(article):
        source = _source(link.source) if link.source else escaped(f"PMID {link.pmid}")
        told.append(joined("Retracted in: ", source))
    told += [
        joined("Published correction appears in ", _source(each.source))
        for each in article.corrections
        if each.kind == "ErratumIn" and each.source
    ]
    return told


def _source(source: str) -> Markup:
    """A place as NLM tells it, in this style where it can be taken apart."""
    found = reading.notice(source)
    if found is None:
        return escaped(source.rstrip(" ;:."))
    where = _place(reading.numbering_of(found.volume, found.number))
    told = escaped(f"{found.year};{where}:{found.pages}")
    return joined(stopped(italic(escaped(found.journal))), " ", told)


def _in(article: Article) -> list[Markup]:
    """Journal, year, place; or the day online of what has no place yet."""
    journal = article.journal
    name = journal and (
        journal.medline_abbreviation or journal.abbreviation or journal.title
    )
    parts = [italic(escaped(name.replace(".", "")))] if name else []
    if kind(article) == "article":
        return [*parts, escaped(f"Preprint posted online {_day(issued(article))}")]
    if ahead := reading.day_ahead(article):
        return [*parts, escaped(f"Published online {_day(ahead)}")]
    issue, where = article.journal_issue, ""
    if issue is not None:
        where = _place(reading.numbering_of(issue.volume, issue.number))
    found = pages(article)
    year = reading.year_of(issued(article)) or ""
    told = f"{year};{where}" if year and where else year or where
    if found:
        told = f"{told}:{found.text}" if told else found.text
    return [*parts, escaped(told)]


def _place(numbering: reading.Numbering) -> str:
    """ "129(25)(suppl 2)", "63(25 pt B)", "42(suppl 2)", "(401)"."""
    part = f"pt {numbering.part}".strip() if numbering.part is not None else None
    number = " ".join(each for each in (numbering.number, part) if each)
    told = (numbering.volume or "") + (f"({number})" if number else "")
    if numbering.supplement is not None:
        told += f"({f'suppl {numbering.supplement}'.strip()})"
    return told


def _in_book(article: Article, book: Book) -> list[Markup]:
    whole = is_whole_book(article)
    title = italic(headline(reading.without_stop(book.title))) if book.title else None
    editors = None if whole and signers(article) else _editors(book.editors)
    inside = [
        joined("In: ", editors) if editors and not whole else editors,
        joined("In: ", title) if title and not whole and not editors else title,
        escaped(f"Vol {book.volume}") if book.volume else None,
        escaped(book.edition) if book.edition else None,
        _imprint(article, book),
    ]
    if not whole:
        inside.append(_own_day(book))
    return [part for part in inside if part]


def _own_day(book: Book) -> Markup | None:
    """When a part of a book that grows was written: the book's year is another."""
    for told, when in (
        ("Updated", book.revised_on),
        ("Published", book.contributed_on),
    ):
        if when is not None and when.year is not None:
            return escaped(f"{told} {_day(when)}")
    return None


def _imprint(article: Article, book: Book) -> Markup | None:
    """ "Bog Press; 2019:3-9"."""
    year = reading.year_of(of_book(book))
    told = "; ".join(part for part in (book.publisher, year) if part)
    found = pages(article)
    if told and found:
        told = f"{told}:{found.text}"
    return escaped(told) if told else None


def _people(people: Sequence[Author], *, complete: bool = True) -> Markup | None:
    """Groups are all named; of too many people the first three."""
    named = signing(people)
    persons = [each for each in named if not each.group]
    cut = len(persons) > MOST or not complete
    if cut:
        gone = {id(each) for each in persons[FIRST:]}
        named = [each for each in named if id(each) not in gone]
    last = persons[: FIRST if cut else None][-1:]
    names = [
        (_name(each) + (", et al" if cut and [each] == last else ""), bool(each.group))
        for each in named
    ]
    return escaped(listed(names)) if names else None


def _name(author: Author) -> str:
    if author.group:
        return group_name(author.group)
    parts = (author.last_name, "".join(initials(author)), roman(author.suffix))
    return " ".join(part for part in parts if part)


def _editors(people: Sequence[Author]) -> Markup | None:
    names = _people(people)
    if names is None:
        return None
    one = len(signing(people)) == 1
    return joined(names, ", ed" if one else ", eds")


def _day(when: PubDate | None) -> str:
    """ "June 3, 2024", "June 2024", "2024", or what was printed."""
    if when is None or when.printed or when.month is None:
        return reading.year_of(when) or ""
    day = f" {when.day}," if when.day is not None else ""
    return f"{MONTHS[when.month - 1]}{day} {when.year}"
