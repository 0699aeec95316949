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

FIRST_AFTER = ("", ":", "?", "!", ".")
MOST_ADDITIONS = 4  # to a journal's name

_ADDITION = re.compile(r" ?(?:\([^()]*\)| [:=/] .*)$")
_TOKEN = re.compile(r"<[^<>]*>|&[a-z]+;|\w[\w’']*|.")


def headline(title: Markup) -> Markup:
    """The title, one line, with a capital for every word that is not small."""
    told, last = [], ""
    for token in _TOKEN.findall(title):
        if token.islower() and (last in FIRST_AFTER or token not in SMALL):
            told.append(token if token[0] in "<&" else token[0].upper() + token[1:])
        else:
            told.append(token)
        if token[0] not in " <":
            last = token[-1]
    return Markup("".join(told))


def full_name(journal: Journal) -> Markup | None:
    """The journal's name, without what NLM adds to tell it from others.

    "The Lancet" of "The lancet (London, England)": places, subtitles and parallel
    titles go.
    """
    name = journal.title or journal.abbreviation or journal.medline_abbreviation or ""
    name = " ".join(name.split())
    for _ in range(MOST_ADDITIONS):
        name = _ADDITION.sub("", name) or name
    return headline(escaped(name.removesuffix("."))) or None
