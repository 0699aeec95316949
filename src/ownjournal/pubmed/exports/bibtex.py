r"""BibTeX, for LaTeX, biblatex, JabRef, pandoc and Zotero; in Unicode.

Values stand in braces and are escaped: & % $ # _ with a backslash; \ ~ ^ { and }
by name, as a brace must not be left without its partner. DOI and addresses are
taken as they are by all these programs, so there only what could end the value
is percent-encoded. Titles keep italics, sub- and superscripts as LaTeX; a word
with a capital in it is protected by braces, as a style may lower it.

An article number stands in `pages`, which every style prints. `year` and `month`
are for BibTeX; where they cannot say what is printed, `date` says it for
biblatex. `note` holds warnings, so that a bibliography prints them too.

Source: Lamport, LaTeX, 2nd ed., appendix B; the biblatex manual, 2.2 and 2.3
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from ownjournal.pubmed.article import Article, Markup
from ownjournal.pubmed.exports.clean import line, paragraphs, words
from ownjournal.pubmed.exports.csl_json import Item, exported_item, keywords
from ownjournal.pubmed.exports.dates import iso, issued, read
from ownjournal.pubmed.exports.exported import (
    Exported,
    notes,
    prefix,
    pubmed_address,
    title,
)
from ownjournal.pubmed.exports.place import pages
from ownjournal.pubmed.markup import html
from ownjournal.pubmed.months import SHORT_MONTHS

Field = tuple[str, str | None]

TYPES = {
    "article-journal": "article",
    "article": "article",
    "dataset": "misc",
    "chapter": "incollection",
    "book": "book",
    "report": "techreport",
}
FIRST_AUTHORS = {"literal": "others"}  # "and others", which styles print as et al.

_ESCAPES = {
    **{each: "\\" + each for each in "&%$#_"},
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
}
_SPECIAL = re.compile(r"[&%$#_\\~^{}]")
_TAG = re.compile(r"(</?(?:b|i|sup|sub|u)>)")
_LATEX = {
    "<b>": r"\textbf{",
    "<i>": r"\textit{",
    "<sup>": r"\textsuperscript{",
    "<sub>": r"\textsubscript{",
    "<u>": r"\underline{",
}


def write(exported: Iterable[Exported]) -> Iterator[str]:
    """An entry an article, with a blank line behind each."""
    for each in exported:
        item = exported_item(each)
        fields = [f"  {name} = {value}" for name, value in _fields(each, item) if value]
        kind = TYPES[item["type"]]
        yield f"@{kind}{{{item['citation-key']},\n" + ",\n".join(fields) + "\n}\n\n"


def escape(text: str | None) -> str | None:
    """Text as LaTeX prints it."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text) if text else None


def _fields(exported: Exported, item: Item) -> Iterator[Field]:
    article = exported.article
    authors = item.get("author", [])
    if authors and not article.authors_complete:
        authors = [*authors, FIRST_AUTHORS]
    yield "author", _braced(_people(authors))
    yield "editor", _braced(_people(item.get("editor", [])))
    yield "title", _braced(_title(prefix(article), title(article)))
    yield from _container(article, item)
    yield from _dates(article)
    yield from _place(article, item)
    yield "doi", _verbatim(item.get("DOI"))
    yield "pmid", _braced(item.get("PMID"))
    yield "pmcid", _text(item.get("PMCID"))
    yield "url", None if "DOI" in item else _verbatim(pubmed_address(article))
    yield "language", _text(item.get("language"))
    yield "note", _text(" ".join(notes(exported)))
    yield "keywords", _text("; ".join(keywords(article)))
    yield "abstract", _text(" ".join(paragraphs(article.abstract)))


def _text(text: str | None) -> str | None:
    return _braced(escape(text))


def _braced(value: str | None) -> str | None:
    return f"{{{value}}}" if value else None


def _verbatim(address: str | None) -> str | None:
    """A DOI or an address; what could end the value or open one is encoded."""
    kept = "".join(chr(code) for code in range(33, 127) if chr(code) not in "{}\\")
    return _braced(quote(address, safe=kept)) if address else None


def _people(names: list[dict[str, str]]) -> str:
    return " and ".join(map(_name, names))


def _name(name: dict[str, str]) -> str:
    """`Family, Suffix, Given`, each part in braces if it would be cut in pieces."""
    if name is FIRST_AUTHORS:
        return "others"
    if "literal" in name:
        return f"{{{escape(name['literal'])}}}"
    order = (name["family"], name.get("suffix"), name.get("given"))
    family, *rest = [_whole(part) for part in order if part]
    return ", ".join([family, *rest]) if rest else f"{{{family}}}"


def _whole(part: str) -> str:
    cut = "," in part or re.search(r"\band\b|^others$", part, re.IGNORECASE)
    return f"{{{escape(part)}}}" if cut else escape(part) or ""


def _title(before: str, text: Markup | None) -> str:
    """LaTeX of a title; `before` is protected whole."""
    parts = [f"{{{before.strip()}}} "] if before else []
    first = not before
    for piece in _TAG.split(line(html(text)) or "") if text else ():
        if _TAG.fullmatch(piece):
            parts.append(_LATEX.get(piece, "}"))
            continue
        plain = piece.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        for word in re.split("( +)", plain):
            parts.append(_protected(word, first))
            first = first and not word.strip()
    return "".join(parts)


def _protected(word: str, first: bool) -> str:
    """A word with a capital in braces; the first one's own capital needs none."""
    escaped = escape(word) or ""
    counted = word[1:] if first else word
    return f"{{{escaped}}}" if counted != counted.lower() else escaped


def _container(article: Article, item: Item) -> Iterator[Field]:
    book = article.book
    if book is None:
        yield "journal", _text(item.get("container-title"))
        yield "shortjournal", _text(item.get("container-title-short"))
        yield "issn", _text(item.get("ISSN"))
        return
    whole = item["type"] != "chapter"
    yield "booktitle", None if whole else _braced(_title("", book.title))
    yield "bookauthor", _braced(_people(item.get("container-author", [])))
    yield "series", _text(words(book.series_title))
    yield "edition", _text(item.get("edition"))
    maker = "institution" if item["type"] == "report" else "publisher"
    yield maker, _text(item.get("publisher"))
    yield "address", _text(item.get("publisher-place"))
    yield "isbn", _text(item.get("ISBN"))
    yield "chapter", _text(item.get("chapter-number"))
    yield "number", _text(line(book.report_number))


def _dates(article: Article) -> Iterator[Field]:
    when = issued(article)
    if when is None:
        return
    dated = read(when)
    yield "year", _braced(str(when.year)) if when.year else _text(dated.words)
    if len(dated.ends) == 1 and not dated.season:
        [(_, *rest)] = dated.ends
        yield "month", SHORT_MONTHS[rest[0] - 1].lower() if rest else None
        yield "date", _braced(iso(when)) if len(rest) == 2 else None
    elif dated.ends and not dated.season:
        yield "date", _braced(iso(when))


def _place(article: Article, item: Item) -> Iterator[Field]:
    yield "volume", _text(item.get("volume"))
    yield "number", _text(item.get("issue"))
    found = pages(article)
    if found is not None:
        ends = f"{found.first}--{found.last}" if found.last else found.text
        yield "pages", _text(ends)
