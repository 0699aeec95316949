r"""BibTeX, for LaTeX, biblatex, JabRef, pandoc and Zotero; in Unicode.

Values stand in braces and are escaped: & % $ # _ { } with a backslash; \ ~ ^ and
a brace without its partner by name, as BibTeX counts braces. DOI and addresses are
taken as they are by all these programs, so there only what could end the value
is percent-encoded. Titles keep italics, sub- and superscripts as LaTeX; a word
whose capital means something is protected by braces, as a style may lower it.

An article number stands in `pages`, which every style prints. `year` and `month`
are for BibTeX; where they cannot say what is printed, `date` says it for
biblatex. `note` holds warnings, so that a bibliography prints them too.

Source: Lamport, LaTeX, 2nd ed., appendix B; the biblatex manual, 2.2 and 2.3
"""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from urllib.parse import quote

from ownjournal.pubmed.article import Article, Markup
from ownjournal.pubmed.exports.clean import line, paragraphs, words
from ownjournal.pubmed.exports.csl_json import Item, exported_item, keywords
from ownjournal.pubmed.exports.dates import iso, issued, read
from ownjournal.pubmed.exports.exported import (
    Exported,
    prefix,
    pubmed_address,
    title,
    warnings,
)
from ownjournal.pubmed.exports.place import pages
from ownjournal.pubmed.markup import html, plain
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
_PAIRED = {**_ESCAPES, "{": r"\{", "}": r"\}"}
_SPECIAL = re.compile(r"[&%$#_\\~^{}]")
_BRACE = re.compile("[{}]")
_TAG = re.compile(r"(</?(?:b|i|sup|sub|u)>)")
_WORD = re.compile(r"[^\s,;:.()\[\]?!\"]+")
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
    if not text:
        return None
    escapes = _PAIRED if _is_paired(text) else _ESCAPES
    return _SPECIAL.sub(lambda found: escapes[found[0]], text)


def _is_paired(text: str) -> bool:
    depth = 0
    for each in _BRACE.findall(text):
        depth += 1 if each == "{" else -1
        if depth < 0:
            return False
    return depth == 0


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
    yield "note", _text(" ".join(warnings(exported)))
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
    escaped = escape(part) or ""
    cut = "," in part or re.search(r"\band\b|^others$", part, re.IGNORECASE)
    # bibtexparser 2.1 loses a sign with a backslash that stands before " and "
    return f"{{{escaped}}}" if cut or "\\" in escaped else escaped


def _title(before: str, text: Markup | None) -> str:
    """LaTeX of a title; `before` is protected whole."""
    pieces = _TAG.split(line(html(text)) or "") if text else []
    texts = [plain(Markup(piece)) for piece in pieces[::2]]
    protected = _protected([word for each in texts for word in _WORD.findall(each)])
    latex = [_protect(each, protected) for each in texts]
    tags = [_LATEX.get(piece, "}") for piece in pieces[1::2]]
    marked = f"{{{before.strip()}}} " if before else ""
    return marked + "".join(map("".join, zip_longest(latex, tags, fillvalue="")))


def _protect(text: str, protected: frozenset[str]) -> str:
    """Escaped, with braces around the words to protect."""
    parts = re.split(f"({_WORD.pattern})", text)
    return "".join(
        f"{{{escape(part)}}}" if part in protected else escape(part) or ""
        for part in parts
    )


def _protected(words: list[str]) -> frozenset[str]:
    """The words of a title whose capitals a style must leave alone.

    The capital of the first word says nothing. Where most words have one, only
    those such as mRNA, DNA, T-Type count; in a title all in capitals, none.
    """
    if not any(letter.islower() for word in words for letter in word):
        return frozenset()
    long = [word for word in words if len(word) > 3 and word != word.upper()]
    in_title_case = len(long) > 2 and sum(map(_is_capital, long)) > len(long) / 2
    own = {word for word in words if any(map(_is_symbol, word.split("-")))}
    return frozenset(own if in_title_case else own | {*filter(_is_capital, words[1:])})


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def _is_symbol(part: str) -> bool:
    """Whether a part of a word has a capital that is not its first letter's."""
    alone = len(part) == 1 and part.isupper() and part != "A"
    return alone or part[1:] != part[1:].lower()


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
