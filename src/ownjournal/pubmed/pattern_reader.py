"""The fast reading: a record's XML → Article, by strict patterns.

For records in the very form in which NLM writes them, which is nearly all. At
the first thing that is out of the ordinary `read` gives up, and the record goes
to the reference reader (`lxml_reader`). Where this one does give an article, it
is equal to the other's; a test compares them over every record there is.

A record is walked once, element by element in the order of the DTD. Parts that
come again and again, such as MeSH headings, journals and dates, are remembered
by their XML: read once, then shared.
"""

import re
from collections.abc import Callable

from ownjournal.pubmed import lxml_parts, lxml_reader, lxml_text, patterns, values
from ownjournal.pubmed import pattern_steps as steps
from ownjournal.pubmed.article import Article, JournalIssue, Markup, PubDate
from ownjournal.pubmed.pattern_items import (
    Element,
    Fields,
    Step,
    Unusual,
    by_reference,
    listed,
    must,
    one,
    remembered,
    several,
)

Steps = dict[str, tuple[int, Step]]


def read(raw: bytes) -> Article | None:
    """The article of a PubmedArticle; None where this reader does not do."""
    try:
        xml = raw.decode()
        if "\r" in xml:  # XML 1.0, 2.11: every line break is a line feed
            xml = xml.replace("\r\n", "\n").replace("\r", "\n")
        return _read(xml)
    except (Unusual, UnicodeDecodeError):
        return None


def _read(xml: str) -> Article:
    head = must(patterns.HEAD.match(xml))
    (
        attributes, version, pmid_text, completed, revised, model, issn, medium, volume,
        number, date, journal, title,
    ) = head.groups()  # fmt: skip
    pmid = int(pmid_text)
    if not (pmid and int(version)):
        raise Unusual
    fields: Fields = {"ids": []}
    _walk_parents(xml, head.end(), fields)
    status, method, owner = steps.ATTRIBUTES[attributes]
    return Article(
        pmid=pmid,
        version=int(version),
        title=_title(title),
        journal=steps.JOURNALS[issn, journal, fields.pop("journal", "")],
        journal_issue=JournalIssue(
            steps.DATES[date] or PubDate(), volume, number, medium
        ),
        identifiers=values.identifiers(pmid, fields.pop("ids")),
        status=status,
        owner=owner,
        indexing_method=method,
        publication_model=model,
        completed_on=steps.DATES[completed],
        revised_on=steps.DATES[revised],
        **fields,
    )


def _title(xml: str) -> Markup | None:
    if patterns.is_markup(xml):
        return Markup(xml)
    title = f"<ArticleTitle>{xml}</ArticleTitle>"
    return by_reference(lambda element, _: lxml_text.own_markup(element), title)


def _walk_parents(xml: str, at: int, fields: Fields) -> None:
    at = _walk(_ARTICLE, xml, at, fields)
    at = must(patterns.END_OF_ARTICLE.match(xml, at)).end()
    at = _walk(_CITATION, xml, at, fields)
    at = must(patterns.BETWEEN.match(xml, at)).end()
    at = _walk(_DATA, xml, at, fields)
    must(patterns.END.fullmatch(xml, at))


def _walk(table: Steps, xml: str, at: int, fields: Fields) -> int:
    """Take each element at its step, in order and once; returns where they end."""
    last = -1
    while tag := patterns.TAG.match(xml, at):
        place = table.get(tag[1])
        if place is None or place[0] <= last:
            raise Unusual
        last, step = place
        at = step(xml, tag, fields)
    return at


def _in_order(*named: tuple[str, Step]) -> Steps:
    """Steps by start tag: with ">" at its end it has no attributes.

    A name given without ">" is one that may have attributes, or not.
    """
    table = {}
    for place, (name, step) in enumerate(named):
        table[name] = table[name.removesuffix(">") + ">"] = place, step
    return table


def _texts(name: str, parent: str, field: str, path: str | None = None) -> Step:
    return several(
        name, parent, field, lambda element, _: lxml_text.texts(element, path or name)
    )


def _kept(
    name: str, field: str, path: str, read_one: Callable[[Element], object | None]
) -> Step:
    def read_all(element: Element, _: object) -> object:
        return lxml_parts.kept(map(read_one, element.iterfind(path)))

    return several(name, "MedlineCitation", field, read_all)


def _text(name: str, field: str, pattern: str = patterns.TEXT) -> Step:
    return one(
        name,
        field,
        re.compile(patterns.element(name, pattern)),
        lambda element, _: lxml_text.own_text(element),
    )


def _markup(name: str, field: str) -> Step:
    return one(
        name,
        field,
        re.compile(patterns.element(name, patterns.MARKUP)),
        lambda element, _: lxml_text.own_markup(element),
    )


def _number_of_references(element: Element, _: object) -> int | None:
    return values.number(lxml_text.text(element, "NumberOfReferences"))


def _article_dates(element: Element, _: object) -> object:
    return lxml_reader.article_dates(element)


def _publication_types(element: Element, _: object) -> object:
    return lxml_parts.publication_types(element, "PublicationType")


_ARTICLE = _in_order(
    ("Pagination>", steps.pagination),
    ("ELocationID", steps.location_ids),
    ("Abstract>", steps.abstract),
    ("AuthorList", steps.authors),
    ("Language>", _texts("Language", "Article", "languages")),
    ("DataBankList", steps.data_banks),
    ("GrantList", steps.grants),
    (
        "PublicationTypeList>",
        remembered("PublicationTypeList", "publication_types", _publication_types),
    ),
    ("VernacularTitle>", _markup("VernacularTitle", "vernacular_title")),
    ("ArticleDate", several("ArticleDate", "Article", "article_dates", _article_dates)),
)
_CITATION = _in_order(
    ("MedlineJournalInfo>", steps.journal_info),
    ("ChemicalList>", listed("ChemicalList", "chemicals", steps.CHEMICALS)),
    (
        "SupplMeshList>",
        _kept(
            "SupplMeshList",
            "supplementary_concepts",
            "SupplMeshList/SupplMeshName",
            lxml_reader.supplementary_concept,
        ),
    ),
    (
        "CitationSubset>",
        _texts("CitationSubset", "MedlineCitation", "citation_subsets"),
    ),
    ("CommentsCorrectionsList>", steps.corrections),
    (
        "GeneSymbolList>",
        _texts(
            "GeneSymbolList",
            "MedlineCitation",
            "gene_symbols",
            "GeneSymbolList/GeneSymbol",
        ),
    ),
    ("MeshHeadingList>", steps.mesh),
    (
        "NumberOfReferences>",
        several(
            "NumberOfReferences",
            "MedlineCitation",
            "number_of_references",
            _number_of_references,
        ),
    ),
    (
        "PersonalNameSubjectList>",
        _kept(
            "PersonalNameSubjectList",
            "person_subjects",
            lxml_reader.SUBJECTS,
            lxml_reader.person_subject,
        ),
    ),
    ("OtherID", steps.other_ids),
    ("OtherAbstract", steps.other_abstracts),
    ("KeywordList", steps.keywords),
    ("CoiStatement>", _markup("CoiStatement", "conflict_of_interest")),
    (
        "SpaceFlightMission>",
        _texts("SpaceFlightMission", "MedlineCitation", "space_flight_missions"),
    ),
    ("InvestigatorList", steps.investigators),
    ("GeneralNote", _kept("GeneralNote", "notes", "GeneralNote", lxml_reader.note)),
)
_DATA = _in_order(
    ("History>", steps.history),
    ("PublicationStatus>", _text("PublicationStatus", "publication_status")),
    ("ArticleIdList>", steps.article_ids),
    ("ReferenceList>", steps.references),
)
