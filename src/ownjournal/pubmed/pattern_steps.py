"""The steps of the fast reading, one for each element below its three parents.

The functions that make a value take the groups of their pattern.
"""

from functools import partial

from ownjournal.pubmed import lxml_parts, lxml_reader, lxml_text, patterns, values
from ownjournal.pubmed.article import (
    Abstract,
    ArticleId,
    Author,
    Chemical,
    Correction,
    DataBank,
    Grant,
    HistoryDate,
    Investigator,
    Journal,
    Keyword,
    Markup,
    MeshHeading,
    OtherAbstract,
    Pagination,
    PubDate,
    Qualifier,
    Reference,
    Section,
)
from ownjournal.pubmed.memory import Memory
from ownjournal.pubmed.pattern_items import (
    Fields,
    Items,
    Match,
    Unusual,
    behind,
    by_reference,
    must,
)


def pagination(xml: str, tag: Match, fields: Fields) -> int:
    match = must(patterns.PAGINATION.match(xml, tag.start()))
    start, end, printed = match.groups()
    if not (printed or start):
        raise Unusual
    fields["pagination"] = Pagination(printed, start, end)
    return match.end()


def _location_id(kind: str, valid: str | None, value: str) -> ArticleId:
    return ArticleId(kind, value, valid != "N")


_LOCATION_IDS = Items(
    "ELocationID",
    patterns.LOCATION,
    _location_id,
    lambda element, _: lxml_parts.location_id(element),
)
_ARTICLE_IDS = Items(
    "ArticleId",
    patterns.ARTICLE_ID,
    ArticleId,
    lambda element, _: lxml_parts.article_id(element),
)


def location_ids(xml: str, tag: Match, fields: Fields) -> int:
    found, at = _LOCATION_IDS.take(xml, tag.start())
    fields["ids"].extend(found)
    return at


def article_ids(xml: str, tag: Match, fields: Fields) -> int:
    found, at = _ARTICLE_IDS.take(xml, tag.end())
    fields["ids"].extend(found)
    return behind("</ArticleIdList>", xml, at)


def _section(label: str | None, category: str | None, words: Markup) -> Section | None:
    return Section(words, label, category) if patterns.is_markup(words) else None


_SECTIONS = Items(
    "AbstractText",
    patterns.SECTION,
    _section,
    lambda element, _: lxml_parts.section(element),
)


_COPYRIGHT = Items(
    "CopyrightInformation",
    patterns.COPYRIGHT,
    str,
    lambda element, _: lxml_text.own_text(element),
)


def abstract(xml: str, tag: Match, fields: Fields) -> int:
    sections, at = _SECTIONS.take(xml, tag.end())
    lines, at = _COPYRIGHT.take(xml, at)
    fields["abstract"] = Abstract(tuple(sections), lines[0] if lines else None)
    return behind("</Abstract>", xml, at)


def other_abstracts(xml: str, tag: Match, fields: Fields) -> int:
    at = tag.start()
    found = []
    while start := patterns.OTHER_ABSTRACT.match(xml, at):
        kind, language = start.groups()
        sections, at = _SECTIONS.take(xml, start.end())
        lines, at = _COPYRIGHT.take(xml, at)
        line = lines[0] if lines else None
        found.append(OtherAbstract(kind, language or "eng", tuple(sections), line))
        at = behind("</OtherAbstract>", xml, at)
    if not found:
        raise Unusual
    fields["other_abstracts"] = tuple(found)
    return at


def _author(
    valid: str | None,
    equal: str | None,
    last: str | None,
    fore: str | None,
    initials: str | None,
    suffix: str | None,
    group_key: str | None,
    group: Markup | None,
    ids: str,
    place: Markup | None,
    places: str,
) -> Author:
    return Author(
        last,
        fore,
        initials,
        suffix,
        group,
        _orcid(ids) if ids else None,
        _affiliations(place, places) if place else (),
        equal == "Y",
        valid != "N",
        group_key,
    )


def _investigator(
    group_key: str | None,
    valid: str | None,
    last: str,
    fore: str | None,
    initials: str | None,
    suffix: str | None,
    ids: str,
    place: Markup | None,
    places: str,
) -> Investigator:
    return Investigator(
        last,
        fore,
        initials,
        suffix,
        _orcid(ids) if ids else None,
        _affiliations(place, places) if place else (),
        valid != "N",
        group_key,
    )


def _orcid(identifiers: str) -> str | None:
    """The ORCID among identifiers; one that is wrong is for the reference reader."""
    orcids = [values.orcid(each) for each in patterns.ORCID.findall(identifiers)]
    if None in orcids:
        raise Unusual
    return orcids[0] if orcids else None


def _affiliations(first: Markup, others: str) -> tuple[Markup, ...]:
    return (first, *patterns.AFFILIATION.findall(others)) if others else (first,)


_AUTHORS = Items("Author", patterns.AUTHOR, _author, lxml_parts.author)


def authors(xml: str, tag: Match, fields: Fields) -> int:
    start = must(patterns.AUTHORS.match(xml, tag.start()))
    found, at = _AUTHORS.take(xml, start.end())
    if len(found) > lxml_reader.MAX_AUTHORS:
        raise Unusual
    fields["authors"] = tuple(found)
    fields["authors_complete"] = start[1] != "N"
    return behind("</AuthorList>", xml, at)


def _investigators_of(group_key: str | None) -> Items:
    return Items(
        "Investigator",
        patterns.INVESTIGATOR,
        partial(_investigator, group_key),
        lambda element, counts: lxml_parts.investigator(element, group_key, counts),
    )


_INVESTIGATORS: Memory[str | None, Items] = Memory(_investigators_of, 100)


def investigators(xml: str, tag: Match, fields: Fields) -> int:
    start = must(patterns.INVESTIGATORS.match(xml, tag.start()))
    found, at = _INVESTIGATORS[start[1]].take(xml, start.end())
    fields["investigators"] = tuple(found)
    return behind("</InvestigatorList>", xml, at)


def _data_bank(name: str, numbers: str | None) -> DataBank:
    return DataBank(name, tuple(patterns.ACCESSION_NUMBER.findall(numbers or "")))


_DATA_BANKS = Items(
    "DataBank",
    patterns.DATA_BANK,
    _data_bank,
    lambda element, _: lxml_reader.data_bank(element),
)


def data_banks(xml: str, tag: Match, fields: Fields) -> int:
    start = must(patterns.DATA_BANKS.match(xml, tag.start()))
    found, at = _DATA_BANKS.take(xml, start.end())
    fields["data_banks"] = tuple(found)
    return behind("</DataBankList>", xml, at)


_GRANTS = Items(
    "Grant", patterns.GRANT, Grant, lambda element, _: lxml_parts.grant(element)
)


def grants(xml: str, tag: Match, fields: Fields) -> int:
    start = must(patterns.GRANTS.match(xml, tag.start()))
    found, at = _GRANTS.take(xml, start.end())
    fields["grants"] = tuple(found)
    fields["grants_complete"] = start[1] != "N"
    return behind("</GrantList>", xml, at)


def journal_info(xml: str, tag: Match, fields: Fields) -> int:
    """Kept as XML, for `JOURNALS`."""
    end = xml.find("</MedlineJournalInfo>", tag.end()) + 21
    fields["journal"] = xml[tag.start() : end]
    return end


def _chemical(number: str, ui: str, name: str) -> Chemical:
    return Chemical(name, ui, None if number == "0" else number)


CHEMICALS = Items(
    "Chemical",
    patterns.CHEMICAL,
    _chemical,
    lambda element, _: lxml_reader.chemical(element),
)


def _correction(
    kind: str, source: Markup, version: str | None, pmid: str | None, note: str | None
) -> Correction | Reference:
    number = int(pmid) if pmid else None
    if number == 0 or (version and not int(version)):
        raise Unusual
    if kind == lxml_reader.CITES:
        ids = (ArticleId("pubmed", str(number)),) if number else ()
        return Reference(source, ids)
    return Correction(kind, source, number, int(version) if version else None, note)


_CORRECTIONS = Items(
    "CommentsCorrections",
    patterns.CORRECTION,
    _correction,
    lambda element, _: lxml_reader.correction(element),
)


def corrections(xml: str, tag: Match, fields: Fields) -> int:
    found, at = _CORRECTIONS.take(xml, tag.end())
    cites = tuple([each for each in found if type(each) is Reference])
    if cites:
        fields["references"] = cites
        found = [each for each in found if type(each) is not Reference]
    fields["corrections"] = tuple(found)
    return behind("</CommentsCorrectionsList>", xml, at)


def mesh(xml: str, tag: Match, fields: Fields) -> int:
    at = tag.end()
    end = xml.find("</MeshHeadingList>", at)
    *headings, rest = xml[at:end].split("</MeshHeading>")
    if rest and not rest.isspace():
        raise Unusual
    fields["mesh"] = tuple([_HEADINGS[each] for each in headings])
    return end + 18


def _heading(unclosed: str) -> MeshHeading:
    xml = unclosed + "</MeshHeading>"
    match = patterns.HEADING.fullmatch(xml)
    if match is None:
        read = by_reference(lambda element, _: lxml_reader.mesh_heading(element), xml)
        if read is None:
            raise Unusual
        return read
    ui, major, automatic, kind, name, qualifiers = match.groups()
    return MeshHeading(
        ui,
        name,
        major == "Y",
        kind,
        tuple(
            Qualifier(its_ui, its_name, its_major == "Y", by_program == "Y")
            for its_ui, its_major, by_program, its_name in (
                patterns.QUALIFIER.findall(qualifiers)
            )
        ),
        automatic == "Y",
    )


OTHER_IDS = Items(
    "OtherID",
    patterns.OTHER_ID,
    ArticleId,
    lambda element, _: lxml_reader.other_id(element),
)


def other_ids(xml: str, tag: Match, fields: Fields) -> int:
    found, at = OTHER_IDS.take(xml, tag.start())
    fields["other_ids"] = tuple(found)
    return at


def _keyword(owner: str, major: str, words: Markup) -> Keyword:
    return Keyword(words, owner, major == "Y")


def _keywords_of(owner: str) -> Items:
    return Items(
        "Keyword",
        patterns.KEYWORD,
        partial(_keyword, owner),
        lambda element, _: lxml_parts.keyword(element, owner),
    )


_KEYWORDS: Memory[str, Items] = Memory(_keywords_of, 100)


def keywords(xml: str, tag: Match, fields: Fields) -> int:
    at = tag.start()
    keywords = []
    while start := patterns.KEYWORDS.match(xml, at):
        found, at = _KEYWORDS[start[1]].take(xml, start.end())
        keywords += found
        at = behind("</KeywordList>", xml, at)
    if at == tag.start():
        raise Unusual
    fields["keywords"] = tuple(keywords)
    return at


def history(xml: str, tag: Match, fields: Fields) -> int:
    at = tag.end()
    end = xml.find("</History>", at)
    *dates, rest = xml[at:end].split("</PubMedPubDate>")
    if rest and not rest.isspace():
        raise Unusual
    fields["history"] = tuple([_HISTORY_DATES[each] for each in dates])
    return end + 10


def _history_date(unclosed: str) -> HistoryDate:
    match = must(patterns.HISTORY_DATE.fullmatch(unclosed + "</PubMedPubDate>"))
    status, year, month, day, hour, minute, _ = match.groups()
    return HistoryDate(
        status,
        values.pub_date(year, month, day),
        values.clock(hour, 24),
        values.clock(minute, 60),
    )


def _reference(
    citation: Markup, kind: str | None, value: str | None, more: str | None
) -> Reference:
    if kind is None or value is None:
        return Reference(citation)
    first = ArticleId(kind, value)
    if not more:
        return Reference(citation, (first,))
    others = [ArticleId(*each) for each in patterns.ARTICLE_ID.findall(more)]
    return Reference(citation, (first, *others))


_REFERENCES = Items(
    "Reference",
    patterns.REFERENCE,
    _reference,
    lambda element, _: lxml_parts.reference(element),
)


def references(xml: str, tag: Match, fields: Fields) -> int:
    at = tag.start()
    references = []
    while start := patterns.REFERENCES.match(xml, at):
        found, at = _REFERENCES.take(xml, start.end())
        references += found
        at = behind("</ReferenceList>", xml, at)
    if at == tag.start():
        raise Unusual
    fields["references"] = (*references, *fields.get("references", ()))
    return at


def _date(xml: str) -> PubDate | None:
    if not xml:
        return None
    return by_reference(lambda element, _: lxml_parts.pub_date(element), xml)


def _journal(key: tuple[str, str, str]) -> Journal | None:
    issn, title, info = key
    journal = f"<Article><Journal>{issn}{title}</Journal></Article>"
    return by_reference(
        lambda citation, _: lxml_reader.journal_of(citation),
        f"<MedlineCitation>{journal}{info}</MedlineCitation>",
    )


def _citation_attributes(xml: str) -> tuple[str | None, str | None, str | None]:
    """Status, IndexingMethod and Owner, from attributes in any order."""
    return by_reference(
        lambda citation, _: lxml_reader.attributes_of(citation),
        f"<MedlineCitation{xml}/>",
    )


DATES: Memory[str, PubDate | None] = Memory(_date, 50_000)
JOURNALS: Memory[tuple[str, str, str], Journal | None] = Memory(_journal, 50_000)
ATTRIBUTES = Memory(_citation_attributes, 1_000)
_HEADINGS: Memory[str, MeshHeading] = Memory(_heading, 200_000)
_HISTORY_DATES: Memory[str, HistoryDate] = Memory(_history_date, 100_000)
