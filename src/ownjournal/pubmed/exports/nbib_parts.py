"""The parts of a MEDLINE record that are lists: people, grants, subjects, links.

Each gives lines (tag, text) in NLM's order; a text of None is no line. See
`nbib` for the form.
"""

from collections.abc import Iterator

from ownjournal.pubmed.article import (
    Article,
    Author,
    Grant,
    Investigator,
    PersonSubject,
    PubDate,
)
from ownjournal.pubmed.citation import date_text, is_whole_book, signers
from ownjournal.pubmed.exports.clean import line, paragraphs, words

Line = tuple[str, str | None]
Person = Author | Investigator | PersonSubject

CORRECTIONS = {
    "AssociatedPublication": "DDIN",
    "CommentIn": "CIN",
    "CommentOn": "CON",
    "CorrectedandRepublishedFrom": "CRF",
    "CorrectedandRepublishedIn": "CRI",
    "ErratumFor": "EFR",
    "ErratumIn": "EIN",
    "ExpressionOfConcernFor": "ECF",
    "ExpressionOfConcernIn": "ECI",
    "OriginalReportIn": "ORI",
    "PartialRetractionIn": "PRIN",
    "PartialRetractionOf": "PROF",
    "ReprintIn": "RPI",
    "ReprintOf": "RPF",
    "RepublishedFrom": "RPF",
    "RepublishedIn": "RPI",
    "RetractedandRepublishedFrom": "RRF",
    "RetractedandRepublishedIn": "RRI",
    "RetractionIn": "RIN",
    "RetractionOf": "ROF",
    "SummaryForPatientsIn": "SPIN",
    "UpdateIn": "UIN",
    "UpdateOf": "UOF",
}
"""RefType by RefType; NLM's list names no tag for an associated dataset."""


def people_lines(article: Article) -> Iterator[Line]:
    """Authors in their order with ORCID and affiliations, editors, investigators."""
    people = signers(article)
    for author in people:
        if author.group:
            yield "CN", words(author.group)
        else:
            yield from _names("FAU", "AU", author)
        yield "AUID", f"ORCID: {author.orcid}" if author.orcid else None
        yield from (("AD", words(each)) for each in author.affiliations)
    if people and not article.authors_complete:
        yield from (("FAU", "et al"), ("AU", "et al"))
    book = article.book
    for editor in (*article.editors, *(book.editors if book is not None else ())):
        if editor.valid:
            yield from _names("FED", "ED", editor)


def investigator_lines(article: Article) -> Iterator[Line]:
    """The members of groups, each with affiliations."""
    for each in article.investigators:
        if each.valid:
            yield from _names("FIR", "IR", each)
            yield from (("IRAD", words(place)) for place in each.affiliations)


def grant_lines(article: Article) -> Iterator[Line]:
    """ "R01 HL000001/HL/NHLBI NIH HHS/United States"."""
    return (("GR", _grant(each)) for each in article.grants)


def subject_lines(article: Article) -> Iterator[Line]:
    """Substances, subsets, genes, missions and people: what NLM indexed beside MeSH."""
    for chemical in article.chemicals:
        number = line(chemical.registry_number) or "0"
        yield "RN", f"{number} ({line(chemical.name)})"
    concepts = article.supplementary_concepts
    yield from (("NM", line(each.name)) for each in concepts)
    yield from (("SB", line(each)) for each in article.citation_subsets)
    yield from (("GS", line(each)) for each in article.gene_symbols)
    yield from (("SFM", line(each)) for each in article.space_flight_missions)
    for person in article.person_subjects:
        yield from _names("FPS", "PS", person)
    number_of = article.number_of_references
    yield "RF", str(number_of) if number_of else None


def keyword_lines(article: Article) -> Iterator[Line]:
    """The authors' words, a star before a main point; their owner before them."""
    owner = None
    for each in article.keywords:
        if each.owner and each.owner != owner:
            owner = each.owner
            yield "OTO", line(owner)
        text = words(each.text)
        yield "OT", ("*" if each.major else "") + text if text else None


def correction_lines(article: Article) -> Iterator[Line]:
    """Notices and partners: `RIN - J Invent Med. 2026;8(1):3. PMID: 99000002`."""
    for each in article.corrections:
        if each.kind not in CORRECTIONS:
            continue
        parts = (line(each.source), f"PMID: {each.pmid}" if each.pmid else None)
        yield CORRECTIONS[each.kind], " ".join(filter(None, parts))


def other_abstract_lines(article: Article) -> Iterator[Line]:
    """Abstracts in other languages or words, each with its language."""
    for each in article.other_abstracts:
        yield "OAB", " ".join(paragraphs(each))
        yield "OABL", line(each.language)
        yield "OCI", line(each.copyright)


def book_lines(article: Article) -> Iterator[Line]:
    """The book around a chapter, or the book that the record is of."""
    book = article.book
    if book is None:
        return
    yield "DP", _words(book.date)
    yield "BTI", words(book.title)
    yield "VTI", words(book.volume_title)
    yield "CTI", words(book.series_title)
    yield "CP", None if is_whole_book(article) else line(book.location_label)
    yield "VI", line(book.volume)
    yield "EN", line(book.edition)
    yield from (("ISBN", line(each)) for each in book.isbns)
    yield "PB", line(book.publisher)
    yield "PL", line(book.place)
    yield "CTDT", day(book.contributed_on)
    yield "DRDT", day(book.revised_on)


def day(when: PubDate | None) -> str | None:
    """ "20170619"; None unless the day is known."""
    if when is None or when.year is None or when.month is None or when.day is None:
        return None
    return f"{when.year:04}{when.month:02}{when.day:02}"


def _words(when: PubDate) -> str | None:
    return line(date_text(when))


def _names(full: str, short: str, person: Person) -> Iterator[Line]:
    """`FAU - Quillfeather, Ada B Jr` and `AU  - Quillfeather AB Jr`."""
    last, suffix = line(person.last_name), line(person.suffix)
    fore = line(person.fore_name) or line(person.initials)
    if last is None and fore is None:
        return
    given = _together(fore, suffix)
    yield full, ", ".join(filter(None, (last, given)))
    yield short, _together(last, line(person.initials), suffix)


def _together(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _grant(grant: Grant) -> str:
    parts = (grant.number, grant.acronym, grant.agency, grant.country)
    return "/".join(text for each in parts if (text := line(each)))
