"""Where an article can be read: links from its own identifiers, best one first.

Free is only what PMC holds; a publisher's page may be free or not, which no
record says. No request is made and no link leads anywhere but to PMC, doi.org,
NLM's Bookshelf and PubMed, by https.
"""

import re
from datetime import UTC, date, datetime
from urllib.parse import quote

from msgspec import Struct

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.example import is_example

DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
PMCID = re.compile(r"PMC[0-9]{1,12}")
BOOKS = "https://www.ncbi.nlm.nih.gov/books/{}/"
BOOKSHELF = re.compile(r"NBK[0-9]{1,12}")


class Link(Struct, frozen=True):
    """One way to the text, or to the record."""

    kind: str  # "pmc", "publisher", "bookshelf", "pubmed"
    label: str
    url: str
    free: bool  # the whole text, now, for everybody
    reason: str  # a sentence: why this link is here and what to expect


def links(article: Article, *, today: date | None = None) -> tuple[Link, ...]:
    """The links of an article, PMC first, the PubMed record last.

    today  by which an embargo at PMC is over or not; None is now. An invented
           article has no links, as its identifiers lead nowhere.
    """
    if is_example(article.pmid):
        return ()
    found = (
        _pmc(article, today or datetime.now(UTC).date()),
        _bookshelf(article),
        _publisher(article),
        _pubmed(article),
    )
    return tuple(link for link in found if link is not None)


def doi_url(doi: str) -> str | None:
    """The address of a DOI at doi.org; None for what is no DOI.

    All but letters, digits and -._~/ is percent-encoded, as DOIs may hold
    `<>();#?%`, e.g. that of PMID 10612833.
    """
    return f"https://doi.org/{quote(doi, safe='/')}" if DOI.fullmatch(doi) else None


def bookshelf_accession(article: Article) -> str | None:
    """The number of a book article in NLM's Bookshelf: "NBK475701"."""
    ids = [*article.identifiers.others, *(article.book.ids if article.book else ())]
    for each in ids:
        if each.kind == "bookaccession" and BOOKSHELF.fullmatch(each.value):
            return each.value
    return None


def _pmc(article: Article, today: date) -> Link | None:
    pmcid = article.identifiers.pmcid
    if pmcid is None or not PMCID.fullmatch(pmcid):
        return None
    url = f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"
    release = _release(article)
    if release is not None and release > today:
        return Link(
            "pmc",
            "PMC, later",
            url,
            False,
            f"PMC holds the whole text as {pmcid} and shows it from {release}.",
        )
    return Link(
        "pmc",
        "Free full text",
        url,
        True,
        f"PMC, NLM's archive, holds the whole text as {pmcid}.",
    )


def _release(article: Article) -> date | None:
    """The first day on which PMC may show an article that is under embargo."""
    for each in article.history:
        if each.status == "pmc-release":
            return each.date.first_day()
    return None


def _bookshelf(article: Article) -> Link | None:
    accession = bookshelf_accession(article)
    if accession is None:
        return None
    return Link(
        "bookshelf",
        "NLM Bookshelf",
        BOOKS.format(accession),
        False,
        f"NLM's Bookshelf has it as {accession}.",
    )


def _publisher(article: Article) -> Link | None:
    doi = article.identifiers.doi
    url = doi_url(doi) if doi else None
    if url is None:
        return None
    return Link(
        "publisher",
        "Publisher",
        url,
        False,
        f"The DOI {doi} leads to the publisher, who may ask for a subscription.",
    )


def _pubmed(article: Article) -> Link:
    return Link(
        "pubmed",
        "PubMed",
        f"https://pubmed.ncbi.nlm.nih.gov/{article.pmid}/",
        False,
        "NLM's own record of this article.",
    )
