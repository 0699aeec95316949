"""The front page, and what a search engine is told."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ownjournal.catalogue import store
from ownjournal.catalogue.browsing.charts import articles
from ownjournal.catalogue.lead_notes import lead_notes
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.relations import completed
from ownjournal.catalogue.titles import title_of
from ownjournal.notes import seeing
from ownjournal.notes.models import Kind
from ownjournal.notes.note_view import NoteView, note_views
from ownjournal.notes.signing import WITH_AUTHORS
from ownjournal.notes.subjects import Subject
from ownjournal.pubmed.example import is_example
from ownjournal.site.week import best_by_specialty

BEST, NEWEST, PEARLS = 4, 8, 4  # shown
DRAWN = 400  # articles looked at, as most are of a specialty that has its best


@dataclass(frozen=True, slots=True)
class SpecialtyView:
    """The best of the week of one specialty."""

    code: str
    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything home.html may use."""

    count: str  # of articles, with separators
    best: tuple[Card, ...]
    specialties: tuple[SpecialtyView, ...]  # best of the week, none of `best`
    newest: tuple[Card, ...]
    arrived: str  # articles received on that day, "1,234 articles"
    arrived_today: bool
    updated_on: date | None  # of the last file applied
    pearls: tuple[NoteView, ...]  # the newest public ones, each with its article
    examples: bool  # whether there are invented articles and no others


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The front page: what this is, the best of the week, the newest, the trial."""
    today = timezone.now().date()
    news = _led(front(store.revision(), today))
    page = HomePage(
        count=f"{store.count():,}",
        best=news.best,
        specialties=news.specialties,
        newest=news.newest,
        arrived=articles(news.arrived),
        arrived_today=news.updated_on == today,
        updated_on=news.updated_on,
        pearls=newest_pearls(),
        examples=bool(news.newest)
        and all(is_example(each.pmid) for each in news.newest),
    )
    return render(request, "home.html", {"page": page})


@dataclass(frozen=True, slots=True)
class Front:
    """What is the same for a revision and a day, but for notes."""

    best: tuple[Card, ...]
    specialties: tuple[SpecialtyView, ...]
    newest: tuple[Card, ...]
    arrived: int  # on the day of the last update
    updated_on: date | None


@lru_cache(maxsize=2)
def front(revision: int, today: date) -> Front:
    """Best of the week, newest, last update."""
    week_ago = timezone.now() - timedelta(days=7)
    best = [
        kept
        for kept in completed(store.best_since(week_ago, DRAWN))
        if kept.appraisal.clinical and kept.appraisal.integrity is None
    ]
    updated_at = store.freshness().applied_at
    return Front(
        best=cards(best[:BEST]),
        specialties=tuple(
            SpecialtyView(each.code, each.name, cards(each.articles))
            for each in best_by_specialty(best[BEST:])
        ),
        newest=cards(completed(store.newest(NEWEST))),
        arrived=store.arrived_since(_midnight(updated_at)) if updated_at else 0,
        updated_on=updated_at.date() if updated_at else None,
    )


def _led(news: Front) -> Front:
    """With the notes that lead now: one may be hidden at any moment."""
    several = (news.best, news.newest, *(each.cards for each in news.specialties))
    leads = lead_notes({card.pmid for some in several for card in some})

    def led(some: tuple[Card, ...]) -> tuple[Card, ...]:
        return tuple(replace(card, note=leads.get(card.pmid)) for card in some)

    return replace(
        news,
        best=led(news.best),
        specialties=tuple(
            replace(each, cards=led(each.cards)) for each in news.specialties
        ),
        newest=led(news.newest),
    )


def _midnight(moment: datetime) -> datetime:
    """The end of the day before, which no file is of."""
    return datetime.combine(moment.date(), time.min, UTC) - timedelta(microseconds=1)


def newest_pearls() -> tuple[NoteView, ...]:
    """What readers wrote last for everybody to see, of articles that are here."""
    rows = seeing.public().filter(kind=Kind.PEARL, pmid__isnull=False)
    notes = list(rows.select_related(*WITH_AUTHORS).order_by("-created_at")[:PEARLS])
    here = store.get_many([note.pmid for note in notes if note.pmid is not None])
    subjects = {
        note.pk: Subject(
            note.pmid, None, f"/articles/{note.pmid}", title_of(here[note.pmid].article)
        )
        for note in notes
        if note.pmid in here
    }
    shown = [note for note in notes if note.pk in subjects]
    return note_views(shown, None, subjects)


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
        "Disallow: /*/beside",
        "Disallow: /*?*whole=",
        "Disallow: /health/",
        f"# {settings.SITE_URL}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
