"""The journal-club page: /groups/ID/meetings/ID, and what members do there."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.appraisal.designs import DESIGNS, Design
from ownjournal.catalogue import relations
from ownjournal.catalogue.pages import Card, cards
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.describing import written
from ownjournal.collections.forms import number_of
from ownjournal.collections.groups import meetings, membership
from ownjournal.collections.groups.calendar import Event, ics, told
from ownjournal.collections.groups.checklists import Checklist, checklists
from ownjournal.collections.groups.models import Answer, Group, Meeting
from ownjournal.readers.access import reader_of, signed_in

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question with the group's answer."""

    code: str
    text: str
    verdicts: tuple[tuple[str, str, bool], ...]  # code, name, chosen
    told: str | None  # the answer in a word
    remark: str  # "" without any


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything groups/meeting.html may use."""

    id: int
    group_id: int
    group: str
    when: str
    minutes_long: int
    place: str | None
    card: Card | None
    pmid: int | None
    checklist: str  # its name
    sources: tuple[str, ...]
    asked: tuple[AskedLine, ...]
    questions: SafeString | None
    minutes: SafeString | None
    minutes_typed: str
    seen: int
    owner: bool  # of the group, is who looks
    problem: str | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything groups/plan.html may use."""

    group_id: int
    group: str
    zone: str
    plan: meetings.Plan
    designs: tuple[tuple[str, str, bool], ...]  # code, name, chosen
    action: str
    is_new: bool
    problem: str | None


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, number: str) -> HttpResponse:
    """Plan a meeting."""
    group = membership.seen_or_404(reader_of(request), int(number))
    empty = meetings.Plan("", "", "60", "", request.GET.get("article", ""), "", "")
    if request.method != "POST":
        return _plan_page(request, group, empty)
    plan = _plan(request)
    try:
        meeting = meetings.make(group, plan, timezone.now())
    except CannotArrange as problem:
        return _plan_page(request, group, plan, problem=str(problem))
    return redirect("groups:meeting", group.pk, meeting.pk)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, number: str, meeting: str) -> HttpResponse:
    """Plan it anew."""
    row = _meeting(request, number, meeting)
    if request.method != "POST":
        return _plan_page(request, row.group, _planned(row), row)
    typed = _plan(request)
    try:
        meetings.change(row, typed)
    except CannotArrange as problem:
        return _plan_page(request, row.group, typed, row, problem=str(problem))
    return redirect("groups:meeting", row.group_id, row.pk)


def _plan(request: HttpRequest) -> meetings.Plan:
    names = ("day", "hour", "minutes_long", "place", "article", "questions", "design")
    return meetings.Plan(*(request.POST.get(name, "") for name in names))


def _planned(meeting: Meeting) -> meetings.Plan:
    local = meeting.starts_at.astimezone(ZoneInfo(meeting.group.time_zone))
    return meetings.Plan(
        day=f"{local:%Y-%m-%d}",
        hour=f"{local:%H:%M}",
        minutes_long=str(meeting.minutes_long),
        place=meeting.place or "",
        article=f"PMID {meeting.pmid}" if meeting.pmid else "",
        questions=meeting.questions or "",
        design=meeting.design or "",
    )


def _plan_page(
    request: HttpRequest,
    group: Group,
    plan: meetings.Plan,
    meeting: Meeting | None = None,
    *,
    problem: str | None = None,
) -> HttpResponse:
    page = PlanPage(
        group_id=group.pk,
        group=group.name,
        zone=group.time_zone,
        plan=plan,
        designs=tuple(
            (code, each.name, code == plan.design) for code, each in _asked_designs()
        ),
        action=request.path,
        is_new=meeting is None,
        problem=problem,
    )
    status = UNPROCESSABLE if problem else 200
    return render(request, "groups/plan.html", {"page": page}, status=status)


def _asked_designs() -> list[tuple[str, Design]]:
    """Designs that have questions of their own."""
    asked = {design for each in checklists() for design in each.designs}
    return [(code, each) for code, each in DESIGNS.items() if code in asked]


@never_cache
@signed_in
@require_safe
def show(request: HttpRequest, number: str, meeting: str) -> HttpResponse:
    """Article, questions, appraisal and minutes."""
    return _page(request, _meeting(request, number, meeting))


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    typed: str | None = None,
    problem: str | None = None,
) -> HttpResponse:
    checklist = meetings.checklist_of(meeting)
    kept = relations.get(meeting.pmid) if meeting.pmid is not None else None
    page = MeetingPage(
        id=meeting.pk,
        group_id=meeting.group_id,
        group=meeting.group.name,
        when=told(meeting.starts_at, meeting.group.time_zone),
        minutes_long=meeting.minutes_long,
        place=meeting.place,
        card=cards([kept])[0] if kept else None,
        pmid=meeting.pmid,
        checklist=checklist.name,
        sources=checklist.sources,
        asked=_asked(meeting, checklist),
        questions=_html(meeting, meeting.questions, "questions"),
        minutes=_html(meeting, meeting.minutes, "minutes"),
        minutes_typed=typed if typed is not None else meeting.minutes or "",
        seen=meeting.changes,
        owner=membership.is_owner(meeting.group, reader_of(request)),
        problem=problem,
    )
    status = UNPROCESSABLE if problem else 200
    return render(request, "groups/meeting.html", {"page": page}, status=status)


def _html(meeting: Meeting, text: str | None, name: str) -> SafeString | None:
    """The dialect has made it safe."""
    if text is None:
        return None
    html = written(text, meeting.dialect).html(f"{name}-{meeting.pk}")
    return mark_safe(html)


def _asked(meeting: Meeting, checklist: Checklist) -> tuple[AskedLine, ...]:
    given = {each.item: each for each in meeting.answers.all()}
    lines = []
    for question in checklist.questions:
        answer = given.get(question.code)
        verdict = answer.verdict if answer else None
        lines.append(
            AskedLine(
                code=question.code,
                text=question.text,
                verdicts=tuple(
                    (code, name, code == verdict)
                    for code, name in Answer.Verdict.choices
                ),
                told=Answer.Verdict(verdict).label if verdict else None,
                remark=(answer.remark or "") if answer else "",
            )
        )
    return tuple(lines)


@signed_in
@require_POST
def answers(request: HttpRequest, number: str, meeting: str) -> HttpResponse:
    """Of the checklist: `verdict-CODE` and `remark-CODE`."""
    row = _meeting(request, number, meeting)
    given = {
        question.code: (
            request.POST.get(f"verdict-{question.code}", ""),
            request.POST.get(f"remark-{question.code}", ""),
        )
        for question in meetings.checklist_of(row).questions
    }
    try:
        meetings.answer(row, given)
    except CannotArrange as problem:
        messages.warning(request, str(problem))
    return redirect(f"/groups/{row.group_id}/meetings/{row.pk}#appraisal")


@signed_in
@require_POST
def minutes(request: HttpRequest, number: str, meeting: str) -> HttpResponse:
    """Keep them; `seen` says from which state on they were written."""
    row = _meeting(request, number, meeting)
    typed, seen = request.POST.get("minutes", ""), request.POST.get("seen", "")
    try:
        meetings.keep_minutes(row, typed, number_of(seen))
    except CannotArrange as problem:
        return _page(request, row, typed=typed, problem=str(problem))
    return redirect(f"/groups/{row.group_id}/meetings/{row.pk}#minutes")


@signed_in
@require_POST
def remove(request: HttpRequest, number: str, meeting: str) -> HttpResponse:
    """By an owner of the group: it did not take place."""
    row = _meeting(request, number, meeting)
    if not membership.is_owner(row.group, reader_of(request)):
        raise Http404
    row.delete()
    messages.success(request, "The meeting is gone.")
    return redirect("groups:group", row.group_id)


@never_cache
@signed_in
@require_safe
def calendar(request: HttpRequest, number: str, meeting: str) -> HttpResponse:
    """For the reader's calendar."""
    row = _meeting(request, number, meeting)
    title, address = meetings.article_title(row), f"{settings.SITE_URL}{request.path}"
    event = Event(
        uid=f"meeting-{row.pk}@{settings.SITE_URL.split('//')[-1]}",
        title=f"{row.group.name}: {title}" if title else row.group.name,
        starts_at=row.starts_at,
        minutes=row.minutes_long,
        place=row.place,
        text=title or "The article is not chosen yet.",
        address=address.removesuffix(".ics"),
        made_at=row.made_at,
        changes=row.changes,
    )
    name = f'attachment; filename="meeting-{row.pk}.ics"'
    return HttpResponse(
        ics(event),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": name},
    )


def _meeting(request: HttpRequest, number: str, meeting: str) -> Meeting:
    """Of a group that the reader is in. Raises Http404."""
    group = membership.seen_or_404(reader_of(request), int(number))
    found = meetings.of_group(group, int(meeting))
    if found is None:
        raise Http404
    return found
