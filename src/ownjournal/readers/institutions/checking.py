"""Whether libraries' links still lead somewhere: each is asked for a known article.

A link that does not answer is marked, not removed: a library may be down for a
day. What is asked for is a real article that every library's system knows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from urllib.parse import urlsplit

from django.utils import timezone

from ownjournal.pubmed.article import (
    Article,
    Author,
    Identifiers,
    Journal,
    JournalIssue,
    Pagination,
    PubDate,
)
from ownjournal.pubmed.libraries import Told, way
from ownjournal.pubmed.openurl import context
from ownjournal.readers.institutions.asking import Asker
from ownjournal.readers.institutions.models import Institution

AT_ONCE = 4  # servers asked at the same time; each of them by one question at a time

# Watson and Crick on the structure of DNA: old, and in every collection.
KNOWN_ARTICLE = Article(
    pmid=13_054_692,
    journal=Journal(
        title="Nature", abbreviation="Nature", issn="0028-0836", issn_medium="Print"
    ),
    journal_issue=JournalIssue(PubDate(1953, 4, 25), volume="171", number="4356"),
    pagination=Pagination("737-8", "737", "738"),
    identifiers=Identifiers(doi="10.1038/171737a0"),
    authors=(Author(last_name="Watson", initials="JD"),),
)
KNOWN = Told(context(KNOWN_ARTICLE))


def link_to_known(institution: Institution) -> str:
    """The link for the known article; of one that asks for what it lacks, the host."""
    url = way(institution.kind, institution.template, KNOWN).url
    return url or f"https://{urlsplit(institution.template).netloc}/"


def check(
    institutions: Iterable[Institution],
    asker: Asker,
    told: Callable[[Institution], None] = lambda institution: None,
) -> None:
    """Ask for each, note what came of it, and tell.

    Those on one server are asked one after the other.
    """
    by_host: dict[str | None, list[Institution]] = defaultdict(list)
    for each in institutions:
        by_host[urlsplit(each.template).hostname].append(each)

    def ask(rows: list[Institution]) -> list[str | None]:
        return [asker.problem(link_to_known(row)) for row in rows]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        groups = list(by_host.values())
        for rows, problems in zip(groups, pool.map(ask, groups), strict=True):
            for row, problem in zip(rows, problems, strict=True):
                note(row, problem, timezone.now())
                told(row)


def note(institution: Institution, problem: str | None, now: datetime) -> None:
    """Keep what a check found, and nothing else that may have changed meanwhile."""
    institution.checked_at, institution.problem = now, problem and problem[:300]
    institution.save(update_fields=["checked_at", "problem"])


def dead(institutions: Iterable[Institution]) -> list[Institution]:
    """Those whose link did not answer when it was last asked."""
    return [each for each in institutions if each.problem is not None]
