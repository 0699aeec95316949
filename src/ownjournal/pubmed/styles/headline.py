"""Titles of books and journals with capitals, where the record has few.

NLM writes "The New England journal of medicine" and, of books, "Fevers of the
bog". Small words stay small; a word with a capital or a digit in it stays as it is.
"""

import re

from ownjournal.pubmed.article import Journal, Markup
from ownjournal.pubmed.styles.rich import escaped

_ENGLISH = """
a an and as at but by for from in into nor of off on onto or out over per the to up
via vs with
"""
_OTHER = """
da das de del della delle dem den der des di do dos du e ed een el en et för für i il
im la las le les lo los o och og på sur und van von voor y z zur
"""
SMALL = frozenset((_ENGLISH + _OTHER).split())
"""Articles, conjunctions, short prepositions, also of other languages' titles."""

_QUALIFIER = re.compile(r" *(?:\([^()]*\)| [:=/] .*)$")
_WORD = re.compile(r"(?<![\w<&/])\w[\w’']*(?![^<]*>)")


def headline(title: Markup) -> Markup:
    """The title with a capital for every word that is not small."""
    return Markup(_WORD.sub(lambda word: _raised(word, title), title))


def full_name(journal: Journal) -> Markup | None:
    """The journal's name, without what NLM adds to tell it from others.

    "The Lancet" of "The lancet (London, England)": places, subtitles and parallel
    titles go.
    """
    name = journal.title or journal.abbreviation or journal.medline_abbreviation or ""
    while (shorter := _QUALIFIER.sub("", name)) != name and shorter:
        name = shorter
    return headline(escaped(name.removesuffix("."))) or None


def _raised(word: re.Match[str], title: str) -> str:
    text = word[0]
    before = title[: word.start()].rstrip()
    first = not before or before.endswith((":", "?", "!", "."))
    if text.islower() and (first or text not in SMALL):
        return text[0].upper() + text[1:]
    return text
