"""The best of the week, by specialty.

An article belongs to the specialty whose journals, MeSH topics and words it has
most of. New articles have no MeSH yet: their title, keywords and journal tell it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from ownjournal.catalogue.store import Kept
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.markup import plain
from ownjournal.readers.profile.specialties import specialties

JOURNAL, MAIN_TOPIC, IN_TITLE, TOPIC, KEYWORD = 3, 3, 3, 1, 1
"""Points of what speaks for a specialty."""

ENOUGH = 3  # points from which an article belongs to it
EACH, SHOWN = 2, 10  # articles of a specialty; specialties


class OfSpecialty(Struct, frozen=True):
    """The best of a specialty."""

    code: str
    name: str
    articles: tuple[Kept, ...]


class _Clues(Struct, frozen=True):
    """What speaks for which specialties, by their codes."""

    journals: dict[str, list[str]]  # by linking ISSN
    topics: dict[str, list[str]]  # by UI
    words: dict[str, list[str]]  # small letters
    pattern: re.Pattern[str]  # any of the words


def best_by_specialty(best: Iterable[Kept]) -> tuple[OfSpecialty, ...]:
    """The first few of each specialty, each article once; those with the best first.

    best  from the best down
    """
    found: dict[str, list[Kept]] = defaultdict(list)
    for kept in best:
        code = specialty_of(kept.article)
        if code is not None and len(found[code]) < EACH:
            found[code].append(kept)
    return tuple(
        OfSpecialty(code, specialties()[code].name, tuple(articles))
        for code, articles in list(found.items())[:SHOWN]
    )


def specialty_of(article: Article) -> str | None:
    """The code of the specialty that most speaks for; None where too little does."""
    points = Counter[str]()
    clues = _clues()
    journal = article.journal
    if journal is not None and journal.issn_linking is not None:
        _add(points, clues.journals.get(journal.issn_linking), JOURNAL)
    for heading in article.mesh:
        weight = MAIN_TOPIC if heading.is_major() else TOPIC
        _add(points, clues.topics.get(heading.ui or ""), weight)
    title = plain(article.title).lower() if article.title is not None else ""
    keywords = " | ".join(plain(each.text).lower() for each in article.keywords)
    for text, weight in ((title, IN_TITLE), (keywords, KEYWORD)):
        for word in set(clues.pattern.findall(text)):
            _add(points, clues.words[word], weight)
    best = max(points, key=lambda code: (points[code], code), default=None)
    return best if best is not None and points[best] >= ENOUGH else None


def _add(points: Counter[str], codes: Iterable[str] | None, weight: int) -> None:
    for code in codes or ():
        points[code] += weight


@cache
def _clues() -> _Clues:
    journals, topics, words = (defaultdict[str, list[str]](list) for _ in range(3))
    for code, specialty in specialties().items():
        for journal in specialty.journals:
            journals[journal.issn_linking].append(code)
        for topic in specialty.topics:
            topics[topic.ui].append(code)
            words[_turned(topic.name)].append(code)
        for word in specialty.words:
            words[word.lower()].append(code)
    longest = sorted(words, key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest))})\b")
    return _Clues(dict(journals), dict(topics), dict(words), pattern)


def _turned(name: str) -> str:
    """ "Pain, Postoperative" as a title has it."""
    last, _, first = name.lower().partition(", ")
    return f"{first} {last}" if first else last
