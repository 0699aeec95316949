"""Time one kind of page to browse, in process, on the catalogue of the environment.

    python -m bench.browsed 'month of a journal' 200

Prints JSON: milliseconds of server time over addresses drawn at random, each opened
once; a few others only warm up what a running site has warm. A kind is a function
in KINDS that draws one address.
"""

import json
import os
import random
import re
import sys
import time
from collections.abc import Callable
from functools import cache
from html import unescape
from urllib.parse import quote

import django
from django.test import Client

from ownjournal.pubmed.article import Article, Journal, MeshHeading

WARMING_UP = 20
_NEXT = re.compile(r'rel="next" href="([^"]+)"')


class Draw:
    """Addresses of things that the catalogue has, more often what has more articles."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.dice = random.Random(7)

    def article(self) -> Article:
        """An article in a journal with a number."""
        from ownjournal.catalogue import store

        while True:
            kept = store.get(self.dice.choice(_pmids()))
            journal = kept.article.journal if kept is not None else None
            if kept is not None and journal is not None and journal.nlm_id:
                return kept.article

    def journal(self) -> str:
        """The page of a journal."""
        from ownjournal.catalogue.browsing.addresses import of_journal

        return str(of_journal(_journal(self.article())))

    def month(self) -> str:
        """The month, or the year, of an article in its journal."""
        from ownjournal.catalogue.browsing.addresses import of_month
        from ownjournal.catalogue.dates import published

        while True:
            article = self.article()
            if published(article).year is not None:
                return str(of_month(_journal(article), published(article)))

    def behind(self, address: str) -> str:
        """The second page of a list; the first where there is no other."""
        found = _NEXT.search(self.client.get(address).text)
        return unescape(found[1]) if found is not None else address

    def type(self) -> str:
        """One of NLM's publication types."""
        from ownjournal.catalogue.browsing.addresses import of_type

        return of_type(self.dice.choice(self.article().publication_types))

    def design(self) -> str:
        """One of our study designs."""
        from ownjournal.appraisal.designs import DESIGNS

        return f"/designs/{self.dice.choice(list(DESIGNS))}"

    def topic(self) -> str:
        """A topic that an article is about."""
        from ownjournal.catalogue.browsing.addresses import of_heading

        return of_heading(self.dice.choice(self.headings()))

    def beside(self) -> str:
        """The part that the page of a topic loads."""
        return f"/topics/{self.dice.choice(self.headings()).ui}/beside"

    def headings(self) -> tuple[MeshHeading, ...]:
        """Of an article that has two or more."""
        while True:
            found = tuple(each for each in self.article().mesh if each.ui)
            if len(found) > 1:
                return found

    def both(self) -> str:
        """Two topics of one article."""
        one, other = self.dice.sample(self.headings(), 2)
        return f"/topics/{'+'.join(sorted((str(one.ui), str(other.ui))))}"

    def strangers(self) -> str:
        """A topic of one article, and one of another."""
        one, other = (self.dice.choice(self.headings()).ui for _ in range(2))
        return f"/topics/{one}+{other}" if one != other else self.strangers()

    def author(self) -> str:
        """A name on an article."""
        from ownjournal.catalogue.browsing.addresses import of_author

        while not (authors := self.article().authors):
            pass
        return of_author(self.dice.choice(authors))

    def directory(self) -> str:
        """A letter of the directory, or words of a journal's name."""
        if self.dice.random() < 0.5:
            return f"/journals?letter={self.dice.choice('abcdefghijklmnopqrstuvwxyz')}"
        title = _journal(self.article()).title or "medicine"
        return f"/journals?q={quote(self.dice.choice(title.split()))}"


KINDS: dict[str, Callable[[Draw], str]] = {
    "journal": lambda draw: draw.journal(),
    "journal, best first": lambda draw: f"{draw.journal()}?order=best",
    "journal, second page": lambda draw: draw.behind(draw.journal()),
    "month of a journal": lambda draw: draw.month(),
    "month of a journal, trials": lambda draw: f"{draw.month()}?design=rct",
    "publication type": lambda draw: draw.type(),
    "publication type, best first": lambda draw: f"{draw.type()}?order=best",
    "study design": lambda draw: draw.design(),
    "study design, second page": lambda draw: draw.behind(draw.design()),
    "directory of journals": lambda draw: draw.directory(),
    "topic": lambda draw: draw.topic(),
    "topic, best first": lambda draw: f"{draw.topic()}?order=best",
    "topic, second page": lambda draw: draw.behind(draw.topic()),
    "what stands beside a topic": lambda draw: draw.beside(),
    "overlap of two topics": lambda draw: draw.both(),
    "overlap of two topics of different articles": lambda draw: draw.strangers(),
    "author": lambda draw: draw.author(),
    "topics by name": lambda draw: f"/topics?q={draw.headings()[0].name[:4]}",
    "front page": lambda draw: "/",
}


def _journal(article: Article) -> Journal:
    assert article.journal is not None
    return article.journal


@cache
def _pmids() -> list[int]:
    from ownjournal.catalogue.checking import live_pmids

    return list(live_pmids())


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    kind, asked = sys.argv[1], int(sys.argv[2])
    client = Client(SERVER_NAME="127.0.0.1")
    draw = Draw(client)
    times = []
    for _ in range(WARMING_UP + asked):
        address = KINDS[kind](draw)
        started = time.perf_counter()
        answer = client.get(address)
        times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code in (200, 301), (address, answer.status_code)
    ordered = sorted(times[WARMING_UP:])
    named = {f"p{q}": ordered[len(ordered) * q // 100] for q in (50, 95)}
    print(json.dumps(named))


if __name__ == "__main__":
    main()
