"""What a reader follows, mutes and has taught: /interests, to see, add and remove."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.interests import CannotFollow, follow
from ownjournal.readers.models import Interest
from ownjournal.readers.responses.learned import Learnt, learnt_of
from ownjournal.readers.responses.models import Mute
from ownjournal.readers.responses.muting import mute, mutes_of

KINDS = {
    Interest.Kind.TOPIC: "Topics",
    Interest.Kind.WORDS: "Words",
    Interest.Kind.JOURNAL: "Journals",
    Interest.Kind.AUTHOR: "Authors",
    Interest.Kind.SEED: "Articles you want more of",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The interests of one kind, oldest first."""

    name: str
    interests: tuple[Interest, ...]


@dataclass(frozen=True, slots=True)
class InterestsPage:
    """Everything readers/interests.html may use."""

    groups: tuple[Group, ...]  # those that have any
    mutes: tuple[Mute, ...]
    learnt: tuple[Learnt, ...]
    said: int  # articles of which something was
    kinds: tuple[tuple[str, str], ...]  # value and name, for the form
    kind: str  # as chosen
    text: str  # as typed; "" when nothing was
    problem: str | None


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The list; a POST of `kind` and `text` adds to it, with `do` mute to the mutes."""
    if request.method != "POST":
        return _page(request, None, status=200)
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
    try:
        if request.POST.get("do") == "mute":
            label = mute(reader_of(request), kind, text).label
            said = f"{label} is muted: no issue chooses what is about it."
        else:
            said = follow(reader_of(request), kind, text).sentence
    except CannotFollow as problem:
        return _page(request, str(problem), status=422)
    messages.success(request, said)
    return redirect("readers:interests")


@signed_in
@require_POST
def remove(request: HttpRequest, interest_id: int) -> HttpResponse:
    """Take one away; another reader's answers as if it were not there."""
    interest = reader_of(request).interests.filter(pk=interest_id).first()
    if interest is None:
        raise Http404
    interest.delete()
    messages.success(request, f"You no longer follow {interest.label}.")
    return redirect("readers:interests")


def _page(request: HttpRequest, problem: str | None, *, status: int) -> HttpResponse:
    reader = reader_of(request)
    interests = tuple(reader.interests.all())
    groups = (
        Group(name, tuple(each for each in interests if each.kind == kind))
        for kind, name in KINDS.items()
    )
    page = InterestsPage(
        groups=tuple(group for group in groups if group.interests),
        mutes=mutes_of(reader),
        learnt=learnt_of(reader, timezone.now()),
        said=reader.responses.count(),
        kinds=tuple((each.value, each.label) for each in KINDS),
        kind=request.POST.get("kind", Interest.Kind.TOPIC.value),
        text=request.POST.get("text", "")[:200],
        problem=problem,
    )
    return render(request, "readers/interests.html", {"page": page}, status=status)
