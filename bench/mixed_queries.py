"""Queries as clinicians and librarians write them, made from real records.

    python -m bench.mixed_queries 500

Prints JSON: kinds and queries, drawn from the articles of the catalogue that the
environment names, always the same ones. Each kind has an equal part. A query
finds something, as it says what some article says.
"""

import json
import os
import random
import re
import sys
from collections.abc import Callable

import django

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.markup import plain
from ownjournal.search.atoms import STOP_WORDS

_WORD = re.compile(r"[A-Za-z]{4,}")
_PIECE = re.compile(r"[^.,;:()\[\]]+")
_LONG = 7  # letters of a word that is cut short for a prefix


class NoSuchWords(Exception):
    """The article has not what a query of this kind is made of."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from ownjournal.catalogue import store
    from ownjournal.catalogue.checking import live_pmids

    wanted = int(sys.argv[1])
    dice = random.Random(1)
    pmids = dice.sample(list(live_pmids()), wanted * 6)
    articles = [each.article for each in store.get_many(pmids[:900]).values()]
    found: list[tuple[str, str]] = []
    for number in range(wanted * 20):
        if len(found) == wanted:
            break
        kind = list(KINDS)[len(found) % len(KINDS)]
        article = articles[number % len(articles)]
        try:
            found.append((kind, KINDS[kind](article, dice)))
        except NoSuchWords:
            continue
    print(json.dumps(found))


def _telling(text: str) -> list[str]:
    """The words of a text that somebody would search for."""
    return [each for each in _WORD.findall(text) if each.lower() not in STOP_WORDS]


def _drawn(article: Article, dice: random.Random, least: int, most: int) -> list[str]:
    """Some words of the title, each once, in their order."""
    title = plain(article.title) if article.title is not None else ""
    words = list(dict.fromkeys(_telling(title)))
    count = dice.randint(least, most)
    if len(words) < count:
        raise NoSuchWords
    return [words[at] for at in sorted(dice.sample(range(len(words)), count))]


def words(article: Article, dice: random.Random) -> str:
    """One to four words, which all must be there."""
    return " ".join(_drawn(article, dice, 1, 4))


def phrase(article: Article, dice: random.Random) -> str:
    """Two to four words beside each other, the outer ones telling."""
    texts = [plain(article.title)] if article.title is not None else []
    if article.abstract is not None:
        texts += [plain(each.text) for each in article.abstract.sections]
    pieces = [piece.split() for text in texts for piece in _PIECE.findall(text)]
    length = dice.randint(2, 4)
    runs = [
        run
        for piece in pieces
        for run in (piece[at : at + length] for at in range(len(piece) - length + 1))
        if all(map(_WORD.fullmatch, (run[0], run[-1]))) and _ends_tell(run)
    ]
    if not runs:
        raise NoSuchWords
    return f'"{" ".join(dice.choice(runs)).replace(chr(34), "")}"'


def _ends_tell(run: list[str]) -> bool:
    return STOP_WORDS.isdisjoint((run[0].lower(), run[-1].lower()))


def fielded(article: Article, dice: random.Random) -> str:
    """An author, a journal, words of the title, words near each other."""
    author = next((each for each in article.authors if each.initials), None)
    journal = article.journal
    if author is None or journal is None or journal.abbreviation is None:
        raise NoSuchWords
    one, other = _drawn(article, dice, 2, 2)
    return dice.choice(
        [
            f"{author.last_name} {author.initials}[au]",
            f"{one}[ti] AND {other}[tiab]",
            f'"{journal.abbreviation}"[ta] AND {one}[tiab]',
            f'"{one} {other}"[tiab:~9]',
            f"{author.last_name}[au] AND {one}",
        ]
    )


def boolean(article: Article, dice: random.Random) -> str:
    """A block of synonyms AND another, NOT something."""
    one, two, three, four = _drawn(article, dice, 4, 4)
    return dice.choice(
        [
            f"({one} OR {two}) AND {three}",
            f"({one} OR {two} OR {three}) AND {four}",
            f"({one} AND {two}) NOT {three}",
            f"({one} OR {two}) AND ({three} OR {four})",
            f"{one} OR ({two} AND {three} AND {four})",
        ]
    )


def prefix(article: Article, dice: random.Random) -> str:
    """A word cut short, alone or beside others."""
    some = [each for each in _drawn(article, dice, 2, 4) if len(each) >= _LONG]
    if not some:
        raise NoSuchWords
    begun = f"{some[0][: dice.randint(4, 6)]}*"
    others = [each for each in _drawn(article, dice, 1, 2) if each != some[0]]
    return dice.choice([begun, f"{begun}[ti]", " ".join([begun, *others])])


def years(article: Article, dice: random.Random) -> str:
    """Words within some years, one of five times the years alone."""
    first = dice.randint(1990, 2024)
    last = first + dice.choice([0, 4, 9, 40])
    asked = f"{first}:{last}[dp]" if first != last else f"{first}[dp]"
    if dice.random() < 0.2:
        return asked
    return f"{' '.join(_drawn(article, dice, 1, 2))} AND {asked}"


def mesh(article: Article, dice: random.Random) -> str:
    """Headings, with people, a publication type or a word beside them."""
    if not article.mesh:
        raise NoSuchWords
    heading = dice.choice(article.mesh).name
    [word] = _drawn(article, dice, 1, 1)
    return dice.choice(
        [
            f'"{heading}"[mh]',
            f'"{heading}"[mh] AND humans[mh]',
            f'"{heading}"[majr] AND {word}',
            f'"{heading}"[mh] AND review[pt]',
        ]
    )


KINDS: dict[str, Callable[[Article, random.Random], str]] = {
    "words": words,
    "phrase": phrase,
    "fielded": fielded,
    "boolean": boolean,
    "prefix": prefix,
    "years": years,
    "mesh": mesh,
}

if __name__ == "__main__":
    main()
