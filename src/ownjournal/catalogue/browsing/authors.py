"""Articles under a name form: /authors/smith_ja.

A name form is a name as records print it, "Smith JA". Two people may have one, and
one person several: nothing here says who is who, and an ORCID is told only where a
record gives it beside this name.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ownjournal.catalogue import store
from ownjournal.catalogue.browsing.addresses import (
    LONGEST_NAME,
    author_address,
    author_value,
)
from ownjournal.catalogue.browsing.charts import Chart
from ownjournal.catalogue.browsing.company import (
    Beside,
    designs_by_year,
    is_spelling_of,
    leading_authors,
    leading_headings,
    leading_journals,
    spelling_of,
)
from ownjournal.catalogue.browsing.evidence import timeline
from ownjournal.catalogue.browsing.lists import (
    ListAsked,
    ListPage,
    list_page,
    refused,
)
from ownjournal.catalogue.browsing.remembered import State, of_one_state, state
from ownjournal.catalogue.browsing.views import listing
from ownjournal.catalogue.browsing.waiting import Waiting, answer, is_whole
from ownjournal.catalogue.following import index
from ownjournal.catalogue.people import ORCID
from ownjournal.catalogue.search_request import NO_INDEX
from ownjournal.pubmed.article import Author
from ownjournal.pubmed.example import is_example
from ownjournal.search.document import author_name
from ownjournal.search.index import IndexUnusable
from ownjournal.search.subjects import query_of

READ = 200
"""Articles, the newest first, whose records are read for ORCIDs and first names."""

AT_ONCE = 50  # articles that are read and counted while their page waits
BESIDE, NAMES = 12, 12
SHOWN = 80  # characters of a name that nobody has
SEARCH = ("Search for a name", "/search")
NOT_YET = (
    "Names can be looked up when the index of this site has been built, which may take "
    "an hour after an update of the program. Until then the search finds them."
)
NOBODY = (
    "No article here is signed by “{}”. Names are those of records: a last name and "
    "initials, as in /authors/smith_ja."
)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that records give beside the name, and how many of those read do."""

    text: str
    address: str | None
    count: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What the articles under a name form have: all of catalogue/author_beside.html."""

    spelled: tuple[str, ...]  # other spellings that are found as the same
    full_names: tuple[Told, ...]  # first and last names as printed, the commonest first
    orcids: tuple[Told, ...]
    read: str  # articles whose records were read for these two
    all_read: bool
    timeline: Chart | None
    together: tuple[Beside, ...]  # name forms on the same articles
    journals: tuple[Beside, ...]
    topics: tuple[Beside, ...]  # headings of most articles


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """Everything catalogue/author.html may use."""

    name: str  # as on the newest article
    address: str
    signed: Signed | None  # at the beginning of the list, where they are few
    waiting: Waiting | None  # where it comes from, where they are many
    list: ListPage
    subject: str  # what can be followed: "author:Smith JA"


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """The articles under a name form; 404 where there are none."""
    name = name.rstrip("/")
    value = author_value(name) if len(name) <= LONGEST_NAME else ""
    try:
        known = value and index().count(query_of("author", value))
    except IndexUnusable:
        return refused(request, NO_INDEX, status=503)
    if not known and not index().revision:
        return refused(request, NOT_YET, status=503)
    if not known:
        shown = name if len(name) <= SHOWN else f"{name[:SHOWN]}…"
        return refused(request, NOBODY.format(shown), status=404, way=SEARCH)
    return listing(
        request,
        author_address(value),
        "catalogue/author.html",
        lambda asked: author_page(
            value, asked, whole=known <= AT_ONCE or is_whole(request)
        ),
    )


@require_safe
def beside(request: HttpRequest, name: str) -> HttpResponse:
    """What articles under a name form have, for its page to load."""
    value = author_value(name) if len(name) <= LONGEST_NAME else ""
    if not value:
        return HttpResponse(status=404)
    return answer(
        request, "catalogue/author_beside.html", lambda: {"signed": signed(value)}
    )


def author_page(value: str, asked: ListAsked, *, whole: bool) -> AuthorPage:
    """The page of a name form that some article has. Raises IndexUnusable.

    whole  with what is read and counted over its articles
    """
    name, address = spelling_of(value), author_address(value)
    waits = asked.first and not whole
    return AuthorPage(
        name=name,
        address=address,
        signed=signed(value) if asked.first and whole else None,
        waiting=Waiting.at(asked, f"{address}/beside") if waits else None,
        list=list_page(asked, query_of("author", value)),
        subject=f"author:{name}",
    )


def signed(value: str) -> Signed:
    """What the articles under a name form have. Raises IndexUnusable."""
    query = query_of("author", value)
    spelled, full_names, orcids, read = _records(state(), value)
    return Signed(
        spelled=tuple(each for each in spelled if each != spelling_of(value))[:NAMES],
        full_names=full_names,
        orcids=orcids,
        read=f"{read:,}",
        all_read=read < READ,
        timeline=timeline(
            "years", designs_by_year(query), query, timezone.now().date()
        ),
        together=leading_authors(query, BESIDE, without=value),
        journals=leading_journals(query, BESIDE),
        topics=leading_headings(query, BESIDE),
    )


@of_one_state(256)
def _records(
    now: State, value: str
) -> tuple[tuple[str, ...], tuple[Told, ...], tuple[Told, ...], int]:
    """Spellings, full names and ORCIDs of the newest articles; how many were read."""
    signed = list(_signatures(value))
    spelled = Counter(author_name(author) or "" for _, author in signed)
    printed = Counter(
        f"{author.fore_name} {author.last_name}"
        for _, author in signed
        if author.fore_name is not None and len(author.fore_name.split(" ")[0]) > 1
    )
    given = Counter(
        (author.orcid, is_example(pmid)) for pmid, author in signed if author.orcid
    )
    return (
        tuple(name for name, _ in spelled.most_common()),
        tuple(Told(name, None, f"{n:,}") for name, n in printed.most_common(NAMES)),
        tuple(
            Told(
                orcid,
                None if example else ORCID.format(quote(orcid)),
                f"{n:,}",
            )
            for (orcid, example), n in given.most_common(NAMES)
        ),
        len({pmid for pmid, _ in signed}),
    )


def _signatures(value: str) -> Iterator[tuple[int, Author]]:
    """The authors of the newest articles who have the name form, with the PMID."""
    places = index().listed(query_of("author", value), limit=READ)
    for pmid, kept in store.get_many([each.pmid for each in places]).items():
        for author in kept.article.authors:
            name = author_name(author)
            if name is not None and is_spelling_of(name, value):
                yield pmid, author
