"""NLM's own form, and the Vancouver form that ICMJE takes from it.

NLM names everybody and gives its numbers. ICMJE's journals name six and "et al.",
say where something is a letter or an editorial, and print the DOI.

Sources: Patrias and Wendling, Citing Medicine, 2nd ed.; Samples of Formatted
References for Authors of Journal Articles, https://www.nlm.nih.gov/bsd/uniform_requirements.html
"""

from ownjournal.pubmed import citation
from ownjournal.pubmed.article import Article, Markup
from ownjournal.pubmed.styles.reading import (
    EDITORIAL,
    LETTER,
    is_retracted_somewhere,
    types,
)
from ownjournal.pubmed.styles.rich import escaped, joined, sentences, tidied

MOST_AUTHORS = 6
KINDS = {LETTER: "letter", EDITORIAL: "editorial"}


def nlm(article: Article, language: str | None) -> Markup:
    """As PubMed prints it; its text is `citation.full`, but for a retraction
    of which NLM links no notice."""
    return _written(article, language, None, _retracted(article))


def vancouver(article: Article, language: str | None) -> Markup:
    """As ICMJE's samples have it; the PMID stands in for a missing DOI."""
    kinds = [name for ui, name in KINDS.items() if ui in types(article)][:1]
    return _written(article, language, MOST_AUTHORS, [*kinds, *_retracted(article)])


def _retracted(article: Article) -> list[str]:
    return ["retracted"] if is_retracted_somewhere(article) else []


def _written(
    article: Article, language: str | None, most: int | None, words: list[str]
) -> Markup:
    people = citation.people(article, most)
    title = article.title or article.vernacular_title
    numbered = most is None or article.identifiers.doi is None
    told = [
        people,
        None,
        citation.place(article, language),
        *citation.notices(article),
        citation.numbers(article) if numbered else None,
    ]
    parts = [escaped(part) if part else None for part in told]
    parts[1] = _title(tidied(title) if title else None, words)
    return sentences(parts)


def _title(title: Markup | None, words: list[str]) -> Markup | None:
    """ "Peat [letter]", "Is it peat? [letter]"; words alone where there is no title."""
    if not words:
        return title
    shown = citation.without_full_stop(title) if title else None
    return joined(shown, *(f"[{word}]" for word in words), by=" ")
