"""Parts that articles and book articles share, read from lxml elements."""

from collections.abc import Iterator

from lxml import etree

from ownjournal.pubmed import values
from ownjournal.pubmed.article import (
    Abstract,
    ArticleId,
    Author,
    Grant,
    HistoryDate,
    Investigator,
    Keyword,
    OtherAbstract,
    Pagination,
    PubDate,
    PublicationType,
    Reference,
    Section,
)
from ownjournal.pubmed.lxml_text import (
    attribute,
    children,
    markup,
    markups,
    own_markup,
    own_text,
    text,
)
from ownjournal.pubmed.outcome import Counts

Element = etree._Element


def pub_date(element: Element | None) -> PubDate:
    """Year, Month, Day, Season or MedlineDate; PubDate() where nothing is said."""
    words = text(element, "MedlineDate")
    if words is not None:
        return values.medline_date(words)
    return values.pub_date(
        text(element, "Year"),
        text(element, "Month"),
        text(element, "Day"),
        text(element, "Season"),
    )


def date_at(parent: Element | None, path: str) -> PubDate | None:
    """The date at a path; None where the element is absent."""
    found = None if parent is None else parent.find(path)
    return None if found is None else pub_date(found)


def history(data: Element | None) -> tuple[HistoryDate, ...]:
    return tuple(
        HistoryDate(
            status,
            pub_date(each),
            values.clock(text(each, "Hour"), 24),
            values.clock(text(each, "Minute"), 60),
        )
        for each in children(data, "History/PubMedPubDate")
        if (status := attribute(each, "PubStatus"))
    )


def pagination(parent: Element) -> Pagination | None:
    pages = Pagination(
        text(parent, "Pagination/MedlinePgn"),
        text(parent, "Pagination/StartPage"),
        text(parent, "Pagination/EndPage"),
    )
    return None if pages == Pagination() else pages


def abstract(parent: Element) -> Abstract | None:
    found = parent.find("Abstract")
    if found is None:
        return None
    return Abstract(sections(found), text(found, "CopyrightInformation"))


def other_abstract(element: Element) -> OtherAbstract:
    return OtherAbstract(
        attribute(element, "Type"),
        attribute(element, "Language") or "eng",
        sections(element),
        text(element, "CopyrightInformation"),
    )


def sections(element: Element) -> tuple[Section, ...]:
    """The sections that say something."""
    return tuple(
        Section(said, attribute(each, "Label"), attribute(each, "NlmCategory"))
        for each in element.iterfind("AbstractText")
        if (said := own_markup(each))
    )


def authors(element: Element, kind: str, counts: Counts) -> tuple[Author, ...]:
    """The authors or the editors below; an Author element that is empty is none."""
    found = (
        author(each, counts)
        for each_list in element.iterfind("AuthorList")
        if (attribute(each_list, "Type") or "authors") == kind
        for each in each_list.iterfind("Author")
    )
    return tuple(each for each in found if each not in (Author(), Author(valid=False)))


def author(element: Element, counts: Counts) -> Author:
    return Author(
        text(element, "LastName"),
        text(element, "ForeName"),
        text(element, "Initials"),
        text(element, "Suffix"),
        markup(element, "CollectiveName"),
        orcid(element, counts),
        markups(element, "AffiliationInfo/Affiliation"),
        attribute(element, "EqualContrib") == "Y",
        attribute(element, "ValidYN") != "N",
        attribute(element.find("CollectiveName"), "Investigators"),
    )


def investigators(parent: Element, counts: Counts) -> tuple[Investigator, ...]:
    return tuple(
        investigator(each, attribute(each_list, "ID"), counts)
        for each_list in parent.iterfind("InvestigatorList")
        for each in each_list.iterfind("Investigator")
    )


def investigator(
    element: Element, group_key: str | None, counts: Counts
) -> Investigator:
    return Investigator(
        text(element, "LastName"),
        text(element, "ForeName"),
        text(element, "Initials"),
        text(element, "Suffix"),
        orcid(element, counts),
        markups(element, "AffiliationInfo/Affiliation"),
        attribute(element, "ValidYN") != "N",
        group_key,
    )


def orcid(element: Element, counts: Counts) -> str | None:
    """The first ORCID that is one; the others are counted and dropped."""
    found = None
    for each in element.iterfind("Identifier[@Source='ORCID']"):
        value = values.orcid(own_text(each) or "")
        if value is None:
            counts.bad_orcids += 1
        found = found or value
    return found


def publication_types(parent: Element, path: str) -> tuple[PublicationType, ...]:
    return tuple(
        PublicationType(attribute(each, "UI"), name)
        for each in parent.iterfind(path)
        if (name := own_text(each))
    )


def keywords(parent: Element) -> tuple[Keyword, ...]:
    return tuple(
        Keyword(
            said,
            attribute(each_list, "Owner") or "NLM",
            attribute(each, "MajorTopicYN") == "Y",
        )
        for each_list in parent.iterfind("KeywordList")
        for each in each_list.iterfind("Keyword")
        if (said := own_markup(each))
    )


def grants(parent: Element) -> tuple[Grant, ...]:
    found = (
        Grant(
            text(each, "GrantID"),
            text(each, "Acronym"),
            text(each, "Agency"),
            text(each, "Country"),
        )
        for each in parent.iterfind("GrantList/Grant")
    )
    return tuple(each for each in found if each != Grant())


def is_complete(parent: Element, path: str) -> bool:
    """False if a list says of itself that it is not complete."""
    return all(each.get("CompleteYN") != "N" for each in parent.iterfind(path))


def article_ids(parent: Element | None) -> Iterator[ArticleId]:
    """The ids of the ArticleIdList directly below, never those of references."""
    for each in children(parent, "ArticleIdList/ArticleId"):
        if value := own_text(each):
            yield ArticleId(attribute(each, "IdType") or "pubmed", value)


def location_ids(parent: Element) -> Iterator[ArticleId]:
    for each in parent.iterfind("ELocationID"):
        kind, value = attribute(each, "EIdType"), own_text(each)
        if kind and value:
            yield ArticleId(kind, value, attribute(each, "ValidYN") != "N")


def references(parent: Element | None) -> Iterator[Reference]:
    """All references below, those of lists inside lists too, in document order."""
    for each_list in children(parent, "ReferenceList"):
        for each in each_list.iter("Reference"):
            reference = Reference(markup(each, "Citation"), tuple(article_ids(each)))
            if reference != Reference():
                yield reference
