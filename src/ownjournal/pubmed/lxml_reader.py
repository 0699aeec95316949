"""The reference reading: a record's XML → Article, by lxml.

This is the reading that defines what a record says. The fast one
(`pugixml_reader`) must give the same, and leaves every record to this one that
holds anything out of the ordinary; only here is the unknown counted.

Every element of NLM's DTDs of 2018 to 2025 has its line here or in `lxml_book`,
or is named in `vocabulary` as one that no reader, citation or score needs.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from ownjournal.pubmed import values
from ownjournal.pubmed.article import (
    Article,
    ArticleDate,
    ArticleId,
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
    kept,
    keywords,
    location_ids,
    other_abstracts,
    pagination,
    pub_date,
    publication_types,
    references,
)
from ownjournal.pubmed.lxml_text import (
    attribute,
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
Fields = dict[str, Any]
MAX_AUTHORS = 20_000
CITES = "Cites"
INFO = "MedlineJournalInfo"
LINKS = "CommentsCorrectionsList/CommentsCorrections"
HEADINGS = "MeshHeadingList/MeshHeading"
CONCEPTS = "SupplMeshList/SupplMeshName"
SUBJECTS = "PersonalNameSubjectList/PersonalNameSubject"
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
    if "depth" not in (fault.msg or "").lower():
        return refusal(fault)
    line, column = fault.position
    lines = (root.start + piece.raw).split(b"\n")[: line - 1]
    inside = sum(len(each) + 1 for each in lines) + column - 1
    byte = piece.offset - len(root.start) + inside
    return FileRefused(
        "XML_DEPTH", f"More than 256 elements stand inside each other at byte {byte}."
    )


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
    who: Fields = {
        "pmid": pmid,
        "version": version,
        "authors": authors(parent, "authors", counts),
        "editors": authors(parent, "editors", counts),
        "authors_complete": is_complete(parent, "AuthorList"),
    }
    if len(who["authors"]) > MAX_AUTHORS:
        raise NotKept(f"The record has {len(who['authors']):,} authors.", pmid)
    if main.tag == "BookDocument":
        return book_article(main, data, who, counts)
    return _article(main, parent, data, who, counts)


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
    who: Fields,
    counts: Counts,
) -> Article:
    ids = (*location_ids(article), *article_ids(data))
    status, method, owner = attributes_of(citation)
    links = kept(map(correction, citation.iterfind(LINKS)))
    return Article(
        title=markup(article, "ArticleTitle"),
        vernacular_title=markup(article, "VernacularTitle"),
        journal=journal_of(citation),
        journal_issue=_journal_issue(article),
        pagination=pagination(article),
        article_dates=article_dates(article),
        history=history(data),
        abstract=abstract(article),
        other_abstracts=other_abstracts(citation),
        identifiers=values.identifiers(who["pmid"], ids),
        languages=texts(article, "Language"),
        publication_types=publication_types(
            article, "PublicationTypeList/PublicationType"
        ),
        grants=grants(article),
        grants_complete=is_complete(article, "GrantList"),
        data_banks=kept(map(data_bank, article.iterfind("DataBankList/DataBank"))),
        corrections=tuple(each for each in links if isinstance(each, Correction)),
        references=(
            *references(data),
            *(each for each in links if isinstance(each, Reference)),
        ),
        investigators=investigators(citation, counts),
        conflict_of_interest=markup(citation, "CoiStatement"),
        status=status,
        owner=owner,
        publication_status=text(data, "PublicationStatus"),
        publication_model=attribute(article, "PubModel"),
        indexing_method=method,
        completed_on=date_at(citation, "DateCompleted"),
        revised_on=date_at(citation, "DateRevised"),
        citation_subsets=texts(citation, "CitationSubset"),
        space_flight_missions=texts(citation, "SpaceFlightMission"),
        notes=kept(map(note, citation.iterfind("GeneralNote"))),
        other_ids=kept(map(other_id, citation.iterfind("OtherID"))),
        number_of_references=values.number(text(citation, "NumberOfReferences")),
        **who,
        **_indexing(citation),
    )


def _indexing(citation: Element) -> Fields:
    """What the article is about, in the words of lists."""
    return {
        "mesh": kept(map(mesh_heading, citation.iterfind(HEADINGS))),
        "supplementary_concepts": kept(
            map(supplementary_concept, citation.iterfind(CONCEPTS))
        ),
        "keywords": keywords(citation),
        "chemicals": kept(map(chemical, citation.iterfind("ChemicalList/Chemical"))),
        "gene_symbols": texts(citation, "GeneSymbolList/GeneSymbol"),
        "person_subjects": kept(map(person_subject, citation.iterfind(SUBJECTS))),
    }


def journal_of(citation: Element) -> Journal | None:
    journal, info = citation.find("Article/Journal"), citation.find(INFO)
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


def attributes_of(citation: Element) -> tuple[str | None, str | None, str | None]:
    """Status, indexing method and owner."""
    return (
        attribute(citation, "Status"),
        attribute(citation, "IndexingMethod"),
        attribute(citation, "Owner") or "NLM",
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


def article_dates(article: Element) -> tuple[ArticleDate, ...]:
    return tuple(
        ArticleDate(attribute(each, "DateType") or "Electronic", pub_date(each))
        for each in article.iterfind("ArticleDate")
    )


def mesh_heading(element: Element) -> MeshHeading | None:
    descriptor = element.find("DescriptorName")
    name = text(element, "DescriptorName")
    if descriptor is None or name is None:
        return None
    return MeshHeading(
        attribute(descriptor, "UI"),
        name,
        descriptor.get("MajorTopicYN") == "Y",
        attribute(descriptor, "Type"),
        kept(map(_qualifier, element.iterfind("QualifierName"))),
        descriptor.get("AutoHM") == "Y",
    )


def _qualifier(element: Element) -> Qualifier | None:
    name = own_text(element)
    if name is None:
        return None
    major, automatic = element.get("MajorTopicYN"), element.get("AutoHM")
    return Qualifier(attribute(element, "UI"), name, major == "Y", automatic == "Y")


def supplementary_concept(element: Element) -> SupplementaryConcept | None:
    name = own_text(element)
    if name is None:
        return None
    ui, kind = attribute(element, "UI"), attribute(element, "Type")
    return SupplementaryConcept(ui, name, kind)


def chemical(element: Element) -> Chemical | None:
    name, number = text(element, "NameOfSubstance"), text(element, "RegistryNumber")
    if name is None:
        return None
    ui = attribute(element.find("NameOfSubstance"), "UI")
    return Chemical(name, ui, None if number == "0" else number)


def data_bank(element: Element) -> DataBank | None:
    name = text(element, "DataBankName")
    if name is None:
        return None
    return DataBank(name, texts(element, "AccessionNumberList/AccessionNumber"))


def correction(element: Element) -> Correction | Reference | None:
    """A correction, or the reference that one of RefType "Cites" is."""
    kind, source = attribute(element, "RefType"), text(element, "RefSource")
    if kind is None:
        return None
    pmid, version = _linked(element)
    if kind != CITES:
        return Correction(kind, source, pmid, version, text(element, "Note"))
    ids = (ArticleId("pubmed", str(pmid)),) if pmid else ()
    cited = Reference(markup(element, "RefSource"), ids)
    return None if cited == Reference() else cited


def _linked(link: Element) -> tuple[int | None, int | None]:
    """PMID and version that a link points to; a wrong one is none."""
    try:
        return pmid_of(link.find("PMID"))
    except NotKept:
        return None, None


def person_subject(element: Element) -> PersonSubject | None:
    names = ("LastName", "ForeName", "Initials", "Suffix")
    found = PersonSubject(*(text(element, name) for name in names))
    return None if found == PersonSubject() else found


def note(element: Element) -> Note | None:
    said = own_text(element)
    return Note(said, attribute(element, "Owner") or "NLM") if said else None


def other_id(element: Element) -> ArticleId | None:
    kind, value = attribute(element, "Source"), own_text(element)
    return ArticleId(kind, value) if kind and value else None
