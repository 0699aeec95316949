"""An article as an OpenURL: what a library's link resolver is told of it.

The same pairs, in the title of an empty span, are a COinS. They hold plain text
and what NLM's record says, no more: a month that was not printed is not there.

An address that is too long is refused by some resolvers, so the pairs are kept
within `LONGEST` bytes as they stand in an address. Identifiers and the place in
the journal are never cut; the title gets what they leave, and the further
authors, at most `MOST_AUTHORS`, what the title leaves.

Source: ANSI/NISO Z39.88-2004, with the KEV format implementation guidelines of
2007 for journals (info:ofi/fmt:kev:mtx:journal) and books (…:book).
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from ownjournal.pubmed.article import Article, Author, Book, PubDate
from ownjournal.pubmed.citation import (
    PREPRINT,
    heading,
    is_whole_book,
    printed_pages,
    signers,
    without_full_stop,
)
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.exports.clean import one_line
from ownjournal.pubmed.exports.dates import beginning
from ownjournal.pubmed.exports.place import first_range, pages
from ownjournal.pubmed.fulltext import doi_url
from ownjournal.pubmed.markup import plain

Pair = tuple[str, str]

REFERRER = "info:sid/ownjournal"
LONGEST = 1_900  # bytes of all pairs, percent-encoded
MOST_AUTHORS = 10
LONGEST_TITLE, LONGEST_NAME, LONGEST_PART = 600, 90, 60  # bytes, percent-encoded
LONGEST_JOURNAL, LONGEST_DOI = 240, 400

ISSN = re.compile(r"[0-9]{4}-[0-9]{3}[0-9X]")
ISBN = re.compile(r"[0-9]{9}[0-9X]|[0-9]{13}")

_GENRES = {
    PREPRINT: "preprint",
    "D016423": "proceeding",  # Congress
}


def context(article: Article) -> tuple[Pair, ...]:
    """The article's pairs, in a fixed order, not yet percent-encoded.

    Keys repeat: `rft_id` for the PMID and the DOI, `rft.au` for the authors. An
    invented article has neither identifiers nor ISSNs.
    """
    kind = "journal" if article.book is None else "book"
    head = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{kind}"),
        ("rfr_id", REFERRER),
        *_identifiers(article),
    ]
    facts = [*(_of_journal(article) if kind == "journal" else _of_book(article))]
    first = [*_first_author(signers(article))]
    title = _title(
        article, LONGEST - length([*head, *facts, *first]) - len("&rft.btitle=")
    )
    pairs = [*head, *title, *facts, *first]
    return (*pairs, *_authors(signers(article), LONGEST - length(pairs)))


def encoded(pairs: Sequence[Pair]) -> str:
    """The pairs as they stand in an address: `a=1&b=2`, all else percent-encoded.

    Spaces are %20, as some resolvers take a plus sign for one.
    """
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs)


def length(pairs: Sequence[Pair]) -> int:
    """Bytes of the pairs in an address, with the sign before them."""
    return len(encoded(pairs)) + 1


def _identifiers(article: Article) -> Iterator[Pair]:
    if is_example(article.pmid):
        return
    yield "rft_id", f"info:pmid/{article.pmid}"
    doi = article.identifiers.doi
    if doi and doi_url(doi) and _fits(doi, LONGEST_DOI):
        yield "rft_id", f"info:doi/{doi}"


def _of_journal(article: Article) -> Iterator[Pair]:
    """Genre, journal, place in it and date."""
    yield "rft.genre", _genre(article)
    journal, issue = article.journal, article.journal_issue
    if journal is not None:
        name = journal.title or journal.abbreviation or journal.medline_abbreviation
        short = journal.abbreviation or journal.medline_abbreviation
        yield from _pair("rft.jtitle", name, LONGEST_JOURNAL)
        yield from _pair("rft.stitle", short, LONGEST_JOURNAL // 2)
        if not is_example(article.pmid):
            yield from _issns(article)
    if issue is not None:
        yield from _pair("rft.volume", issue.volume)
        yield from _pair("rft.issue", issue.number)
    yield from _pages(article)
    yield from _pair("rft.date", _date(article))


def _genre(article: Article) -> str:
    for each in article.publication_types:
        if each.ui in _GENRES:
            return _GENRES[each.ui]
    return "unknown" if article.journal is None else "article"


def _issns(article: Article) -> Iterator[Pair]:
    """`issn` finds the journal in any medium, `eissn` the online one."""
    journal = article.journal
    assert journal is not None
    online = journal.issn_medium == "Electronic"
    any_medium = (journal.issn_linking if online else None) or journal.issn
    for key, value in (
        ("rft.issn", any_medium or journal.issn_linking),
        ("rft.eissn", journal.issn if online else None),
    ):
        if value and ISSN.fullmatch(value):
            yield key, value


def _pages(article: Article) -> Iterator[Pair]:
    """First and last page; or the article number of a journal without pages."""
    found = pages(article)
    if found is None:
        return
    first = first_range(found)
    if first.number:
        yield from _pair("rft.artnum", first.first)
    elif " " not in first.first:  # else it is a description
        yield from _pair("rft.spage", first.first)
        yield from _pair("rft.epage", first.last)
    yield from _pair("rft.pages", printed_pages(article) or found.text)


def _of_book(article: Article) -> Iterator[Pair]:
    book = article.book
    assert book is not None
    whole = is_whole_book(article)
    yield "rft.genre", "book" if whole else "bookitem"
    if not whole and book.title is not None:
        yield from _pair("rft.btitle", plain(book.title), LONGEST_JOURNAL)
    for isbn in book.isbns:
        digits = isbn.replace("-", "")
        if ISBN.fullmatch(digits) and not is_example(article.pmid):
            yield "rft.isbn", digits
            break
    yield from _pair("rft.pub", book.publisher, LONGEST_NAME)
    yield from _pair("rft.place", book.place)
    yield from _pair("rft.edition", book.edition)
    yield from _pages(article)
    yield from _pair("rft.date", beginning(_book_date(book, whole)))


def _title(article: Article, room: int) -> Iterator[Pair]:
    title = heading(article)
    key = "rft.btitle" if is_whole_book(article) else "rft.atitle"
    if title is not None:
        text = plain(without_full_stop(title))
        yield from _pair(key, text, min(LONGEST_TITLE, room))


def _first_author(people: Sequence[Author]) -> Iterator[Pair]:
    """The first person in parts; or the group, where no person signs."""
    persons = [each for each in people if each.last_name]
    groups = [each.group for each in people if each.group]
    if persons:
        yield from _pair("rft.aulast", persons[0].last_name, LONGEST_NAME)
        yield from _pair("rft.aufirst", persons[0].fore_name, LONGEST_NAME)
        yield from _pair("rft.auinit", persons[0].initials)
        yield from _pair("rft.ausuffix", persons[0].suffix)
    elif groups:
        yield from _pair("rft.aucorp", plain(groups[0]), LONGEST_NAME)


def _authors(people: Sequence[Author], room: int) -> Iterator[Pair]:
    """Every person's name in order, the first one's too: "Okonfold, Tam"."""
    names = [
        ", ".join(filter(None, (each.last_name, each.fore_name or each.initials)))
        for each in people
        if each.last_name
    ]
    for name in names[:MOST_AUTHORS]:
        for pair in _pair("rft.au", name, 2 * LONGEST_NAME):
            room -= length([pair])
            if room < 0:
                return
            yield pair


def _date(article: Article) -> str | None:
    """The date of the journal's issue; the article's own where that has no year."""
    issue = article.journal_issue
    dates = [issue.date] if issue is not None else []
    dates += [each.date for each in article.article_dates]
    return next(filter(None, map(beginning, dates)), None)


def _book_date(book: Book, whole: bool) -> PubDate:
    own = None if whole else book.contributed_on
    return own or book.date


def _pair(key: str, value: str | None, most: int = LONGEST_PART) -> Iterator[Pair]:
    """The pair with its value on one line, cut to so many bytes in an address."""
    text = _cut(one_line(value or ""), most)
    if text:
        yield key, text


def _cut(text: str, most: int) -> str:
    """The text, or as many whole words of it as fit; of one long word, its begin."""
    if _fits(text, most):
        return text
    size = 0
    for place, sign in enumerate(text):
        size += len(quote(sign, safe=""))
        if size > most:
            return text[:place].rpartition(" ")[0] or text[:place]
    return text


def _fits(text: str, most: int) -> bool:
    return len(quote(text, safe="")) <= most
