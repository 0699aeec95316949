"""The front page, and what a search engine is told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ownjournal.catalogue import store
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.relations import completed
from ownjournal.pubmed.example import is_example

BEST, NEWEST = 6, 8  # articles shown
DRAWN = 60  # articles looked at, as some are left out


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything home.html may use."""

    count: str  # of articles, with separators
    best: tuple[Card, ...]
    newest: tuple[Card, ...]
    updated_on: date | None  # of the last file applied
    examples: bool  # whether there are invented articles and no others


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The front page: what this is, the best of the week, the newest, the trial."""
    best, newest, updated_at = front(store.revision(), timezone.now().date())
    page = HomePage(
        count=f"{store.count():,}",
        best=best,
        newest=newest,
        updated_on=updated_at.date() if updated_at else None,
        examples=bool(newest) and all(is_example(each.pmid) for each in newest),
    )
    return render(request, "home.html", {"page": page})


@lru_cache(maxsize=2)
def front(
    revision: int, today: date
) -> tuple[tuple[Card, ...], tuple[Card, ...], datetime | None]:
    """Best of the week, newest, last update: the same for a revision and a day."""
    week_ago = timezone.now() - timedelta(days=7)
    best = [
        kept
        for kept in completed(store.best_since(week_ago, DRAWN))
        if kept.appraisal.clinical and kept.appraisal.integrity is None
    ]
    return (
        cards(best[:BEST]),
        cards(completed(store.newest(NEWEST))),
        store.freshness().applied_at,
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Articles may be indexed; searches would only cost both sides work."""
    lines = (
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /api/",
        "Disallow: /sign-in",
        "Disallow: /sign-up",
        "Disallow: /account",
        "Disallow: /articles/*/full-text",
        "Disallow: /articles/*/similar",
        "Disallow: /articles/*/cited-by",
        "Disallow: /articles/*/cite",
        "Disallow: /articles/*/citation",
        "Disallow: /health/",
        f"# {settings.SITE_URL}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
