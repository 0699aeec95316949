"""The last steps of the practice profile: ten articles to judge, and the first issue.

They show what an issue would, so they stand here; their frame is that of the other
steps (readers/profile).
"""

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownjournal.catalogue import relations
from ownjournal.catalogue.pages import Card, card
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.ready import first_batch, ready
from ownjournal.ranking.asking import Asked, ask
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.interests import wishes_of
from ownjournal.readers.membership.standing import may_receive
from ownjournal.readers.models import Reader
from ownjournal.readers.profile import timing
from ownjournal.readers.profile.steps import Frame, after, frame
from ownjournal.readers.responses.saying import CannotSay, say
from ownjournal.search.index import IndexUnusable

CARDS = 10
KINDS = {"keep": "more", "skip": "less"}
NO_ARTICLE = "There is no article yet to choose from. Your first issue comes in time."
NO_INDEX = "The search cannot be asked just now. Your first issue comes in time."
NO_MEMBER = "No issues are made for you at present. My account says why."
FIELD = re.compile(r"say-([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class CardToJudge:
    """One article, and why it is asked about."""

    card: Card
    interest: str | None  # what it may be about
    gist: str | None  # a sentence of its abstract: the conclusion, else the result


@dataclass(frozen=True, slots=True)
class CardsPage:
    """Everything issues/practice_cards.html may use."""

    frame: Frame
    cards: tuple[CardToJudge, ...]
    problem: str | None


@dataclass(frozen=True, slots=True)
class FirstIssuePage:
    """Everything issues/practice_issue.html may use."""

    frame: Frame
    interests: tuple[str, ...]  # the names of what is followed
    articles: str  # how many it would be chosen from, with separators
    length: int
    when: str  # "every week, on Monday at 06:00"
    where: str  # the time zone
    number: int | None  # of the newest issue; None: there is none yet


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: HttpRequest) -> HttpResponse:
    """Ten articles; a POST says "keep" or "skip" in `say-PMID`, or nothing of one."""
    reader = reader_of(request)
    if request.method != "POST":
        return _cards(request, reader, None)
    problem = _say(reader, request)
    if problem is not None:
        return _cards(request, reader, problem)
    return redirect(after("cards", reader))


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def first_issue(request: HttpRequest) -> HttpResponse:
    """What the first issue would be made of; a POST makes it, and ends the profile.

    A second POST leads to what the first one made.
    """
    reader = reader_of(request)
    if request.method == "POST":
        return _make(request, reader)
    newest = reader.issues.first()
    page = FirstIssuePage(
        frame=frame("issue", reader),
        interests=tuple(reader.interests.values_list("label", flat=True)),
        articles=f"{len(first_batch(timezone.now()).pool):,}",
        length=reader.issue_length,
        when=timing.told(reader),
        where=reader.time_zone,
        number=None if newest is None else newest.number,
    )
    return render(request, "issues/practice_issue.html", {"page": page})


@never_cache
@signed_in
@require_safe
def make_ready(request: HttpRequest) -> HttpResponse:
    """For a script: read this month's articles before they are needed. No content."""
    first_batch(timezone.now())
    return HttpResponse(status=204)


def _make(request: HttpRequest, reader: Reader) -> HttpResponse:
    now = timezone.now()
    timing.finish(reader, now)
    issue, told = reader.issues.first(), NO_ARTICLE
    if issue is None and not may_receive(reader, now):
        told = NO_MEMBER
    elif issue is None:
        try:
            issue = compile_issue(reader, now=now, pools=ready(), mailed=False)
        except IndexUnusable:
            told = NO_INDEX
    if issue is None:
        messages.info(request, told)
        return redirect("readers:practice")
    return redirect("issues:issue", issue.number)


def _say(reader: Reader, request: HttpRequest) -> str | None:
    """Keep what was said; a sentence where something could not be kept."""
    said = [
        (int(match[1]), KINDS[value])
        for name, value in request.POST.items()
        if (match := FIELD.fullmatch(name)) and value in KINDS
    ]
    problem = None
    for pmid, kind in said[: 2 * CARDS]:
        try:
            say(reader, pmid, kind)
        except CannotSay as fault:
            problem = str(fault)
    return problem


def _cards(request: HttpRequest, reader: Reader, problem: str | None) -> HttpResponse:
    shown = _to_ask(reader)
    kept = relations.get_many([each.pmid for each in shown])
    page = CardsPage(
        frame=frame("cards", reader),
        cards=tuple(
            _to_judge(card(kept[each.pmid]), each)
            for each in shown
            if each.pmid in kept
        ),
        problem=problem,
    )
    template = "issues/practice_cards.html"
    return render(request, template, {"page": page}, status=422 if problem else 200)


def _to_judge(shown: Card, asked: Asked) -> CardToJudge:
    lines = {line.role: line.text for line in shown.digest}
    return CardToJudge(
        shown, asked.interest, lines.get("Conclusion") or lines.get("Result")
    )


def _to_ask(reader: Reader) -> tuple[Asked, ...]:
    """None while the search, which some interests need, cannot be asked."""
    now = timezone.now()
    batch = first_batch(now)
    try:
        wishes = wishes_of(reader, batch.matching, now)
    except IndexUnusable:
        return ()
    named = {one.pmid for each in wishes.interests for one in each.articles()}
    known = wishes.known | named
    return ask(batch.pool, wishes.interests, known=known, most=CARDS)
