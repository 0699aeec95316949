"""From a citation that was typed or pasted straight to its article."""

from collections.abc import Sequence

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.vocabulary import Names
from ownjournal.pubmed.article import Article
from ownjournal.search.citation_matching import Matched, match
from ownjournal.search.citation_reading import read


def matched(text: str) -> Matched | None:
    """What a text leads to, if it is a citation; None for an ordinary query.

    Raises IndexUnusable.
    """
    citation = read(text, Names())
    return None if citation is None else match(citation, index(), _articles)


def _articles(pmids: Sequence[int]) -> dict[int, Article]:
    return {pmid: kept.article for pmid, kept in store.get_many(pmids).items()}
