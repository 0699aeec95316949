"""RIS: what EndNote, Zotero, Mendeley, Covidence and Rayyan import.

A tag line holds one value, and no value holds a line end, so that nothing from
outside can begin a line. Lines end with CR LF and are never wrapped.

Where programs differ, the tags are those of EndNote's "Journal Article", which
the others know: AN the PMID, C2 the PMCID, C7 an article number (in SP too, as
Zotero reads it there), ET the day of electronic publication. DA has the form
YYYY/MM/DD/other; a season or a range of months is "other", so that no month is
given that was not printed. N1 holds warnings.

Tags: Research Information Systems' format as EndNote and Zotero read it
"""

from collections.abc import Iterable, Iterator

from ownjournal.pubmed.article import Article, PubDate
from ownjournal.pubmed.exports.clean import line, paragraphs, words
from ownjournal.pubmed.exports.csl_json import Item, exported_item, keywords
from ownjournal.pubmed.exports.dates import electronic, issued, read
from ownjournal.pubmed.exports.exported import (
    Exported,
    marked_title,
    notes,
    pubmed_address,
)
from ownjournal.pubmed.exports.languages import tag
from ownjournal.pubmed.exports.place import pages
from ownjournal.pubmed.months import SHORT_MONTHS

Line = tuple[str, str | None]

TYPES = {
    "article-journal": "JOUR",
    "article": "JOUR",  # a preprint: EndNote and Zotero have no type for it here
    "dataset": "DATA",
    "chapter": "CHAP",
    "book": "BOOK",
    "report": "RPRT",
}


def write(exported: Iterable[Exported]) -> Iterator[str]:
    """A record an article, with a blank line behind each."""
    for each in exported:
        lines = [f"{name}  - {value}" for name, value in _lines(each) if value]
        yield "\r\n".join([*lines, "ER  - ", "", ""])


def _lines(exported: Exported) -> Iterator[Line]:
    article = exported.article
    item = exported_item(exported)
    yield "TY", TYPES[item["type"]]
    yield "TI", marked_title(article)
    yield "TT", words(article.vernacular_title)
    yield from _people(item)
    yield from _dates(article)
    yield from _container(article, item)
    yield from _place(article, item)
    yield "DO", item.get("DOI")
    yield "DB", "PubMed" if "PMID" in item else None
    yield "AN", item.get("PMID")
    yield "C2", item.get("PMCID") if article.book is None else None
    yield "LA", "; ".join(filter(None, map(tag, article.languages)))
    yield from (("KW", each) for each in keywords(article))
    yield "AB", " ".join(paragraphs(article.abstract))
    yield from (("N1", each) for each in notes(exported))
    yield "UR", pubmed_address(article)
    yield "UR", line(exported.address)
    yield "ID", item["citation-key"]


def _people(item: Item) -> Iterator[Line]:
    for each in item.get("author", ()):
        yield "AU", _name(each)
    editors = "A3" if item["type"] == "book" else "A2"
    for each in item.get("editor", ()):
        yield editors, _name(each)
    for each in item.get("container-author", ()):
        yield "C2", _name(each)  # as Zotero has the author of the whole book


def _name(name: dict[str, str]) -> str:
    """`Family, Given, Suffix`; one name alone has a comma behind it.

    By that comma EndNote knows a group, and does not take its last word for a
    family name; for the others the name is the same.
    """
    if "literal" in name:
        return f"{name['literal']},"
    parts = [name["family"], name.get("given", "")]
    return ", ".join([*parts, name["suffix"]] if "suffix" in name else parts).rstrip(
        " "
    )


def _dates(article: Article) -> Iterator[Line]:
    when, online = issued(article), electronic(article)
    if when is not None:
        yield "PY", str(when.year) if when.year else None
        yield "DA", _date(when)
    if online is not None and article.book is None:
        yield "ET", "/".join(f"{part:02}" for end in read(online).ends for part in end)


def _date(when: PubDate) -> str | None:
    dated = read(when)
    if len(dated.ends) == 1:
        year, *rest = (f"{part:02}" for part in dated.ends[0])
        month, day, *_ = (*rest, "", "")
        return line(f"{year}/{month}/{day}/{dated.season or ''}")
    text = dated.words or _between(*dated.ends) if dated.words or dated.ends else None
    year = str(when.year) if when.year else ""
    return line(f"{year}///{text.removeprefix(year).strip()}") if text else None


def _between(first: tuple[int, ...], last: tuple[int, ...]) -> str:
    """ "2019 Jan-Feb", "2019 Jan 5-12", "1998 Dec-1999 Jan", as NLM prints them."""
    same = 0
    while first[same] == last[same]:
        same += 1
    rest = last[same:] if same != 1 else last[1:]
    kinds = range(len(last) - len(rest), len(last))
    end = " ".join(map(_part, kinds, rest))
    return " ".join(map(_part, range(len(first)), first)) + "-" + end


def _part(kind: int, number: int) -> str:
    return SHORT_MONTHS[number - 1] if kind == 1 else str(number)


def _container(article: Article, item: Item) -> Iterator[Line]:
    book = article.book
    if book is None:
        yield "T2", item.get("container-title")
        yield "J2", item.get("container-title-short")
        yield "SN", item.get("ISSN")
        return
    series, whole = words(book.series_title), item["type"] != "chapter"
    yield "T2", series if whole else words(book.title)
    yield "T3", None if whole else series
    yield "PB", item.get("publisher")
    yield "CY", item.get("publisher-place")
    yield "ET", item.get("edition")
    yield "SN", item.get("ISBN") or line(book.report_number)
    yield "SE", item.get("chapter-number")


def _place(article: Article, item: Item) -> Iterator[Line]:
    yield "VL", item.get("volume")
    yield "IS", item.get("issue")
    found = pages(article)
    if found is not None:
        yield "SP", found.first if found.last else found.text
        yield "EP", found.last
        yield "C7", found.text if found.number else None
