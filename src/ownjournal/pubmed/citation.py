"""The formatted reference in NLM's form, as PubMed prints it; plain text.

Nothing is invented: a month that was not printed is not there, a missing volume
leaves no empty brackets, and no full stop stands twice. Dates are as printed.

    Neural Plast. 2017;2017:9724371. doi: 10.1155/2017/9724371. Epub 2017 Jun 19.

Where an article has two dates, its publication model says which one counts:

    Print-Electronic         date of the issue, "Epub" with the other
    Electronic-Print         date of the article, "Print" with the other
    Electronic-eCollection   date of the article, "eCollection" with the other

Sources: https://www.nlm.nih.gov/bsd/licensee/journal_source.html and, for
books and people, Patrias and Wendling, Citing Medicine, 2nd ed.
"""

import re
from collections.abc import Iterable, Sequence

from ownjournal.pubmed.article import (
    Article,
    Author,
    Book,
    Journal,
    Markup,
    PubDate,
)
from ownjournal.pubmed.markup import plain
from ownjournal.pubmed.months import SHORT_MONTHS

ARTICLE_DATE_COUNTS = {
    "Electronic-Print": "Print",
    "Electronic-eCollection": "eCollection",
}
PREPRINT = "D000076942"
NOTICES = {
    "RetractionIn": "Retraction in",
    "RetractedandRepublishedIn": "Retracted and republished in",
    "ExpressionOfConcernIn": "Expression of concern in",
    "CorrectedandRepublishedIn": "Corrected and republished in",
    "ErratumIn": "Erratum in",
    "UpdateIn": "Update in",
    "RetractionOf": "Retraction of",
    "RetractedandRepublishedFrom": "Retracted and republished from",
    "CorrectedandRepublishedFrom": "Corrected and republished from",
    "ExpressionOfConcernFor": "Expression of concern for",
    "ErratumFor": "Erratum for",
    "UpdateOf": "Update of",
}
"""Links that NLM tells in a citation, gravest first, as it words them."""

ELSEVIER_PII = re.compile(r"[SB][0-9X]{4}-[0-9X]{4}\([0-9]{2}\)[0-9]{5}-[0-9X]")


def nlm(article: Article) -> str:
    """Where an article stands: journal, date, place, DOI, further dates; one line.

    A book article gives the book it stands in. Never empty: a record that says
    nothing of this is cited by its PMID.
    """
    return place(article) or f"PMID: {article.pmid}."


def full(
    article: Article, *, authors: int | None = None, language: str | None = None
) -> str:
    """The whole reference: people, title, `nlm`, notices, PMID, PMCID; one line.

    authors   how many are named before "et al."; None names all, as NLM does
    language  the name of a language that is not English, "German"
    """
    title = article.title or article.vernacular_title
    return _sentences(
        people(article, authors),
        plain(title) if title else None,
        place(article, language),
        *notices(article),
        numbers(article),
    )


def people(article: Article, most: int | None = None) -> str | None:
    """Who signs, or else who edits; `most` are named before "et al."."""
    names = _people(signers(article), most, complete=article.authors_complete)
    return names or _editors(article.editors)


def notices(article: Article) -> list[str]:
    """What was published about it since, and what it is itself a notice of.

    "Retraction in: J Bog Med. 2020 Jan;13(1):7"; with the PMID where NLM gives no
    place. In the order of `NOTICES`.
    """
    links = sorted(
        (link for link in article.corrections if link.kind in NOTICES),
        key=lambda link: list(NOTICES).index(link.kind),
    )
    return [
        f"{NOTICES[link.kind]}: {_without_gap(link.source) or f'PMID {link.pmid}'}"
        for link in links
        if link.source or link.pmid
    ]


def _without_gap(source: str | None) -> str | None:
    """Without the signs for a place that is not known yet: "J Bog Med. 2023;:."."""
    return source.rstrip(" ;:.") + "." if source else None


def numbers(article: Article) -> str:
    """PMID and PMCID."""
    pmcid = article.identifiers.pmcid
    return f"PMID: {article.pmid}" + (f"; PMCID: {pmcid}" if pmcid else "")


def heading(article: Article) -> Markup | None:
    """The title to show; of a record of a whole book, the book's."""
    if is_whole_book(article):
        return article.book.title if article.book is not None else None
    return article.title or article.vernacular_title


def without_full_stop(title: Markup) -> Markup:
    """The title without the full stop that NLM ends every title with.

    PubMed's own page leaves it out too. One that belongs to the last word stays:
    "in the U.S.", "what next...".
    """
    last_word = title.rpartition(" ")[2]
    if last_word.endswith(".") and last_word.count(".") == 1:
        return Markup(title[:-1])
    return title


def signers(article: Article) -> tuple[Author, ...]:
    """The authors, of a record of a whole book the book's.

    Without those that a correction withdrew.
    """
    people = article.authors
    if not people and article.book is not None and is_whole_book(article):
        people = article.book.authors
    return tuple(each for each in people if each.valid)


def is_preprint(article: Article) -> bool:
    """Whether NLM says so by the type of the article."""
    return any(each.ui == PREPRINT for each in article.publication_types)


def is_whole_book(article: Article) -> bool:
    """Whether the record is of a book, and not of a part of one with its own title."""
    own_title = article.title or article.vernacular_title
    return article.book is not None and own_title is None


def source(article: Article) -> str | None:
    """Journal, date and place alone: `Neural Plast. 2017;2017:9724371.`

    None for a book, and where the record names no journal.
    """
    if article.journal is None:
        return None
    issue = article.journal_issue
    where = pages = None
    if issue is not None:
        number = f"({_tidy(issue.number)})" if issue.number else ""
        where = _tidy(issue.volume or "") + number
    pages = _pages(article)
    text = _date_that_counts(article) or ""
    if where:
        text = f"{text};{where}" if text else where
    if pages:
        text = f"{text}:{pages}" if text else pages
    name = _name(article.journal)
    if name and is_preprint(article):
        name += " [Preprint]"
    return _sentences(name, text) or None


def date_text(date: PubDate) -> str | None:
    """ "2019 Jun 4", "2019 Jun", "2019 Summer", "2019", or what was printed."""
    if date.printed:
        return _tidy(date.printed)
    if date.year is None:
        return None
    parts = [str(date.year)]
    if date.month is not None:
        parts.append(SHORT_MONTHS[date.month - 1])
        if date.day is not None:
            parts.append(str(date.day))
    elif date.season:
        parts.append(_tidy(date.season))
    return " ".join(parts)


def place(article: Article, language: str | None = None) -> str:
    """`nlm` or "", with the language where NLM puts it: before the DOI."""
    doi = article.identifiers.doi
    return _sentences(
        source(article) if article.book is None else _in_book(article, article.book),
        language,
        f"doi: {_tidy(doi)}" if doi else None,
        _further_date(article),
    )


def _date_that_counts(article: Article) -> str | None:
    if article.publication_model in ARTICLE_DATE_COUNTS:
        return _electronic(article) or _printed(article)
    return _printed(article) or _electronic(article)


def _further_date(article: Article) -> str | None:
    """The other date, where it says something else; or that there is no print yet."""
    if article.publication_status == "aheadofprint":
        return "Online ahead of print"
    electronic, printed = _electronic(article), _printed(article)
    if electronic is None or printed is None or electronic == printed:
        return None
    label = ARTICLE_DATE_COUNTS.get(article.publication_model or "")
    return f"{label} {printed}" if label else f"Epub {electronic}"


def _printed(article: Article) -> str | None:
    issue = article.journal_issue
    return date_text(issue.date) if issue is not None else None


def _electronic(article: Article) -> str | None:
    for each in article.article_dates:
        if each.kind == "Electronic":
            return date_text(each.date)
    return None


def printed_pages(article: Article) -> str | None:
    """Pages or article number as printed: "1016-22"; else from both ends."""
    pages = article.pagination
    if pages is None or pages.printed:
        return pages.printed if pages is not None else None
    ends = filter(None, (pages.start, pages.end))
    return "-".join(dict.fromkeys(ends)) or None


def _pages(article: Article) -> str | None:
    """Pages or article number; else the publisher's item number in their place."""
    found = printed_pages(article) or item_number(article)
    return _tidy(found) if found else None


def item_number(article: Article) -> str | None:
    """The publisher's item number that NLM gives as the article's location.

    The publisher's own list may name another, for its own use: where a record has
    one only, it is taken only if it is of Elsevier's form, which stands in both
    places.
    """
    own = article.identifiers
    if own.pii and (
        any(each.kind == "pii" for each in own.others)
        or ELSEVIER_PII.fullmatch(own.pii)
    ):
        return own.pii
    return None


def _name(journal: Journal) -> str | None:
    return journal.medline_abbreviation or journal.abbreviation or journal.title


def _in_book(article: Article, book: Book) -> str:
    whole = _sentences(
        _editors(book.editors),
        _book_title(book),
        book.edition,
        f"Vol. {book.volume}" if book.volume else None,
        _imprint(book),
        f"Report No.: {book.report_number}" if book.report_number else None,
        book.location_label,
        f"p. {pages}" if (pages := _pages(article)) else None,
    )
    if is_whole_book(article):
        return whole
    return _sentences(_chapter_date(book), f"In: {whole}" if whole else None)


def _book_title(book: Book) -> str | None:
    if book.title is None:
        return None
    medium = f" [{book.medium}]" if book.medium else ""
    return plain(book.title).rstrip(". ") + medium


def _imprint(book: Book) -> str | None:
    """`Treasure Island (FL): StatPearls Publishing; 2024 Jan–`"""
    maker = ": ".join(part for part in (book.place, book.publisher) if part)
    date = date_text(book.date)
    begins = date_text(book.begins) if book.begins is not None else None
    if begins:
        ends = date_text(book.ends) if book.ends is not None else None
        date = f"{begins}–{ends or ''}"
    return "; ".join(part for part in (maker, date) if part) or None


def _chapter_date(book: Book) -> str | None:
    """`1998 Sep 4 [updated 2023 Sep 21]`"""
    first = date_text(book.contributed_on) if book.contributed_on is not None else None
    revised = date_text(book.revised_on) if book.revised_on is not None else None
    updated = f"[updated {revised}]" if revised and revised != first else None
    return " ".join(part for part in (first, updated) if part) or None


def _people(
    people: Sequence[Author], most: int | None = None, *, complete: bool = True
) -> str | None:
    """Names without those that a correction withdrew."""
    named = [each for each in people if each.valid and _person(each)]
    if most is not None and len(named) > most:
        named, complete = named[:most], False
    names = listed([(_person(each), bool(each.group)) for each in named])
    return f"{names}, et al" if names and not complete else names or None


def listed(names: Sequence[tuple[str, bool]]) -> str:
    """People by commas, groups by semicolons: "Bog A, Fen B; Peat Group".

    Each name is told with whether it is a group's. Citing Medicine, chapter 1.
    """
    told, after_group = "", False
    for name, group in names:
        if told:
            told += "; " if group or after_group else ", "
        told, after_group = told + name, group
    return told


def _editors(people: Sequence[Author]) -> str | None:
    names = _people(people)
    if names is None:
        return None
    one = sum(each.valid for each in people) == 1
    return f"{names}, {'editor' if one else 'editors'}"


def group_name(group: Markup) -> str:
    """A group as a citation names it, without a full stop of its own."""
    return plain(group).strip().rstrip(".")


def _person(author: Author) -> str:
    if author.group:
        return group_name(author.group)
    parts = (author.last_name, author.initials, author.suffix)
    return " ".join(part for part in parts if part)


def _sentences(*parts: str | None) -> str:
    """What is there, each with one full stop, on one line."""
    return " ".join(_stopped(part) for part in _there(parts))


def _there(parts: Iterable[str | None]) -> Iterable[str]:
    return (text for part in parts if part and (text := " ".join(part.split())))


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _tidy(text: str) -> str:
    """On one line; and `146 ( Pt 1)`, as NLM has it in volumes, without the gap."""
    return " ".join(text.split()).replace("( ", "(")
