"""Candidate: what ranking needs to know of an article, in plain text."""

from collections.abc import Iterator
from sys import intern

from msgspec import Struct

from ownjournal.appraisal.registries import REGISTRIES, registration_in
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.markup import plain

SAME_WORK = frozenset(
    {
        "UpdateIn",
        "UpdateOf",
        "CorrectedandRepublishedIn",
        "CorrectedandRepublishedFrom",
        "RetractedandRepublishedIn",
        "RetractedandRepublishedFrom",
        "RepublishedIn",
        "RepublishedFrom",
        "ReprintIn",
        "ReprintOf",
        "SummaryForPatientsIn",
        "OriginalReportIn",
        "ErratumIn",
        "ErratumFor",
    }
)
"""Links (RefType) between forms of one work: a preprint and its article, a
republication, a summary for patients, a correction. NLM tells a preprint's
article by UpdateIn."""


OF_OTHERS = frozenset(
    {"systematic-review", "meta-analysis", "scoping-review", "review", "guideline"}
)
"""Designs that report on the studies of others."""


class Candidate(Struct, frozen=True):
    """An article that may be chosen for an issue, or that seeds an interest."""

    pmid: int
    title: str  # plain; "" where the record has none
    abstract: str = ""  # plain; "" where the record has none
    mesh: tuple[str, ...] = ()  # descriptor UIs
    mesh_major: tuple[str, ...] = ()  # those that are a main point
    journal: str | None = None  # NLM id
    doi: str | None = None
    first_author: str | None = None  # "Smith J", or a group's name
    registrations: tuple[str, ...] = ()  # of trials, "NCT01234567"
    related_pmids: tuple[int, ...] = ()  # other forms of the same work
    design: str = "unclear"
    level: int | None = None
    quality: int = 0
    significance: int = 0
    clinical: bool = True
    integrity: str | None = None
    languages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()  # "Smith JA", and groups
    meaning: bytes | None = None  # a vector as `search.vectors` packs it


def candidate(
    article: Article, appraisal: Appraisal, meaning: bytes | None = None
) -> Candidate:
    """What ranking needs to know of an article and its appraisal."""
    abstract = _abstract(article)
    headings = [(intern(each.ui), each) for each in article.mesh if each.ui]
    return Candidate(
        pmid=article.pmid,
        title=plain(article.title) if article.title else "",
        abstract=abstract,
        mesh=tuple(ui for ui, _ in headings),
        mesh_major=tuple(ui for ui, each in headings if each.is_major()),
        journal=article.journal.nlm_id if article.journal else None,
        doi=article.identifiers.doi,
        first_author=next(names_of(article), None),
        registrations=_registrations(article, appraisal, abstract),
        related_pmids=tuple(
            link.pmid
            for link in article.corrections
            if link.pmid is not None and link.kind in SAME_WORK
        ),
        design=appraisal.design,
        level=appraisal.level,
        quality=appraisal.quality,
        significance=appraisal.significance,
        clinical=appraisal.clinical,
        integrity=appraisal.integrity,
        languages=article.languages,
        authors=tuple(names_of(article)),
        meaning=meaning,
    )


def _abstract(article: Article) -> str:
    if article.abstract is None:
        return ""
    return " ".join(plain(each.text) for each in article.abstract.sections)


def _registrations(
    article: Article, appraisal: Appraisal, abstract: str
) -> tuple[str, ...]:
    """Trials that the article reports: NLM's list, else the first in the abstract.

    A review may name a hundred trials of others, so its text is not asked.
    """
    listed = tuple(
        number
        for bank in article.data_banks
        if bank.name in REGISTRIES
        for number in bank.accession_numbers
    )
    if listed or appraisal.design in OF_OTHERS:
        return listed
    number = registration_in(abstract.lower())
    return (number.upper(),) if number else ()


def names_of(article: Article) -> Iterator[str]:
    """Its authors as "Smith JA", and groups, in their order."""
    for author in article.authors:
        if author.group:
            yield plain(author.group)
        elif author.last_name:
            yield intern(f"{author.last_name} {author.initials or ''}".rstrip())
