"""Parts that articles and book articles share, read from lxml elements."""

from collections.abc import Iterable
from typing import TypeVar

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
T = TypeVar("T")


def kept(found: Iterable[T | None]) -> tuple[T, ...]:
    """Those that say something."""
    return tuple([each for each in found if each is not None])


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
    return kept(map(history_date, children(data, "History/PubMedPubDate")))


def history_date(element: Element) -> HistoryDate | None:
    status = attribute(element, "PubStatus")
    if status is None:
        return None
    hour, minute = text(element, "Hour"), text(element, "Minute")
    return HistoryDate(
        status, pub_date(element), values.clock(hour, 24), values.clock(minute, 60)
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


def other_abstracts(citation: Element) -> tuple[OtherAbstract, ...]:
    return tuple(
        OtherAbstract(
            attribute(each, "Type"),
            attribute(each, "Language") or "eng",
            sections(each),
            text(each, "CopyrightInformation"),
        )
        for each in citation.iterfind("OtherAbstract")
    )


def sections(element: Element) -> tuple[Section, ...]:
    return kept(map(section, element.iterfind("AbstractText")))


def section(element: Element) -> Section | None:
    said = own_markup(element)
    if said is None:
        return None
    return Section(said, attribute(element, "Label"), attribute(element, "NlmCategory"))


def authors(element: Element, kind: str, counts: Counts) -> tuple[Author, ...]:
    """The authors or the editors below."""
    return kept(
        author(each, counts)
        for each_list in element.iterfind("AuthorList")
        if (attribute(each_list, "Type") or "authors") == kind
        for each in each_list.iterfind("Author")
    )


def author(element: Element, counts: Counts) -> Author | None:
    """None where the element says nothing of anybody."""
    found = Author(
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
    return None if found in (Author(), Author(valid=False)) else found


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
    return kept(
        keyword(each, attribute(each_list, "Owner") or "NLM")
        for each_list in parent.iterfind("KeywordList")
        for each in each_list.iterfind("Keyword")
    )


def keyword(element: Element, owner: str) -> Keyword | None:
    said = own_markup(element)
    if said is None:
        return None
    return Keyword(said, owner, attribute(element, "MajorTopicYN") == "Y")


def grants(parent: Element) -> tuple[Grant, ...]:
    return kept(map(grant, parent.iterfind("GrantList/Grant")))


def grant(element: Element) -> Grant | None:
    names = ("GrantID", "Acronym", "Agency", "Country")
    found = Grant(*(text(element, name) for name in names))
    return None if found == Grant() else found


def is_complete(parent: Element, path: str) -> bool:
    """False if a list says of itself that it is not complete."""
    return all(each.get("CompleteYN") != "N" for each in parent.iterfind(path))


def article_ids(parent: Element | None) -> tuple[ArticleId, ...]:
    """The ids of the ArticleIdList directly below, never those of references."""
    return kept(map(article_id, children(parent, "ArticleIdList/ArticleId")))


def article_id(element: Element) -> ArticleId | None:
    value = own_text(element)
    return ArticleId(attribute(element, "IdType") or "pubmed", value) if value else None


def location_ids(parent: Element) -> tuple[ArticleId, ...]:
    return kept(map(location_id, parent.iterfind("ELocationID")))


def location_id(element: Element) -> ArticleId | None:
    kind, value = attribute(element, "EIdType"), own_text(element)
    if kind is None or value is None:
        return None
    return ArticleId(kind, value, attribute(element, "ValidYN") != "N")


def references(parent: Element | None) -> tuple[Reference, ...]:
    """All references below, those of lists inside lists too, in document order."""
    return kept(
        reference(each)
        for each_list in children(parent, "ReferenceList")
        for each in each_list.iter("Reference")
    )


def reference(element: Element) -> Reference | None:
    found = Reference(markup(element, "Citation"), article_ids(element))
    return None if found == Reference() else found
