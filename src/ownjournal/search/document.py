"""What an index keeps of one article: words to find it by, and a few facts.

Texts are plain, without markup, and as NLM spells them; `analysis` cuts them.
Facts are codes of the form "tag:value", one for everything a CODE field of
`query.FIELDS` can be asked for.
"""

import re
from datetime import date
from functools import lru_cache

from msgspec import Struct

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.appraisal.registries import registrations_in
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import Article, Journal
from ownjournal.pubmed.markup import plain
from ownjournal.search.analysis import code, identifier, source_id

_PMID = re.compile("[1-9][0-9]{0,8}")


class Document(Struct, frozen=True, array_like=True):
    """An article as an index takes it in. Two equal ones are found alike."""

    pmid: int
    title: tuple[str, ...]  # in English and in its language; of a book, the book's
    texts: tuple[str, ...]  # parts of abstracts, keywords; never the title
    names: tuple[str, ...]  # of MeSH, substances, registrations
    addresses: tuple[str, ...]  # of authors, each once
    codes: tuple[str, ...]  # "au:smith_j", "mh:D006973", "la:eng" …, lower case
    published_on: tuple[date, ...]  # first days of the printed and electronic date
    sorted_on: date | None  # "newest" goes by it
    retracted: bool  # or withdrawn; found last


def document(article: Article, appraisal: Appraisal) -> Document:
    """What an index keeps of an article."""
    published = _published(article)
    return Document(
        pmid=article.pmid,
        title=_title(article),
        texts=tuple(_texts(article)),
        names=tuple(_names(article)),
        addresses=tuple(dict.fromkeys(_addresses(article))),
        codes=tuple(_codes(article, appraisal)),
        published_on=published,
        sorted_on=_sorted_on(article, published),
        retracted=appraisal.integrity in GRAVE,
    )


def _title(article: Article) -> tuple[str, ...]:
    book = article.book.title if article.book is not None else None
    titles = (article.title, article.vernacular_title)
    own = tuple(plain(title) for title in titles if title is not None)
    return own if own or book is None else (plain(book),)


def _texts(article: Article) -> list[str]:
    found = [plain(keyword.text) for keyword in article.keywords]
    for abstract in (article.abstract, *article.other_abstracts):
        if abstract is not None:
            found += [plain(section.text) for section in abstract.sections]
    return found


def _names(article: Article) -> list[str]:
    found = [heading.name for heading in article.mesh]
    found += [concept.name for concept in article.supplementary_concepts]
    found += [chemical.name for chemical in article.chemicals]
    for bank in article.data_banks:
        found += bank.accession_numbers
    return found


def _addresses(article: Article) -> list[str]:
    return [plain(text) for author in article.authors for text in author.affiliations]


def _published(article: Article) -> tuple[date, ...]:
    dates = [each.date for each in article.article_dates]
    if article.journal_issue is not None:
        dates.append(article.journal_issue.date)
    if article.book is not None:
        dates.append(article.book.contributed_on or article.book.date)
    days = (each.first_day() for each in dates)
    return tuple(dict.fromkeys(day for day in days if day is not None))


def _sorted_on(article: Article, published: tuple[date, ...]) -> date | None:
    """The day of publication, but none after PubMed had the record.

    Journals print dates months ahead; such an article would stay on top of
    everything newer. An electronic date is preferred, being exact.
    """
    days = list(published[:1])
    for step in article.history:
        if step.status == "entrez" and (day := step.date.first_day()) is not None:
            days.append(day)
    return min(days, default=None)


def _codes(article: Article, appraisal: Appraisal) -> list[str]:
    found = _author_codes(article)
    if article.journal is not None:
        found += _journal_codes(article.journal)
    for heading in article.mesh:
        found += _named("mh", heading.ui, heading.name)
        if heading.major or (heading.qualifiers and heading.is_major()):
            found += _named("majr", heading.ui, heading.name)
    for kind in article.publication_types:
        found += _named("pt", kind.ui, kind.name)
    found += [f"la:{language.lower()}" for language in article.languages]
    found += _identifier_codes(article)
    found += [f"si:{number}" for number in source_ids(article)]
    found += [f"link:{pmid}" for pmid in linked(article)]
    found += [f"cites:{pmid}" for pmid in cited(article)]
    return found + _our_codes(article, appraisal)


@lru_cache(maxsize=1 << 16)
def _named(tag: str, ui: str | None, name: str) -> tuple[str, ...]:
    """The codes of a heading: by UI and by name."""
    by_name = f"{tag}:{code(name)}"
    return (by_name,) if ui is None else (f"{tag}:{ui.lower()}", by_name)


def _author_codes(article: Article) -> list[str]:
    """Last name, and it with each beginning of the initials, as PubMed matches."""
    authors = article.authors
    if article.book is not None:
        authors += article.book.authors
    found = []
    for author in authors:
        if author.group is not None:
            found.append(f"au:{code(plain(author.group))}")
        if author.last_name is not None:
            last = f"au:{code(author.last_name)}"
            found.append(last)
            if author.initials is not None:
                initials = code(author.initials)
                for length in range(1, len(initials) + 1):
                    found.append(f"{last}_{initials[:length]}")
    return found


@lru_cache(maxsize=1 << 14)
def _journal_codes(journal: Journal) -> tuple[str, ...]:
    values = (
        journal.title,
        journal.abbreviation,
        journal.medline_abbreviation,
        journal.issn,
        journal.issn_linking,
        journal.nlm_id,
    )
    return tuple({f"ta:{code(value)}": None for value in values if value is not None})


def _identifier_codes(article: Article) -> list[str]:
    own = article.identifiers
    values = [own.doi, own.pmcid, own.pii, *(each.value for each in own.others)]
    return [f"aid:{identifier(value)}" for value in values if value is not None]


def source_ids(article: Article) -> tuple[str, ...]:
    """Banks and numbers that the record lists, and the registrations it is told by.

    As terms, "clinicaltrials.gov", "nct01234567"; each once.
    """
    found = []
    for bank in article.data_banks:
        found += [bank.name, *bank.accession_numbers]
    return tuple(dict.fromkeys([*map(source_id, found), *registrations(article)]))


def registrations(article: Article) -> tuple[str, ...]:
    """The trials and reviews that the abstract names by number, as terms."""
    if article.abstract is None:
        return ()
    text = " ".join([plain(each.text) for each in article.abstract.sections])
    return tuple(map(source_id, registrations_in(text.lower())))


def linked(article: Article) -> tuple[int, ...]:
    """The PMIDs that the record is linked with, whatever the link says; each once."""
    found = [link.pmid for link in article.corrections if link.pmid is not None]
    return tuple(dict.fromkeys(found))


def cited(article: Article) -> tuple[int, ...]:
    """The PMIDs among the references, each once."""
    found = [
        int(each.value)
        for reference in article.references
        for each in reference.ids
        if each.kind == "pubmed" and _PMID.fullmatch(each.value)
    ]
    return tuple(dict.fromkeys(found))


def _our_codes(article: Article, appraisal: Appraisal) -> list[str]:
    found = [f"design:{code(appraisal.design)}"]
    if article.abstract is not None and article.abstract.sections:
        found.append("sb:hasabstract")
    if article.identifiers.pmcid is not None:
        found.append("sb:free_full_text")
    if appraisal.level is not None:
        found.append(f"level:{appraisal.level}")
    if appraisal.integrity is not None:
        found.append(f"integrity:{code(appraisal.integrity)}")
    return found
