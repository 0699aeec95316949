"""The title of an article as a page shows it."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from ownjournal.catalogue import store
from ownjournal.catalogue.safe_html import safe
from ownjournal.pubmed.article import Article, Markup
from ownjournal.pubmed.citation import heading, without_full_stop
from ownjournal.pubmed.markup import plain

UNTITLED = Markup("[No title]")


def title_html(article: Article) -> SafeString:
    """The title as a heading."""
    return safe(_shown_title(article))


def title_of(article: Article) -> str:
    """The title as plain text, for attributes, headers and files."""
    return plain(_shown_title(article))


def titles_by_pmid(pmids: Iterable[int]) -> dict[int, str]:
    """Titles as plain text; of an article that is not here, its PMID."""
    wanted = list(pmids)
    kept = store.get_many(wanted)
    return {
        pmid: title_of(kept[pmid].article) if pmid in kept else f"PMID {pmid}"
        for pmid in wanted
    }


def _shown_title(article: Article) -> Markup:
    return without_full_stop(heading(article) or UNTITLED) or UNTITLED
