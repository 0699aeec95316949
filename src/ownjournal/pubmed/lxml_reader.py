"""The reference reading: a record's XML → Article, by lxml.

This is the reading that defines what a record says. The fast one
(`pugixml_reader`) must give the same, and leaves every record to this one that
holds anything out of the ordinary; only here is the unknown counted.

Every element of NLM's DTDs of 2018 to 2025 has its line here or in `lxml_book`,
or is named in `vocabulary` as one that no reader, citation or score needs.
"""

from collections.abc import Iterator

from lxml import etree

from ownjournal.pubmed import values
from ownjournal.pubmed.article import (
    Article,
    ArticleDate,
    ArticleId,
    Author,
    Chemical,
    Correction,
    DataBank,
    Deletion,
    Journal,
    JournalIssue,
    MeshHeading,
    Note,
    PersonSubject,
    Qualifier,
    Reference,
    SupplementaryConcept,
)
from ownjournal.pubmed.cutting import Piece, Root
from ownjournal.pubmed.lxml_book import book_article
from ownjournal.pubmed.lxml_parts import (
    abstract,
    article_ids,
    authors,
    date_at,
    grants,
    history,
    investigators,
    is_complete,
    keywords,
    location_ids,
    other_abstract,
    pagination,
    pub_date,
    publication_types,
    references,
)
from ownjournal.pubmed.lxml_text import (
    attribute,
    children,
    markup,
    own_text,
    text,
    texts,
)
from ownjournal.pubmed.lxml_unknown import count_unknown
from ownjournal.pubmed.outcome import Counts, NotKept, Rejected
from ownjournal.pubmed.refusal import FileRefused
from ownjournal.pubmed.wellformed import refusal, safe_parser

Element = etree._Element
MAX_AUTHORS = 20_000
CITES = "Cites"
OLD_FORM = (
    "The record is in the form that NLM used before 2018 (it has DateCreated);"
    " NLM's present files hold it in the new form."
)


def parse(root: Root, piece: Piece) -> Element:
    """The element of a record, parsed inside its root for the root's namespaces."""
    end = b"</" + root.name + b">" if root.start else b""
    try:
        parsed = etree.fromstring(root.start + piece.raw + end, safe_parser())
    except etree.XMLSyntaxError as fault:
        raise _unparsed(fault, root, piece) from fault
    return parsed[0] if root.start else parsed


def _unparsed(fault: etree.XMLSyntaxError, root: Root, piece: Piece) -> FileRefused:
    """Why a record of a well-formed file can still not be parsed: its depth."""
    said = (fault.msg or "").lower()
    if "depth" in said:
        line, column = fault.position
        before = b"".join(piece.raw.splitlines(keepends=True)[: line - 1])
        offset = piece.offset + len(before) + (column if line > 1 else 0)
        return FileRefused(
            "XML_DEPTH", f"More than 256 elements inside each other at byte {offset}."
        )
    return refusal(fault)


def deletions(element: Element, counts: Counts) -> Iterator[Deletion | Rejected]:
    """Each PMID of a DeleteCitation or DeleteDocument."""
    count_unknown(element, counts)
    for each in element.iterfind("PMID"):
        try:
            yield Deletion(*pmid_of(each))
        except NotKept as fault:
            raw = etree.tostring(each, encoding="utf-8", with_tail=False)
            yield Rejected(fault.reason, raw, fault.pmid)


def read(record: Element, counts: Counts) -> Article:
    """A record element as an article; raises NotKept where it cannot be one."""
    count_unknown(record, counts)
    main, data = _halves(record)
    pmid, version = record_key(main)
    if main.find("DateCreated") is not None:
        raise NotKept(OLD_FORM, pmid)
    parent = main if main.tag == "BookDocument" else main.find("Article")
    if parent is None:
        raise NotKept("The record has no Article element.", pmid)
    people = authors(parent, "authors", counts), authors(parent, "editors", counts)
    if len(people[0]) > MAX_AUTHORS:
        raise NotKept(f"The record has {len(people[0]):,} authors.", pmid)
    if main.tag == "BookDocument":
        return book_article(main, data, pmid, version, people, counts)
    return _article(main, parent, data, pmid, version, people, counts)


def record_key(main: Element) -> tuple[int, int]:
    """PMID and version of what has a PMID element; raises NotKept without."""
    return pmid_of(main.find("PMID"))


def pmid_of(element: Element | None) -> tuple[int, int]:
    """PMID and version of a PMID element; a version that is not given is 1."""
    if element is None:
        raise NotKept("The record has no PMID.")
    said = own_text(element)
    pmid = values.pmid(said)
    if pmid is None:
        raise NotKept(f"The PMID is {said or 'empty'}, which is no PMID.")
    version = values.pmid(element.get("Version", "1"))
    if version is None:
        said = element.get("Version")
        raise NotKept(f"The version is {said or 'empty'}, which is no version.", pmid)
    return pmid, version


def _halves(record: Element) -> tuple[Element, Element | None]:
    """What NLM's indexers wrote, and what PubMed added to it."""
    if record.tag in ("MedlineCitation", "BookDocument"):
        return record, None
    books = record.tag == "PubmedBookArticle"
    main = record.find("BookDocument" if books else "MedlineCitation")
    if main is None:
        raise NotKept("The record has no PMID.")
    return main, record.find("PubmedBookData" if books else "PubmedData")


def _article(
    citation: Element,
    article: Element,
    data: Element | None,
    pmid: int,
    version: int,
    people: tuple[tuple[Author, ...], tuple[Author, ...]],
    counts: Counts,
) -> Article:
    ids = (*location_ids(article), *article_ids(data))
    return Article(
        pmid=pmid,
        version=version,
        title=markup(article, "ArticleTitle"),
        vernacular_title=markup(article, "VernacularTitle"),
        authors=people[0],
        editors=people[1],
        authors_complete=is_complete(article, "AuthorList"),
        journal=_journal(citation, article),
        journal_issue=_journal_issue(article),
        pagination=pagination(article),
        article_dates=_article_dates(article),
        history=history(data),
        abstract=abstract(article),
        other_abstracts=tuple(map(other_abstract, children(citation, "OtherAbstract"))),
        identifiers=values.identifiers(pmid, ids),
        languages=texts(article, "Language"),
        publication_types=publication_types(
            article, "PublicationTypeList/PublicationType"
        ),
        mesh=tuple(_mesh(citation)),
        supplementary_concepts=tuple(_supplementary_concepts(citation)),
        keywords=keywords(citation),
        chemicals=tuple(_chemicals(citation)),
        gene_symbols=texts(citation, "GeneSymbolList/GeneSymbol"),
        grants=grants(article),
        grants_complete=is_complete(article, "GrantList"),
        data_banks=tuple(_data_banks(article)),
        corrections=tuple(_corrections(citation)),
        references=(*references(data), *_cites(citation)),
        investigators=investigators(citation, counts),
        person_subjects=tuple(_person_subjects(citation)),
        conflict_of_interest=markup(citation, "CoiStatement"),
        status=attribute(citation, "Status"),
        owner=attribute(citation, "Owner") or "NLM",
        publication_status=text(data, "PublicationStatus"),
        publication_model=attribute(article, "PubModel"),
        indexing_method=attribute(citation, "IndexingMethod"),
        completed_on=date_at(citation, "DateCompleted"),
        revised_on=date_at(citation, "DateRevised"),
        citation_subsets=texts(citation, "CitationSubset"),
        space_flight_missions=texts(citation, "SpaceFlightMission"),
        notes=tuple(_notes(citation)),
        other_ids=tuple(_other_ids(citation)),
        number_of_references=values.number(text(citation, "NumberOfReferences")),
    )


def _journal(citation: Element, article: Element) -> Journal | None:
    journal, info = article.find("Journal"), citation.find("MedlineJournalInfo")
    if journal is None and info is None:
        return None
    return Journal(
        text(journal, "Title"),
        text(journal, "ISOAbbreviation"),
        text(info, "MedlineTA"),
        text(info, "NlmUniqueID"),
        text(journal, "ISSN"),
        None if journal is None else attribute(journal.find("ISSN"), "IssnType"),
        text(info, "ISSNLinking"),
        text(info, "Country"),
    )


def _journal_issue(article: Element) -> JournalIssue | None:
    found = article.find("Journal/JournalIssue")
    if found is None:
        return None
    return JournalIssue(
        pub_date(found.find("PubDate")),
        text(found, "Volume"),
        text(found, "Issue"),
        attribute(found, "CitedMedium"),
    )


def _article_dates(article: Element) -> tuple[ArticleDate, ...]:
    return tuple(
        ArticleDate(attribute(each, "DateType") or "Electronic", pub_date(each))
        for each in article.iterfind("ArticleDate")
    )


def _mesh(citation: Element) -> Iterator[MeshHeading]:
    for each in citation.iterfind("MeshHeadingList/MeshHeading"):
        descriptor = each.find("DescriptorName")
        if descriptor is None or not (name := own_text(descriptor)):
            continue
        yield MeshHeading(
            attribute(descriptor, "UI"),
            name,
            descriptor.get("MajorTopicYN") == "Y",
            attribute(descriptor, "Type"),
            tuple(_qualifiers(each)),
            descriptor.get("AutoHM") == "Y",
        )


def _qualifiers(heading: Element) -> Iterator[Qualifier]:
    for each in heading.iterfind("QualifierName"):
        if name := own_text(each):
            major, automatic = each.get("MajorTopicYN"), each.get("AutoHM")
            yield Qualifier(attribute(each, "UI"), name, major == "Y", automatic == "Y")


def _supplementary_concepts(citation: Element) -> Iterator[SupplementaryConcept]:
    for each in citation.iterfind("SupplMeshList/SupplMeshName"):
        if name := own_text(each):
            ui, kind = attribute(each, "UI"), attribute(each, "Type")
            yield SupplementaryConcept(ui, name, kind)


def _chemicals(citation: Element) -> Iterator[Chemical]:
    for each in citation.iterfind("ChemicalList/Chemical"):
        if name := text(each, "NameOfSubstance"):
            number = text(each, "RegistryNumber")
            ui = attribute(each.find("NameOfSubstance"), "UI")
            yield Chemical(name, ui, None if number == "0" else number)


def _data_banks(article: Element) -> Iterator[DataBank]:
    for each in article.iterfind("DataBankList/DataBank"):
        if name := text(each, "DataBankName"):
            yield DataBank(name, texts(each, "AccessionNumberList/AccessionNumber"))


def _corrections(citation: Element) -> Iterator[Correction]:
    for each in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind = attribute(each, "RefType")
        if kind is None or kind == CITES:
            continue
        pmid, version = _linked(each)
        yield Correction(
            kind, text(each, "RefSource"), pmid, version, text(each, "Note")
        )


def _linked(link: Element) -> tuple[int | None, int | None]:
    """PMID and version that a link points to; a wrong one is none."""
    try:
        return pmid_of(link.find("PMID"))
    except NotKept:
        return None, None


def _cites(citation: Element) -> Iterator[Reference]:
    for each in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        if attribute(each, "RefType") == CITES:
            pmid, _ = _linked(each)
            ids = (ArticleId("pubmed", str(pmid)),) if pmid else ()
            reference = Reference(markup(each, "RefSource"), ids)
            if reference != Reference():
                yield reference


def _person_subjects(citation: Element) -> Iterator[PersonSubject]:
    for each in citation.iterfind("PersonalNameSubjectList/PersonalNameSubject"):
        names = ("LastName", "ForeName", "Initials", "Suffix")
        person = PersonSubject(*(text(each, name) for name in names))
        if person != PersonSubject():
            yield person


def _notes(citation: Element) -> Iterator[Note]:
    for each in citation.iterfind("GeneralNote"):
        if said := own_text(each):
            yield Note(said, attribute(each, "Owner") or "NLM")


def _other_ids(citation: Element) -> Iterator[ArticleId]:
    for each in citation.iterfind("OtherID"):
        kind, value = attribute(each, "Source"), own_text(each)
        if kind and value:
            yield ArticleId(kind, value)
