"""What an index keeps of one article: words to find it by, and a few facts.

Texts are plain, without markup, and as NLM spells them; `analysis` cuts them.
Facts are codes of the form "tag:value", one for everything a CODE field of
`query.FIELDS` can be asked for.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import Article, Author, PubDate
from ownjournal.pubmed.markup import plain
from ownjournal.search.analysis import code, identifier

RETRACTED = frozenset({"retracted", "withdrawn"})
"""States of integrity after which an article is found last."""


class Document(Struct, frozen=True, array_like=True):
    """An article as an index takes it in. Two equal ones are found alike."""

    pmid: int
    title: tuple[str, ...]  # the title, and the one in the article's language
    texts: tuple[str, ...]  # parts of abstracts, keywords; never the title
    names: tuple[str, ...]  # of MeSH, substances, registrations
    addresses: tuple[str, ...]  # of authors, each once
    codes: tuple[str, ...]  # "au:smith_j", "mh:D006973", "la:eng" …, lower case
    published_on: tuple[date, ...]  # first days of the printed and electronic date
    sorted_on: date | None  # "newest" goes by it
    retracted: bool


def document(article: Article, appraisal: Appraisal) -> Document:
    """What an index keeps of an article."""
    published = _published(article)
    return Document(
        pmid=article.pmid,
        title=tuple(
            map(plain, filter(None, (article.title, article.vernacular_title)))
        ),
        texts=tuple(_texts(article)),
        names=tuple(_names(article)),
        addresses=tuple(dict.fromkeys(_addresses(article))),
        codes=tuple(dict.fromkeys(_codes(article, appraisal))),
        published_on=published,
        sorted_on=_sorted_on(article, published),
        retracted=appraisal.integrity in RETRACTED,
    )


def _title(article: Article) -> tuple[str, ...]:
    titles = (article.title, article.vernacular_title)
    return tuple(plain(title) for title in titles if title is not None)


def _texts(article: Article) -> Iterator[str]:
    for abstract in (article.abstract, *article.other_abstracts):
        if abstract is not None:
            for section in abstract.sections:
                yield plain(section.text)
    for keyword in article.keywords:
        yield plain(keyword.text)


def _names(article: Article) -> Iterator[str]:
    for heading in article.mesh:
        yield heading.name
    for concept in article.supplementary_concepts:
        yield concept.name
    for chemical in article.chemicals:
        yield chemical.name
    for bank in article.data_banks:
        yield from bank.accession_numbers


def _addresses(article: Article) -> Iterator[str]:
    for author in article.authors:
        yield from map(plain, author.affiliations)


def _published(article: Article) -> tuple[date, ...]:
    dates = [each.date for each in article.article_dates]
    if article.journal_issue is not None:
        dates.append(article.journal_issue.date)
    if article.book is not None:
        dates.append(article.book.date)
    days = (each.first_day() for each in dates)
    return tuple(dict.fromkeys(day for day in days if day is not None))


def _sorted_on(article: Article, published: tuple[date, ...]) -> date | None:
    """The day of publication, but none after PubMed had the record.

    Journals print dates months ahead; such an article would stay on top of
    everything newer. An electronic date is preferred, being exact.
    """
    entered = (each.date for each in article.history if each.status == "entrez")
    days = [*published[:1], *filter(None, map(PubDate.first_day, entered))]
    return min(days, default=None)


def _codes(article: Article, appraisal: Appraisal) -> Iterator[str]:
    yield from _author_codes(article)
    yield from _journal_codes(article)
    for heading in article.mesh:
        names = _named(heading.ui, heading.name)
        yield from names
        if heading.is_major():
            yield from (f"majr:{name[3:]}" for name in names)
    for kind in article.publication_types:
        yield from (f"pt:{name[3:]}" for name in _named(kind.ui, kind.name))
    for language in article.languages:
        yield f"la:{language.lower()}"
    yield from _identifier_codes(article)
    yield from _our_codes(article, appraisal)


@lru_cache(maxsize=65536)
def _named(ui: str | None, name: str) -> tuple[str, ...]:
    """The codes of a heading: by UI and by name."""
    by_name = f"mh:{code(name)}"
    return (by_name,) if ui is None else (f"mh:{ui.lower()}", by_name)


def _author_codes(article: Article) -> Iterator[str]:
    authors = article.authors
    if article.book is not None:
        authors += article.book.authors
    return chain.from_iterable(map(_author, authors))


def _author(author: Author) -> Iterator[str]:
    """Last name, and it with each beginning of the initials, as PubMed matches."""
    if author.group is not None:
        yield f"au:{code(plain(author.group))}"
    if author.last_name is None:
        return
    last = f"au:{code(author.last_name)}"
    yield last
    if author.initials is not None:
        initials = code(author.initials)
        for length in range(1, len(initials) + 1):
            yield f"{last}_{initials[:length]}"


def _journal_codes(article: Article) -> Iterator[str]:
    journal = article.journal
    if journal is None:
        return
    for name in (journal.title, journal.abbreviation, journal.medline_abbreviation):
        if name is not None:
            yield f"ta:{code(name)}"
    for number in (journal.issn, journal.issn_linking, journal.nlm_id):
        if number is not None:
            yield f"ta:{code(number)}"


def _identifier_codes(article: Article) -> Iterator[str]:
    own = article.identifiers
    for value in (own.doi, own.pmcid, own.pii, *(each.value for each in own.others)):
        if value is not None:
            yield f"aid:{identifier(value)}"


def _our_codes(article: Article, appraisal: Appraisal) -> Iterator[str]:
    if article.abstract is not None and article.abstract.sections:
        yield "sb:hasabstract"
    if article.identifiers.pmcid is not None:
        yield "sb:free_full_text"
    yield f"design:{code(appraisal.design)}"
    if appraisal.level is not None:
        yield f"level:{appraisal.level}"
    if appraisal.integrity is not None:
        yield f"integrity:{code(appraisal.integrity)}"
