"""An article in the words of schema.org, as JSON-LD for search engines.

Nothing stands there that the page does not show. The abstract is left out, since
the page has it; dates are as precise as they were printed.

Sources: https://schema.org/MedicalScholarlyArticle
https://schema.org/PublicationIssue  https://schema.org/Chapter
"""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.catalogue.notices import SHORT
from ownjournal.catalogue.people import ORCID, full_name
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_of
from ownjournal.pubmed import fulltext
from ownjournal.pubmed.article import Article, Author, Book
from ownjournal.pubmed.citation import is_whole_book, signers
from ownjournal.pubmed.exports.clean import line, words
from ownjournal.pubmed.exports.dates import beginning, issued
from ownjournal.pubmed.exports.languages import tag
from ownjournal.pubmed.exports.place import numbering, pages

Parts = dict[str, Any]

MOST_IN_FULL = 50  # authors

_AS_CODES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def json_ld(kept: Kept, address: str, *, free: bool) -> SafeString:
    """The content of a <script type="application/ld+json">.

    free  whether the page names a way to the whole text that is free

    No character in it can end the element or begin another.
    """
    told = json.dumps(
        _article(kept, address, free), ensure_ascii=False, allow_nan=False
    )
    return mark_safe(told.translate(_AS_CODES))


def _article(kept: Kept, address: str, free: bool) -> Parts:
    article, integrity = kept.article, kept.appraisal.integrity
    return {
        "@context": "https://schema.org",
        "@type": _type(article),
        **_there(
            {
                "@id": address,
                "url": address,
                "headline": line(title_of(article)),
                "alternativeHeadline": words(article.vernacular_title),
                "author": _people(signers(article)),
                "datePublished": beginning(issued(article)),
                "inLanguage": [
                    known for each in article.languages if (known := tag(each))
                ],
                "keywords": [words(each.text) for each in article.keywords],
                "publicationType": [each.name for each in article.publication_types],
                "creativeWorkStatus": SHORT[integrity] if integrity in GRAVE else None,
                "isAccessibleForFree": free,
                "isPartOf": _whole(article),
                **_pages(article),
                "identifier": _identifiers(article),
                "sameAs": _same(article),
            }
        ),
    }


def _there(parts: Parts) -> Parts:
    """What has a value; False says nothing either, as nobody knows it."""
    return {name: value for name, value in parts.items() if value}


def _type(article: Article) -> str | list[str]:
    if article.book is None:
        return ["MedicalScholarlyArticle", "ScholarlyArticle"]
    return "Book" if is_whole_book(article) else "Chapter"


def _people(people: Sequence[Author]) -> list[Parts]:
    """Everyone; where they are very many, with nothing but their names."""
    told = _person if len(people) <= MOST_IN_FULL else _named
    return [told(each) for each in people if each.valid]


def _named(author: Author) -> Parts:
    if author.group is not None:
        return {"@type": "Organization", "name": words(author.group)}
    return {"@type": "Person", "name": line(full_name(author))}


def _person(author: Author) -> Parts:
    if author.group is not None:
        return _named(author)
    return {
        **_named(author),
        **_there(
            {
                "familyName": line(author.last_name),
                "givenName": line(author.fore_name),
                "honorificSuffix": line(author.suffix),
                "sameAs": ORCID.format(author.orcid) if author.orcid else None,
            }
        ),
    }


def _whole(article: Article) -> Parts | None:
    """The journal's issue, in its volume, in its journal; or the book."""
    if article.book is not None:
        return None if is_whole_book(article) else _book(article.book)
    journal, issue = article.journal, article.journal_issue
    whole: Parts | None = None
    if journal is not None:
        issns = [each for each in (journal.issn, journal.issn_linking) if each]
        named = {
            "name": line(journal.title or journal.medline_abbreviation),
            "alternateName": line(journal.abbreviation),
            "issn": list(dict.fromkeys(issns)),
        }
        whole = {"@type": "Periodical", **_there(named)}
    for kind, name, number in (
        ("PublicationVolume", "volumeNumber", issue.volume if issue else None),
        ("PublicationIssue", "issueNumber", issue.number if issue else None),
    ):
        if value := numbering(number):
            whole = {"@type": kind, name: value, **_there({"isPartOf": whole})}
    return whole


def _book(book: Book) -> Parts:
    return {
        "@type": "Book",
        **_there(
            {
                "name": words(book.title),
                "editor": _people(book.editors),
                "isbn": list(book.isbns),
                "publisher": _there({"name": line(book.publisher)}),
            }
        ),
    }


def _pages(article: Article) -> Parts:
    found = pages(article)
    if found is None:
        return {}
    if found.last is None:
        return {"pagination": found.text}
    return {"pageStart": found.first, "pageEnd": found.last}


def _identifiers(article: Article) -> list[Parts]:
    own = article.identifiers
    found = (("pmid", str(article.pmid)), ("pmcid", own.pmcid), ("doi", own.doi))
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": line(value)}
        for name, value in found
        if value
    ]


def _same(article: Article) -> list[str]:
    own = article.identifiers
    addresses = (
        fulltext.record_address(article.pmid),
        fulltext.doi_url(own.doi or ""),
        fulltext.pmc_address(own.pmcid or ""),
    )
    return [each for each in addresses if each]
