"""What programs read of an article page: its head and its Link header.

citation_*   the tags of Highwire, for Zotero, Mendeley and Google Scholar
JSON-LD      for search engines (`schema_org`); not of an invented article
Link         FAIR Signposting: which address to cite, who wrote it, other forms
unAPI        where Zotero, which asks there first, gets the article as RIS

An invented article gives no identifier in any of them. Everything is plain text
on one line; an address in a header is percent-encoded, so nothing can split one.

The tags are written for the way Zotero's "Embedded Metadata" reads them: it cuts
names at semicolons, takes what stands before a first comma for the last name,
and cuts a name without a comma at its last space.

Sources: https://scholar.google.com/intl/en/scholar/inclusion.html
https://signposting.org/FAIR/  http://unapi.info/specs/
RFC 8288 (Link)  RFC 8574 (cite-as)
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.safestring import SafeString

from ownjournal.catalogue.people import ORCID, without_email
from ownjournal.catalogue.schema_org import json_ld
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_of
from ownjournal.pubmed import fulltext
from ownjournal.pubmed.article import Article, Author, Book, Markup
from ownjournal.pubmed.citation import is_whole_book, signers
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.exports.clean import line, paragraphs, words
from ownjournal.pubmed.exports.dates import beginning, electronic, issued
from ownjournal.pubmed.exports.formats import FORMATS
from ownjournal.pubmed.exports.languages import tag
from ownjournal.pubmed.exports.place import first_range, numbering, pages

MOST_WITH_PLACES = 50
"""Authors; of an article with more the tags name no place of work."""
MOST_IN_A_HEADER = 20  # authors
SCHEMA = "https://schema.org"

_APART = re.compile(r"\s*[,;]\s*")
_Tags = Iterator[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Tag:
    """A <meta> element."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of what the article belongs to."""

    name: str
    address: str  # path, without the form


@dataclass(frozen=True, slots=True)
class HeadView:
    """Everything catalogue/article_head.html may use."""

    tags: tuple[Tag, ...]
    feeds: tuple[FeedLink, ...]  # of its journal and its main topics
    json_ld: SafeString | None  # None: of an invented article


def head_view(kept: Kept, address: str, *, free: bool) -> HeadView:
    """The head; `address` is the whole address of the page, `free` as for `json_ld`."""
    article = kept.article
    tags = tuple(
        Tag(f"citation_{name}", content)
        for name, value in _tags(article, address)
        if (content := line(value))
    )
    example = is_example(article.pmid)
    script = None if example else json_ld(kept, address, free=free)
    return HeadView(tags, tuple(_feeds(article)), script)


def _feeds(article: Article) -> Iterator[FeedLink]:
    journal = article.journal
    if journal is not None and journal.nlm_id is not None and journal.nlm_id.isalnum():
        name = journal.title or journal.abbreviation or journal.nlm_id
        yield FeedLink(line(name) or name, f"/feeds/journals/{journal.nlm_id}")
    for heading in article.mesh:
        if heading.ui is not None and heading.is_major():
            yield FeedLink(heading.name, f"/feeds/topics/{heading.ui}")


def link_header(article: Article, address: str) -> str:
    """The value of the page's Link header: one line of ASCII, whatever it is of."""
    example = is_example(article.pmid)
    doi = None if example else article.identifiers.doi
    cited = (fulltext.doi_url(doi) if doi else None) or address
    found = [
        f'<{address}>; rel="canonical"',
        f'<{cited}>; rel="cite-as"',
        *(
            f'<{address}.{each.extension}>; rel="describedby"; type="{each.media_type}"'
            for each in FORMATS.values()
        ),
        f'<{SCHEMA}/ScholarlyArticle>; rel="type"',
        f'<{SCHEMA}/AboutPage>; rel="type"',
    ]
    people = () if example else signers(article)
    known = [each.orcid for each in people if each.orcid]
    if len(known) <= MOST_IN_A_HEADER:
        found += [f'<{ORCID.format(quote(each))}>; rel="author"' for each in known]
    return ", ".join(found)


def _tags(article: Article, address: str) -> _Tags:
    """Names without "citation_", and values, some of them None."""
    example = is_example(article.pmid)
    yield "title", title_of(article)
    yield from _people("author", signers(article), example)
    yield "publication_date", beginning(issued(article), "/")
    yield "online_date", beginning(electronic(article), "/")
    if article.book is not None:
        yield from _in_book(article, article.book, example)
    else:
        yield from _in_journal(article, example)
    yield from _pages(article)
    if not example:
        yield from _identifiers(article)
    yield "language", tag(article.languages[0]) if article.languages else None
    keywords = (words(each.text) or "" for each in article.keywords)
    yield "keywords", "; ".join(each.replace(";", ",") for each in keywords)
    yield "abstract", " ".join(paragraphs(article.abstract))
    yield "abstract_html_url", address
    yield "public_url", address


def _people(role: str, people: Sequence[Author], example: bool) -> _Tags:
    """Each name, and after it what belongs to it."""
    for each in people:
        yield role, _name(each, alone=len(people) == 1)
        if len(people) <= MOST_WITH_PLACES:
            for place in each.affiliations:
                yield f"{role}_institution", words(Markup(without_email(place)))
        if each.orcid is not None and not example:
            yield f"{role}_orcid", ORCID.format(each.orcid)


def _name(person: Author, *, alone: bool) -> str:
    """ "Smith, Ada B Jr"; a comma at the end keeps a name in one piece: "A Group,".

    alone  there is no other. Where it has spaces on both sides of the comma,
           Zotero takes it for two people, unless a semicolon stands behind it
    """
    given = (person.fore_name or person.initials, person.suffix)
    family = words(person.group) if person.group is not None else person.last_name
    last = _APART.sub(" ", family or "").strip()
    first = _APART.sub(" ", " ".join(part for part in given if part)).strip()
    if not first:
        return f"{last}," if " " in last else last
    name = f"{last}, {first}"
    return f"{name};" if alone and " " in last and " " in first else name


def _in_journal(article: Article, example: bool) -> _Tags:
    journal, issue = article.journal, article.journal_issue
    if journal is not None:
        yield "journal_title", journal.title or journal.medline_abbreviation
        yield "journal_abbrev", journal.abbreviation or journal.medline_abbreviation
        issns = () if example else (journal.issn, journal.issn_linking)
        for issn in dict.fromkeys(issns):
            yield "issn", issn
    if issue is not None:
        yield "volume", numbering(issue.volume)
        yield "issue", numbering(issue.number)


def _in_book(article: Article, book: Book, example: bool) -> _Tags:
    if not is_whole_book(article):
        yield "book_title", words(book.title)
    editors = [each for each in book.editors if each.valid]
    yield from _people("editor", editors, example)
    yield "series_title", words(book.series_title)
    yield "volume", numbering(book.volume)
    yield "publisher", book.publisher
    for isbn in () if example else book.isbns:
        yield "isbn", isbn


def _pages(article: Article) -> _Tags:
    """An article number is a first page."""
    found = pages(article)
    if found is not None:
        first = first_range(found)
        yield "firstpage", first.first
        yield "lastpage", first.last


def _identifiers(article: Article) -> _Tags:
    own = article.identifiers
    yield "doi", own.doi
    yield "pmid", str(article.pmid)
    yield "pmcid", own.pmcid
