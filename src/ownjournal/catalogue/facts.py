"""What the record of an article says beside its text: the end of its page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ownjournal.catalogue.dates import date_told
from ownjournal.catalogue.people import full_name
from ownjournal.catalogue.registrations import address_of_number
from ownjournal.catalogue.safe_html import safe
from ownjournal.pubmed import fulltext
from ownjournal.pubmed.article import Article, Chemical, DataBank, Grant, Journal
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.exports.clean import line


@dataclass(frozen=True, slots=True)
class LinkedFact:
    """A value with its name, and where it leads."""

    name: str
    value: str
    address: str | None


@dataclass(frozen=True, slots=True)
class FactsView:
    """Names and values; of an invented article none leads anywhere."""

    identifiers: tuple[LinkedFact, ...]
    registrations: tuple[LinkedFact, ...]  # those of one bank stand together
    concepts: tuple[str, ...]
    journal: str | None  # full title, ISSNs, country
    chemicals: tuple[str, ...]  # with their registry numbers
    genes: tuple[str, ...]
    subjects: tuple[str, ...]  # people whom the article is about
    grants: tuple[str, ...]
    conflict_of_interest: SafeString | None
    notes: tuple[str, ...]
    sections: tuple[SafeString, ...]  # of a part of a book
    history: tuple[LinkedFact, ...]


def facts_view(article: Article) -> FactsView:
    """In NLM's order."""
    example, interests = is_example(article.pmid), article.conflict_of_interest
    sections = article.book.sections if article.book is not None else ()
    return FactsView(
        identifiers=_identifiers(article, example),
        registrations=_registrations(article.data_banks, example),
        concepts=_row(each.name for each in article.supplementary_concepts),
        journal=_journal(article.journal, example) if article.journal else None,
        chemicals=_row(map(_chemical, article.chemicals)),
        genes=_row(article.gene_symbols),
        subjects=_row(map(full_name, article.person_subjects)),
        grants=_grants(article),
        conflict_of_interest=safe(interests) if interests else None,
        notes=tuple(note.text for note in article.notes),
        sections=tuple(safe(each.title) for each in sections if each.title),
        history=_history(article),
    )


def _row(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts that stand beside each other, where one could turn the others."""
    return tuple(kept for text in texts if (kept := line(text)))


def _registrations(
    banks: tuple[DataBank, ...], example: bool
) -> tuple[LinkedFact, ...]:
    return tuple(
        LinkedFact(
            bank.name,
            number,
            None if example else address_of_number(bank.name, number),
        )
        for bank in banks
        for number in bank.accession_numbers
    )


_CAS = re.compile(r"[0-9]{2,7}-[0-9]{2}-[0-9]")
_UNII = re.compile(r"[0-9A-Z]{10}")


def _chemical(chemical: Chemical) -> str:
    """ "Aspirin (UNII R16CO5Y76E)"; an EC number says itself what it is."""
    number = chemical.registry_number
    if number is None:
        return chemical.name
    register = ""
    if _CAS.fullmatch(number):
        register = "CAS "
    elif _UNII.fullmatch(number):
        register = "UNII "
    return f"{chemical.name} ({register}{number})"


def _journal(journal: Journal, example: bool) -> str | None:
    """ "Neural plasticity · ISSN 1687-5443, 2090-5904 · United States"."""
    issns = [] if example else [journal.issn, journal.issn_linking]
    known = ", ".join(dict.fromkeys(filter(None, issns)))
    parts = (journal.title, f"ISSN {known}" if known else None, journal.country)
    return " · ".join(part for part in parts if part) or None


def _grants(article: Article) -> tuple[str, ...]:
    more = () if article.grants_complete or not article.grants else ("and others",)
    return (*map(_grant, article.grants), *more)


def _grant(grant: Grant) -> str:
    parts = (grant.number, grant.acronym, grant.agency, grant.country)
    return " · ".join(part for part in parts if part)


def _identifiers(article: Article, example: bool) -> tuple[LinkedFact, ...]:
    """Those of the article itself."""
    own = article.identifiers
    pmcid, doi = own.pmcid, own.doi
    found = (
        ("PMID", str(article.pmid), fulltext.record_address(article.pmid)),
        ("PMCID", pmcid, fulltext.pmc_address(pmcid or "")),
        ("DOI", doi, fulltext.doi_url(doi or "")),
        ("PII", own.pii if own.pii != doi else None, None),
        *_book_identifiers(article),
        ("Version", str(article.version) if article.version > 1 else None, None),
    )
    return tuple(
        LinkedFact(name, value, None if example else address)
        for name, value, address in found
        if value
    )


def _book_identifiers(article: Article) -> list[tuple[str, str, str | None]]:
    accession = fulltext.bookshelf_accession(article)
    found: list[tuple[str, str, str | None]] = []
    if accession is not None:
        found.append(("Bookshelf", accession, fulltext.BOOKS.format(accession)))
    isbns = article.book.isbns if article.book is not None else ()
    return found + [("ISBN", isbn, None) for isbn in isbns]


HISTORY = {
    "received": "Received",
    "revised": "Revised",
    "accepted": "Accepted",
    "retracted": "Retracted",
    "ecollection": "In the year's collection",
    "entrez": "In Entrez",
    "pubmed": "In PubMed",
    "medline": "In MEDLINE",
    "pmc-release": "Free in PMC",
}


def _history(article: Article) -> tuple[LinkedFact, ...]:
    steps = [
        LinkedFact(HISTORY.get(step.status, step.status), told, None)
        for step in article.history
        if (told := date_told(step.date))
    ]
    if article.revised_on and (told := date_told(article.revised_on)):
        steps.append(LinkedFact("Record revised", told, None))
    if article.status:
        steps.append(LinkedFact("Status", article.status, None))
    return tuple(steps)
