"""Where an article can be read: one ordered answer, each way with its reason.

First what is free, which is said only where somebody answers for it: PMC once
no embargo holds, NLM's Bookshelf, a publisher whose record names an open
licence, and an open copy that was looked up and is given to `links`. Then the
ways for those who pay or belong to a library, then the ways to ask. A
publisher's page may be free or not, which most records do not say.

No request is made here, and every address is https, or a mail of one's own.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Literal
from urllib.parse import quote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from ownjournal.pubmed import citation
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.licence import licence_named
from ownjournal.pubmed.open_copy import VERSIONS, OpenCopy, Version

DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
PMCID = re.compile(r"PMC[0-9]{1,12}")
MANUSCRIPT = re.compile(r"(?:NIHMS|EMS|UKMS|HALMS|CAMS)[0-9]{1,12}")
BOOKS = "https://www.ncbi.nlm.nih.gov/books/{}/"
BOOKSHELF = re.compile(r"NBK[0-9]{1,12}")
PMC_HOSTS = ("ncbi.nlm.nih.gov", "europepmc.org")
RETRACTED = "The article was retracted or withdrawn, which a copy may not show."
LONGEST_REQUEST = 1_500  # characters; mail programs cut longer addresses

Kind = Literal[
    "pmc",
    "open-copy",
    "bookshelf",
    "publisher",
    "libkey",
    "request",
    "europepmc",
    "pubmed",
]
Group = Literal["text", "ask", "record"]


class Link(Struct, frozen=True):
    """One way to the text, or to the record.

    The reader's own libraries stand between the groups "text" and "ask".
    """

    kind: Kind
    label: str
    url: str
    free: bool  # the whole text, now, for everybody
    reason: str  # why this link is here and what to expect, in sentences
    group: Group = "text"
    licence: str | None = None  # "CC BY 4.0"; the reason names it too
    version: Version | None = None  # where it is known
    checked_on: date | None = None  # when it was last looked up, if it was


def links(
    article: Article,
    *,
    today: date | None = None,
    open_copy: OpenCopy | None = None,
    retracted: bool = False,
) -> tuple[Link, ...]:
    """The ways to an article: free ones first, the PubMed record last.

    today      by which an embargo at PMC is over or not; None is now
    open_copy  a free copy that somebody else knows of
    retracted  or withdrawn; each way to the text then says so

    An invented article has no links, as its identifiers lead nowhere.
    """
    if is_example(article.pmid):
        return ()
    found = sorted(
        _texts(article, open_copy, today or datetime.now(UTC).date()), key=_rank
    )
    if retracted:
        found = [replace(each, reason=f"{each.reason} {RETRACTED}") for each in found]
    return (*found, *_further(article, found), _pubmed(article))


def _texts(article: Article, copy: OpenCopy | None, today: date) -> Iterator[Link]:
    ways = [_pmc(article, today), _open(article, copy), _bookshelf(article)]
    if copy is None or copy.host != "publisher":  # else the DOI leads to the same
        ways.append(_publisher(article))
    return (link for link in ways if link is not None)


def _rank(link: Link) -> tuple[bool, bool, bool, int]:
    """Free ones first, PMC's before others, better versions before worse; what PMC
    keeps back comes after the publisher, who shows it already.
    """
    versions = [*VERSIONS, None]
    kept_back = link.kind == "pmc" and not link.free
    elsewhere = link.kind != "pmc"
    return not link.free, kept_back, elsewhere, versions.index(link.version)


def _further(article: Article, found: Sequence[Link]) -> list[Link]:
    """Ways for those whom the free ones do not serve: LibKey also where only an
    earlier version is free.
    """
    free = [link for link in found if link.free]
    if not free:
        return [_libkey(article), _request(article), _europepmc(article)]
    whole = any(link.version == _version(article) for link in free)
    return [] if whole else [_libkey(article)]


def doi_url(doi: str) -> str | None:
    """The address of a DOI at doi.org; None for what is no DOI.

    All but letters, digits and -._~/ is percent-encoded, as DOIs may hold
    `<>();#?%`, e.g. that of PMID 10612833.
    """
    return f"https://doi.org/{quote(doi, safe='/')}" if DOI.fullmatch(doi) else None


def pmc_address(pmcid: str) -> str | None:
    """The address of a text at PMC; None for what is no PMCID."""
    if not PMCID.fullmatch(pmcid):
        return None
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"


def record_address(pmid: int) -> str:
    """The address of NLM's own record of an article."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def bookshelf_accession(article: Article) -> str | None:
    """The number of a book article in NLM's Bookshelf: "NBK475701"."""
    ids = [*article.identifiers.others, *(article.book.ids if article.book else ())]
    for each in ids:
        if each.kind == "bookaccession" and BOOKSHELF.fullmatch(each.value):
            return each.value
    return None


def licence(article: Article) -> str | None:
    """The licence that the record's copyright line names, where that is certain."""
    line = article.abstract.copyright if article.abstract else None
    return licence_named(line) if line else None


def _pmc(article: Article, today: date) -> Link | None:
    pmcid = article.identifiers.pmcid
    url = pmc_address(pmcid or "")
    if url is None:
        return None
    version: Version = "accepted" if _is_manuscript(article) else _version(article)
    release = _release(article)
    if release is not None and release > today:
        when = f"and shows it from {_day(release)}."
        reason = f"PMC holds {VERSIONS[version]} as {pmcid} {when}"
        return Link("pmc", "PMC, later", url, False, reason, version=version)
    named = None if version == "accepted" else licence(article)
    reason = f"PMC, NLM's archive, holds {VERSIONS[version]} as {pmcid}."
    if named:
        reason += f" The record names the licence {named}."
    return Link("pmc", "Free full text", url, True, reason, "text", named, version)


def _version(article: Article) -> Version:
    """Which version of itself the record is about."""
    return "submitted" if citation.is_preprint(article) else "published"


def _is_manuscript(article: Article) -> bool:
    """Whether the authors gave PMC their manuscript: it has a number, "NIHMS123456"."""
    return any(
        each.kind == "mid" and MANUSCRIPT.fullmatch(each.value)
        for each in article.identifiers.others
    )


def _release(article: Article) -> date | None:
    """The first day on which PMC may show an article that is under embargo."""
    for each in article.history:
        if each.status == "pmc-release":
            return each.date.first_day()
    return None


def _open(article: Article, copy: OpenCopy | None) -> Link | None:
    """What was found elsewhere; of PMC's own holdings the record itself tells."""
    if copy is None or (article.identifiers.pmcid and _is_pmc(copy.url)):
        return None
    where = urlsplit(copy.url).hostname or ""
    what = VERSIONS[copy.version] if copy.version else "a version that is not stated"
    terms = f"licence {copy.licence}" if copy.licence else "no licence stated"
    labels = {"submitted": "Free preprint", "accepted": "Free manuscript"}
    label = labels.get(copy.version or "", "Free full text")
    return Link(
        "open-copy",
        "Free at the publisher" if copy.host == "publisher" else label,
        copy.url,
        True,
        f"{where} has {what}; {terms}. Found by {copy.finder}, last checked on"
        f" {_day(copy.checked_on)}.",
        "text",
        copy.licence,
        copy.version,
        copy.checked_on,
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _is_pmc(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return any(host == each or host.endswith(f".{each}") for each in PMC_HOSTS)


def _bookshelf(article: Article) -> Link | None:
    accession = bookshelf_accession(article)
    if accession is None:
        return None
    return Link(
        "bookshelf",
        "Free at NLM Bookshelf",
        BOOKS.format(accession),
        True,
        f"NLM's Bookshelf, which is open to everybody, has it as {accession}.",
        version="published",
    )


def _publisher(article: Article) -> Link | None:
    doi = article.identifiers.doi
    url = doi_url(doi) if doi else None
    if url is None:
        return None
    named = licence(article)
    if named is None:
        reason = (
            f"The DOI {doi} leads to the publisher, who may ask for a subscription."
        )
        return Link("publisher", "Publisher", url, False, reason)
    reason = (
        f"The DOI {doi} leads to the publisher; the record names the open licence"
        f" {named}."
    )
    return Link(
        "publisher",
        "Free at the publisher",
        url,
        True,
        reason,
        licence=named,
        version=_version(article),
    )


def _libkey(article: Article) -> Link:
    """LibKey takes either number, without a key of ours and without our knowing."""
    doi = article.identifiers.doi
    number = quote(doi, safe="/") if doi and DOI.fullmatch(doi) else str(article.pmid)
    return Link(
        "libkey",
        "LibKey",
        f"https://libkey.io/{number}",
        False,
        "LibKey asks once which library is yours, then leads to what it pays for.",
        "ask",
    )


def _request(article: Article) -> Link:
    """A mail that the reader addresses and sends; nobody else learns of it."""
    lines = [
        "I should like a copy of this article:",
        "",
        citation.full(article, authors=6),
    ]
    body = "\r\n".join(lines)[:LONGEST_REQUEST]
    subject = f"Request for a copy: PMID {article.pmid}"
    return Link(
        "request",
        "Ask for a copy",
        f"mailto:?subject={quote(subject, safe='')}&body={quote(body, safe='')}",
        False,
        "Opens a mail with the whole citation. Send it to your library, which can get"
        " a copy from another one, or to an author; PubMed often shows an address.",
        "ask",
    )


def _europepmc(article: Article) -> Link:
    return Link(
        "europepmc",
        "Europe PMC",
        f"https://europepmc.org/article/MED/{article.pmid}",
        False,
        "Europe PMC lists preprints and other free versions where it knows them.",
        "record",
    )


def _pubmed(article: Article) -> Link:
    return Link(
        "pubmed",
        "PubMed",
        record_address(article.pmid),
        False,
        "NLM's own record of this article.",
        "record",
    )
