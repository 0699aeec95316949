"""The practice profile: /practice, and its steps of one page each.

Here are the settings in one place, the specialty, the articles a reader values,
and when issues come. Nothing here is needed to read: every step can be left out.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.readers import onward
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.following import KINDS
from ownjournal.readers.models import Reader
from ownjournal.readers.profile import timing
from ownjournal.readers.profile.places import Area, Country, areas, countries
from ownjournal.readers.profile.specialties import Specialty, specialties
from ownjournal.readers.profile.steps import STEPS, Frame, after, frame
from ownjournal.readers.profile.timing import Timing, WrongTiming
from ownjournal.readers.schedule import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Followed:
    """The things of one kind that are followed, by name."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PracticePage:
    """Everything readers/practice/practice.html may use."""

    is_new: bool
    first: str  # the address of the first step
    specialty: str | None
    followed: tuple[Followed, ...]  # kinds that have any
    when: str  # "every week, on Monday at 06:00"
    where: str  # "Germany, Europe/Berlin"
    length: int


@dataclass(frozen=True, slots=True)
class SpecialtyPage:
    """Everything readers/practice/specialty.html may use."""

    frame: Frame
    specialties: tuple[Specialty, ...]
    chosen: str  # a code; "" for none
    problem: str | None


@dataclass(frozen=True, slots=True)
class SchedulePage:
    """Everything readers/practice/schedule.html may use."""

    frame: Frame
    timing: Timing  # as typed, or as it is
    countries: tuple[Country, ...]
    areas: tuple[Area, ...]
    days: tuple[tuple[str, str], ...]
    hours: tuple[tuple[str, str], ...]
    cadences: tuple[tuple[str, str], ...]
    guess: bool  # whether the browser may tell the time zone
    problems: dict[str, str]  # a sentence by the name of its field


@never_cache
@signed_in
@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    """All that the profile holds, each part with a way to change it."""
    reader = reader_of(request)
    country = countries().get(reader.country or "")
    chosen = specialties().get(reader.specialty or "")
    interests = list(reader.interests.all())
    groups = (
        Followed(name, tuple(each.label for each in interests if each.kind == kind))
        for kind, name in KINDS.items()
    )
    page = PracticePage(
        is_new=reader.profiled_at is None,
        first=STEPS[0].path(),
        specialty=chosen.name if chosen else None,
        followed=tuple(group for group in groups if group.labels),
        when=timing.told(reader),
        where=f"{country.name}, {reader.time_zone}" if country else reader.time_zone,
        length=reader.issue_length,
    )
    return render(request, "readers/practice/practice.html", {"page": page})


@signed_in
@require_POST
def skip_all(request: HttpRequest) -> HttpResponse:
    """Ask no more; issues come as they would for anybody."""
    timing.finish(reader_of(request), timezone.now())
    messages.info(request, "You can tell us of your practice whenever you like, here.")
    return redirect("readers:practice")


@never_cache
@signed_in
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Where signing in leads: to what waits, else who is new is asked, others read."""
    reader = reader_of(request)
    if path := onward.taken(request):
        return redirect(path)
    if reader.profiled_at is None and not reader.interests.exists():
        return redirect("readers:practice")
    return redirect("issues:newest")


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def specialty(request: HttpRequest) -> HttpResponse:
    """One specialty, or none; what it offers is ticked or not on the next pages."""
    reader = reader_of(request)
    code = request.POST.get("specialty", reader.specialty or "")
    problem = None
    if request.method == "POST":
        if not code or code in specialties():
            Reader.objects.filter(pk=reader.pk).update(specialty=code or None)
            return redirect(after("specialty", reader))
        problem = "Please choose one from the list."
    page = SpecialtyPage(
        frame("specialty", reader), tuple(specialties().values()), code, problem
    )
    status = 422 if problem else 200
    template = "readers/practice/specialty.html"
    return render(request, template, {"page": page}, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest) -> HttpResponse:
    """Country, time zone, day, hour, cadence and length."""
    reader = reader_of(request)
    if request.method != "POST":
        return _schedule(request, reader, timing.of_reader(reader), {})
    typed = timing.typed(request.POST)
    try:
        timing.put(reader, typed, timezone.now())
    except WrongTiming as wrong:
        return _schedule(request, reader, typed, wrong.problems)
    if reader.profiled_at is not None:
        messages.success(request, f"Your issues come {timing.told(reader)}.")
    return redirect(after("schedule", reader))


def _schedule(
    request: HttpRequest, reader: Reader, shown: Timing, problems: dict[str, str]
) -> HttpResponse:
    page = SchedulePage(
        frame=frame("schedule", reader),
        timing=shown,
        countries=tuple(countries().values()),
        areas=areas(),
        days=tuple((str(number), name) for number, name in enumerate(WEEKDAYS)),
        hours=tuple((str(hour), f"{hour:02}:00") for hour in range(24)),
        cadences=tuple(timing.CADENCES.items()),
        guess=reader.profiled_at is None and request.method != "POST",
        problems=problems,
    )
    status = 422 if problems else 200
    template = "readers/practice/schedule.html"
    return render(request, template, {"page": page}, status=status)
