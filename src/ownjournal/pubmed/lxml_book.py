"""The reference reading of book articles: BookDocument and PubmedBookArticle."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from ownjournal.pubmed import values
from ownjournal.pubmed.article import (
    Article,
    Book,
    BookItem,
    BookSection,
    Investigator,
    PubDate,
)
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
    pagination,
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
from ownjournal.pubmed.outcome import Counts

Element = etree._Element


def book_article(
    document: Element, data: Element | None, who: dict[str, Any], counts: Counts
) -> Article:
    """A BookDocument and its PubmedBookData; `who` has its key and its people."""
    ids = (*article_ids(document), *article_ids(data))
    return Article(
        title=markup(document, "ArticleTitle"),
        vernacular_title=markup(document, "VernacularTitle"),
        pagination=pagination(document),
        history=history(data),
        abstract=abstract(document),
        identifiers=values.identifiers(who["pmid"], ids),
        languages=texts(document, "Language"),
        publication_types=publication_types(document, "PublicationType"),
        keywords=keywords(document),
        grants=grants(document),
        grants_complete=is_complete(document, "GrantList"),
        references=references(document),
        investigators=(
            *investigators(document, counts),
            *_book_investigators(document, counts),
        ),
        publication_status=text(data, "PublicationStatus"),
        revised_on=date_at(document, "DateRevised"),
        book=_book(document, counts),
        **who,
    )


def _book(document: Element, counts: Counts) -> Book:
    found = document.find("Book")
    book = etree.Element("Book") if found is None else found
    return Book(
        title=markup(book, "BookTitle"),
        publisher=text(book, "Publisher/PublisherName"),
        place=text(book, "Publisher/PublisherLocation"),
        date=date_at(book, "PubDate") or PubDate(),
        begins=date_at(book, "BeginningDate"),
        ends=date_at(book, "EndingDate"),
        editors=authors(book, "editors", counts),
        authors=authors(book, "authors", counts),
        volume=text(book, "Volume"),
        volume_title=markup(book, "VolumeTitle"),
        edition=text(book, "Edition"),
        series_title=markup(book, "CollectionTitle"),
        isbns=texts(book, "Isbn"),
        ids=location_ids(book),
        medium=text(book, "Medium"),
        report_number=text(book, "ReportNumber"),
        location_label="; ".join(texts(document, "LocationLabel")) or None,
        sections=tuple(_sections(document)),
        contributed_on=date_at(document, "ContributionDate"),
        revised_on=date_at(document, "DateRevised"),
        items=tuple(_items(document)),
    )


def _book_investigators(document: Element, counts: Counts) -> Iterator[Investigator]:
    for book in document.iterfind("Book"):
        yield from investigators(book, counts)


def _sections(document: Element) -> Iterator[BookSection]:
    """Sections and those inside them, in document order."""
    for each in children(document, "Sections//Section"):
        title = each.find("SectionTitle")
        yield BookSection(
            markup(each, "SectionTitle"),
            text(each, "LocationLabel"),
            attribute(title, "sec") or attribute(title, "part"),
        )


def _items(document: Element) -> Iterator[BookItem]:
    for each_list in document.iterfind("ItemList"):
        for each in each_list.iterfind("Item"):
            if said := own_text(each):
                yield BookItem(attribute(each_list, "ListType"), said)
