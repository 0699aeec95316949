"""CSL-JSON: what citation styles, pandoc and Zotero read; our form for styles too.

`item` is what the record says, for a citation style; `write` adds what a file
that leaves us must say: the warning as `note`, "RETRACTED: " before the title.

Titles are rich text as citation processors know it: <i>, <b>, <sup> and <sub>,
and no escapes. (u has no counterpart and goes; a formula is written in these.)

A date is numbers as precise as printed; a range has two ends; a season stands
beside its year; words that are no date are `literal`. An article number stands
in `number` and in `page`, as most styles know no other place for it.

Schema: https://github.com/citation-style-language/schema, csl-data.json, 1.0.2
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ownjournal.pubmed.article import (
    Article,
    Author,
    Book,
    Journal,
    JournalIssue,
    Markup,
    PubDate,
)
from ownjournal.pubmed.citation import (
    is_preprint,
    is_whole_book,
    signers,
    without_full_stop,
)
from ownjournal.pubmed.exports.clean import line, paragraphs, words
from ownjournal.pubmed.exports.dates import SEASONS, electronic, issued, read
from ownjournal.pubmed.exports.exported import (
    Exported,
    identifiers,
    is_retracted,
    notes,
    prefix,
    pubmed_number,
    title,
)
from ownjournal.pubmed.exports.keys import key
from ownjournal.pubmed.exports.languages import tag
from ownjournal.pubmed.exports.place import numbering, pages
from ownjournal.pubmed.markup import html

Item = dict[str, Any]

DATASET, JOURNAL_ARTICLE = "D064886", "D016428"
AHEAD = "advance online publication"

_UNDERLINE = re.compile("</?u>")


def item(article: Article) -> Item:
    """A CSL-JSON item: strings, numbers and lists only; no key without a value."""
    book = article.book
    found: Item = {
        "id": f"pmid:{article.pmid}",
        "type": kind(article),
        "title": _rich(title(article)),
        "original-title": _rich(_other_title(article)),
        "author": names(signers(article)),
        "editor": names((*article.editors, *(book.editors if book else ()))),
        "issued": _date(issued(article)),
        "available-date": _available(article),
        "language": _language(article),
        "abstract": "\n".join(paragraphs(article.abstract)) or None,
        "keyword": "; ".join(keywords(article)) or None,
        "DOI": line(article.identifiers.doi),
        "PMID": str(article.pmid),
        "PMCID": line(article.identifiers.pmcid),
        "status": _status(article),
        "genre": "Preprint" if kind(article) == "article" else None,
        **_place(article),
        **_in_journal(article.journal, article.journal_issue),
        **(_in_book(article, book) if book else {}),
    }
    return {name: value for name, value in found.items() if value}


def kind(article: Article) -> str:
    """The CSL type."""
    types = {each.ui for each in article.publication_types}
    if article.book is not None:
        if not is_whole_book(article):
            return "chapter"
        return "report" if article.book.report_number else "book"
    if is_preprint(article):
        return "article"
    if DATASET in types and JOURNAL_ARTICLE not in types:
        return "dataset"
    return "article-journal"


def keywords(article: Article) -> tuple[str, ...]:
    """The authors' words, then NLM's headings; each once, in order."""
    own = (words(each.text) for each in article.keywords)
    headings = (line(each.name) for each in article.mesh)
    return tuple(dict.fromkeys(each for each in (*own, *headings) if each))


def names(people: Iterable[Author]) -> list[dict[str, str]]:
    """Names as CSL has them, in order, without those that a correction withdrew."""
    return [name for each in people if each.valid and (name := _name(each))]


def write(exported: Iterable[Exported]) -> Iterator[str]:
    """A JSON array, an item a line."""
    yield "["
    between = "\n"
    for each in exported:
        yield between + json.dumps(exported_item(each), ensure_ascii=False)
        between = ",\n"
    yield "\n]\n"


def exported_item(exported: Exported) -> Item:
    """The item as it leaves: warnings, our address, and no invented identifier."""
    article = exported.article
    found = item(article)
    own = identifiers(article)
    found |= {
        "citation-key": key(article),
        "title": prefix(article) + found.get("title", ""),
        "DOI": line(own.doi),
        "PMID": pubmed_number(article),
        "PMCID": line(own.pmcid),
        "note": "\n".join(notes(exported)),
        "custom": _custom(exported),
    }
    return {name: value for name, value in found.items() if value}


def _custom(exported: Exported) -> dict[str, Any]:
    """What CSL has no name for."""
    article = exported.article
    found = {
        "publication-types": [line(each.name) for each in article.publication_types],
        "copyright": line(article.abstract.copyright) if article.abstract else None,
        "address": line(exported.address),
    }
    return {name: value for name, value in found.items() if value}


def _rich(text: Markup | None) -> str | None:
    if not text:
        return None
    tagged = _UNDERLINE.sub("", html(text))
    unescaped = tagged.replace("&lt;", "<").replace("&gt;", ">")
    return line(unescaped.replace("&amp;", "&"))


def _other_title(article: Article) -> Markup | None:
    """The title in the article's own language, beside NLM's English one."""
    own = article.vernacular_title
    if own is None or article.title is None:
        return None
    shown = without_full_stop(own)
    return shown if shown != title(article) else None


def _name(author: Author) -> dict[str, str] | None:
    if group := words(author.group):
        return {"literal": group.rstrip(".") or group}
    parts = {
        "family": line(author.last_name),
        "given": line(author.fore_name) or line(author.initials),
        "suffix": line(author.suffix),
    }
    known = {name: value for name, value in parts.items() if value}
    if "family" in known:
        return known
    return {"literal": " ".join(known.values())} if "given" in known else None


def _date(when: PubDate | None) -> Item | None:
    if when is None:
        return None
    dated = read(when)
    if dated.words:
        return {"literal": dated.words}
    if not dated.ends:
        return None
    found: Item = {"date-parts": [list(end) for end in dated.ends]}
    if season := dated.season:
        found["season"] = SEASONS.get(season.lower(), season)
    return found


def _available(article: Article) -> Item | None:
    """The day it went online, where that is not the date that counts."""
    online = electronic(article)
    return _date(online) if online != issued(article) else None


def _language(article: Article) -> str | None:
    tags = (tag(code) for code in article.languages)
    return next((each for each in tags if each), None)


def _status(article: Article) -> str | None:
    if is_retracted(article):
        return "retracted"
    return AHEAD if article.publication_status == "aheadofprint" else None


def _place(article: Article) -> Item:
    found = pages(article)
    if found is None:
        return {}
    number = {"number": found.text} if found.number else {}
    return {"page": found.text, "page-first": found.first, **number}


def _in_journal(journal: Journal | None, issue: JournalIssue | None) -> Item:
    found: Item = {}
    if journal is not None:
        short = journal.medline_abbreviation or journal.abbreviation
        found["container-title"] = line(journal.title or short)
        found["container-title-short"] = line(short)
        found["ISSN"] = line(journal.issn or journal.issn_linking)
    if issue is not None:
        found["volume"] = numbering(issue.volume)
        found["issue"] = numbering(issue.number)
    return found


def _in_book(article: Article, book: Book) -> Item:
    whole = is_whole_book(article)
    return {
        "container-title": None if whole else _rich(book.title),
        "container-author": [] if whole else names(book.authors),
        "publisher": line(book.publisher),
        "publisher-place": line(book.place),
        "edition": line(book.edition),
        "volume": line(book.volume),
        "volume-title": _rich(book.volume_title),
        "collection-title": _rich(Markup(book.series_title or "")),
        "chapter-number": None if whole else line(book.location_label),
        "ISBN": line(" ".join(book.isbns)),
        "medium": line(book.medium),
        "number": line(book.report_number),
    }
