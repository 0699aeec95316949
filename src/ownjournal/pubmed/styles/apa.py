"""Publication Manual of the American Psychological Association, 7th edition (2020).

Chapters 9 and 10. Twenty people are named; of more, nineteen, a mark of omission
and the last. The journal is named in full, it and the volume in italics.
"""

import re
from collections.abc import Sequence

from ownjournal.pubmed import fulltext
from ownjournal.pubmed.article import Article, Author, Book, Markup
from ownjournal.pubmed.citation import group_name, is_whole_book, signers
from ownjournal.pubmed.exports.csl_json import kind
from ownjournal.pubmed.exports.dates import issued
from ownjournal.pubmed.exports.place import pages
from ownjournal.pubmed.styles import reading
from ownjournal.pubmed.styles.headline import full_name
from ownjournal.pubmed.styles.names import initials, roman, signing
from ownjournal.pubmed.styles.rich import (
    escaped,
    italic,
    joined,
    sentences,
)

MOST, FIRST = 20, 19  # people that are named; that are named of more, with the last
KINDS = {reading.LETTER: "Letter to the editor", reading.EDITORIAL: "Editorial"}

_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


def apa(article: Article, language: str | None) -> Markup:
    """The entry of a reference list; no full stop follows an address.

    The original title says what the language is, so that is not told again.
    """
    people = _people(signers(article), complete=article.authors_complete)
    people = people or _editors(article.editors)
    if people is None and article.book is not None and is_whole_book(article):
        people = _editors(article.book.editors)
    title = _title(article)
    date = escaped(f"({_year(article)})")
    source = _in_book(article, article.book) if article.book else _in(article)
    if not (people or title or source):
        return escaped(f"PMID: {article.pmid}.")
    told = sentences((people or title, date, title if people else None, *source))
    doi = article.identifiers.doi
    address = fulltext.doi_url(doi) if doi else None
    return joined(
        told, escaped(address) if address else None, _retraction(article), by=" "
    )


def _year(article: Article) -> str:
    """The year; of a part of a book that grows, of the part."""
    book = article.book
    when = issued(article)
    if book is not None and not is_whole_book(article):
        when = book.revised_on or book.contributed_on or when
    return _dashed(reading.year_of(when) or "n.d.")


def _title(article: Article) -> Markup | None:
    """The title and, in brackets, what it is; that of a whole in italics."""
    book, words = article.book, []
    whole = book is not None and is_whole_book(article)
    title = reading.title_of(article)
    if title and (whole or kind(article) == "article"):
        title = italic(title)
    if title and whole and book is not None and (editions := _editions(book, None)):
        title = joined(title, " ", editions)
    words += [name for ui, name in KINDS.items() if ui in reading.types(article)][:1]
    if reading.is_retracted_somewhere(article):
        words.append("Retracted")
    told = joined(title, *(f"[{word}]" for word in words), by=" ")
    return told or None


def _in(article: Article) -> list[Markup]:
    """Journal, volume, issue, pages or article number."""
    journal = article.journal
    name = full_name(journal) if journal is not None else None
    if kind(article) == "article":
        return [name] if name else []
    parts = [italic(name)] if name else []
    if reading.day_ahead(article):
        return [*parts, escaped("Advance online publication")]
    issue = article.journal_issue
    if issue is not None:
        numbering = reading.numbering_of(issue.volume, issue.number)
        if where := _place(numbering):
            parts.append(where)
    if found := pages(article):
        number = f"Article {found.text}" if found.number else _dashed(found.text)
        parts.append(escaped(number))
    return [joined(*parts, by=", ")] if parts else []


def _place(numbering: reading.Numbering) -> Markup:
    """<i>42</i>(12, Suppl. 7)"""
    supplement, part = numbering.supplement, numbering.part
    inside = [
        _dashed(numbering.number) if numbering.number else None,
        f"Pt. {part}".strip() if part is not None else None,
        f"Suppl. {supplement}".strip() if supplement is not None else None,
    ]
    told = ", ".join(part for part in inside if part)
    volume = italic(escaped(_dashed(numbering.volume))) if numbering.volume else None
    return joined(volume, escaped(f"({told})") if told else None)


def _in_book(article: Article, book: Book) -> list[Markup]:
    publisher = [escaped(book.publisher)] if book.publisher else []
    if is_whole_book(article) or book.title is None:
        return publisher
    editors = _editors(book.editors, surname_first=False)
    title = italic(reading.without_stop(book.title))
    found = pages(article)
    editions = _editions(book, found.text if found else None)
    whole = joined(editors, joined(title, editions, by=" "), by=", ")
    return [joined("In ", whole), *publisher]


def _editions(book: Book, place: str | None) -> Markup | None:
    """ "(2nd ed., Vol. 3, pp. 3–9)"."""
    word = "pp." if place and re.search("[-–,]", place) else "p."
    inside = [
        book.edition,
        f"Vol. {book.volume}" if book.volume else None,
        f"{word} {_dashed(place)}" if place else None,
    ]
    told = ", ".join(part for part in inside if part)
    return escaped(f"({told})") if told else None


def _people(
    people: Sequence[Author], *, complete: bool = True, surname_first: bool = True
) -> Markup | None:
    """ "Bog, A. M., & Fen, B., Jr."; a name cut short by NLM ends with "et al."."""
    tell = _name if surname_first else _name_in_order
    named = signing(people)
    if not named:
        return None
    if not complete:
        return escaped(", ".join([*map(tell, named[:FIRST]), "et al."]))
    if len(named) > MOST:
        first, last = ", ".join(map(tell, named[:FIRST])), tell(named[-1])
        return escaped(f"{first}, … {last}")
    names = [tell(each) for each in named]
    if len(names) == 1:
        return escaped(names[0])
    comma = "," if surname_first or len(names) > 2 else ""
    return escaped(f"{', '.join(names[:-1])}{comma} & {names[-1]}")


def _name(author: Author) -> str:
    if author.group:
        return group_name(author.group)
    parts = (author.last_name, _initials(author), _suffix(author.suffix))
    return ", ".join(part for part in parts if part)


def _name_in_order(author: Author) -> str:
    if author.group:
        return _name(author)
    name = " ".join(filter(None, (_initials(author), author.last_name)))
    return ", ".join(filter(None, (name, _suffix(author.suffix))))


def _initials(author: Author) -> str:
    """ "A. M.", "X.-M."; of names in capitals alone, as "AM", each letter is one."""
    fore = author.fore_name or ""
    if not fore or (fore.isupper() and len(fore) < 4):
        return " ".join(f"{letter}." for letter in "".join(initials(author)))
    names = [_HYPHEN.split(name) for name in fore.split()]
    return " ".join(
        "-".join(f"{part[0].upper()}." for part in parts if part) for parts in names
    )


def _suffix(suffix: str | None) -> str | None:
    return f"{suffix}." if suffix in ("Jr", "Sr") else roman(suffix)


def _editors(people: Sequence[Author], *, surname_first: bool = True) -> Markup | None:
    names = _people(people, surname_first=surname_first)
    if names is None:
        return None
    one = len(signing(people)) == 1
    return joined(names, " (Ed.)" if one else " (Eds.)")


def _retraction(article: Article) -> Markup | None:
    """ "(Retraction published 2012, Journal, 38[10], 1378)", the manual's form."""
    link = reading.retraction(article)
    if link is None:
        return None
    found = reading.notice(link.source)
    if found is None:
        source = (link.source or f"PMID {link.pmid}").rstrip(" ;:.")
        return escaped(f"(Retraction published in {source})")
    numbering = reading.numbering_of(found.volume, found.number)
    where = _place(numbering).replace("(", "[").replace(")", "]")
    parts = (italic(_same_journal(article, found.journal)), where, _dashed(found.pages))
    return Markup(f"(Retraction published {found.year}, {joined(*parts, by=', ')})")


def _same_journal(article: Article, abbreviation: str) -> Markup:
    """The full name of an abbreviated journal, where it is the article's own."""
    own = article.journal
    if own and abbreviation in (own.medline_abbreviation, own.abbreviation):
        return full_name(own) or escaped(abbreviation)
    return escaped(abbreviation)


def _dashed(text: str) -> str:
    return _HYPHEN.sub("–", text)
