"""Citing an article: what its page, and its page of citations, show of it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from ownjournal.catalogue.languages import language_name
from ownjournal.catalogue.safe_html import safe
from ownjournal.catalogue.titles import title_html, title_of
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.exports.formats import FORMATS
from ownjournal.pubmed.styles import style as styles
from ownjournal.pubmed.styles.style import Style

MOST_LISTED = 50
UNKNOWN = "und"  # NLM's code for a language that it does not know


@dataclass(frozen=True, slots=True)
class CitationView:
    """The article in one style; `html` may be copied as it is, or as its text."""

    style: str  # the id in addresses
    name: str
    short: str  # as in "Copied in AMA style"
    html: SafeString


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of the article, for a reference manager."""

    name: str  # "RIS"
    address: str


@dataclass(frozen=True, slots=True)
class CitingView:
    """Everything catalogue/article_citing.html may use."""

    pmid: int
    doi: str | None
    citations: tuple[CitationView, ...]  # in the main styles, the usual one first
    files: tuple[FileView, ...]
    others: bool  # whether there are more styles than these


@dataclass(frozen=True, slots=True)
class StyleView:
    """A style in a list; the address is of this article in it."""

    id: str
    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class CitePage:
    """Everything catalogue/cite.html may use."""

    title: SafeString
    title_plain: str
    citing: CitingView
    query: str  # for a style; "" where none was asked for
    found: tuple[StyleView, ...]
    more: bool  # whether there may be more than are listed
    chosen: CitationView | None  # in a style that is none of the main ones
    problem: str | None  # why there is none, in a sentence


@dataclass(frozen=True, slots=True)
class StylesPage:
    """Everything catalogue/styles.html may use."""

    query: str
    found: tuple[StyleView, ...]
    more: bool
    others: bool


def citing_view(article: Article) -> CitingView:
    """The four main styles; no program is run."""
    return CitingView(
        pmid=article.pmid,
        doi=article.identifiers.doi,
        citations=tuple(citation(article, each) for each in styles.MAIN_STYLES),
        files=tuple(
            FileView(each.name, f"/articles/{article.pmid}.{each.extension}")
            for each in FORMATS.values()
        ),
        others=styles.others_installed(),
    )


def cite_page(
    article: Article,
    query: str,
    chosen: CitationView | None = None,
    problem: str | None = None,
) -> CitePage:
    """The page of citations, with the styles that a reader looked for."""
    found = styles.search(query, MOST_LISTED)
    return CitePage(
        title=title_html(article),
        title_plain=title_of(article),
        citing=citing_view(article),
        query=query,
        found=tuple(
            StyleView(each.id, each.name, address(article.pmid, each)) for each in found
        ),
        more=len(found) == MOST_LISTED,
        chosen=chosen,
        problem=problem,
    )


def styles_page(query: str) -> StylesPage:
    """The styles that a reader looked for; the main ones where none was."""
    found = styles.search(query, MOST_LISTED) if query else list(styles.MAIN_STYLES)
    return StylesPage(
        query=query,
        found=tuple(StyleView(each.id, each.name, None) for each in found),
        more=len(found) == MOST_LISTED,
        others=styles.others_installed(),
    )


def address(pmid: int, style: Style) -> str:
    """Of the page that shows an article in a style."""
    return f"/articles/{pmid}/cite?style={style.id}"


def citation(article: Article, style: Style) -> CitationView:
    """The article in that style; raises what `styles.cite` raises."""
    told = styles.cite(article, style.id, language(article))
    return CitationView(style.id, style.name, style.short, safe(told.html))


def language(article: Article) -> str | None:
    """The name of its first language; None if it is in English, or nobody knows."""
    first = next(iter(article.languages), UNKNOWN)
    if first == UNKNOWN or "eng" in article.languages:
        return None
    return language_name(first)
