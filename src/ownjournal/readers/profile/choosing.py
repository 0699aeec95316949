"""Steps in which things to follow are ticked: topics, journals and authors, articles.

Each POST saves first what is ticked, whatever button was pressed: nothing that a
reader did is lost by looking for more. `do` is "next", or asks for more of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownjournal.catalogue.mesh_tree import Branch, Node, branch, suggest
from ownjournal.catalogue.models import Journal
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.profile import choices
from ownjournal.readers.profile.choices import Choice
from ownjournal.readers.profile.specialties import Specialty, specialties
from ownjournal.readers.profile.steps import Frame, after, frame

KIND = Interest.Kind
SUGGESTED = 12  # topics
LONGEST = 100  # characters of a name to look for
LONGEST_LINES = 5_000  # characters of a list of names


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A topic below the one that is looked at."""

    ui: str
    name: str
    choice: Choice | None  # None: a category, or ticked further above


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """Everything readers/practice/topics.html may use."""

    frame: Frame
    specialty: str | None  # its name
    offered: tuple[Choice, ...]  # for the specialty
    own: tuple[Choice, ...]  # what else is followed
    query: str  # as typed; "" when nothing was
    found: tuple[Choice, ...]
    place: str | None  # the name of where in the tree one looks; None: nowhere
    above: tuple[Node, ...]
    rows: tuple[TreeRow, ...]
    has_tree: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowsPage:
    """Everything readers/practice/follows.html may use."""

    frame: Frame
    specialty: str | None
    offered: tuple[Choice, ...]  # journals
    journals: tuple[Choice, ...]
    authors: tuple[Choice, ...]
    journal_lines: str  # as typed, what was not understood; "" when nothing was
    author_lines: str
    problems: tuple[str, ...]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """Topics and words; `q` looks for more, `under` goes through the tree."""
    reader, asked = reader_of(request), _asked(request)
    if request.method != "POST":
        return render(request, *_topics(reader, asked, ()))
    problems = _settle(request, reader)
    if problems:
        return render(request, *_topics(reader, asked, problems), status=422)
    if request.POST.get("do", "next") == "next" and "under" not in request.POST:
        return redirect(after("topics", reader))
    place = "#tree" if "under" in request.POST else "#found"
    return redirect(f"{request.path}?{urlencode({**asked, 'seen': 1})}{place}")


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def follows(request: HttpRequest) -> HttpResponse:
    """Journals and authors: ticked, or one a line in `journals` and `authors`."""
    reader = reader_of(request)
    if request.method != "POST":
        return render(request, *_follows(reader, request, (), {}))
    problems, rest = _settle(request, reader), {}
    for kind, field in ((KIND.JOURNAL, "journals"), (KIND.AUTHOR, "authors")):
        text = request.POST.get(field, "")[:LONGEST_LINES]
        said, lines = choices.follow_lines(reader, kind, text)
        problems += said
        rest[field] = "\n".join(lines)
    if problems:
        page = _follows(reader, request, problems, rest)
        return render(request, *page, status=422)
    if request.POST.get("do", "next") == "next":
        return redirect(after("follows", reader))
    return redirect(f"{request.path}?seen=1")


def _settle(request: HttpRequest, reader: Reader) -> list[str]:
    shown, picked = request.POST.getlist("shown"), request.POST.getlist("pick")
    return choices.settle(reader, shown, picked)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What is looked for: of a form pressed, or of the address."""
    given = request.POST if request.method == "POST" else request.GET
    return {name: given[name][:LONGEST] for name in ("q", "under") if name in given} | (
        {"seen": "1"} if "seen" in request.GET else {}
    )


def _specialty(reader: Reader) -> Specialty | None:
    return specialties().get(reader.specialty or "")


def _offered(
    wishes: Iterable[tuple[str, str, str]], had: dict[str, Interest], *, seen: bool
) -> tuple[Choice, ...]:
    """Kind, text, name of each; all are ticked for who has not chosen among them."""
    rows = [(choices.key(kind, text), kind, text, name) for kind, text, name in wishes]
    fresh = not seen and not any(code in had for code, *_ in rows)
    return tuple(
        Choice(f"{kind}:{text}", name, ticked=fresh or code in had)
        for code, kind, text, name in rows
    )


def _topics(
    reader: Reader, asked: dict[str, str], problems: Sequence[str]
) -> tuple[str, dict[str, object]]:
    """Template and context; each thing can be ticked in one place of the page."""
    specialty = _specialty(reader)
    had = choices.followed(reader, [KIND.TOPIC, KIND.WORDS])
    wishes = _of_specialty(specialty) if specialty else []
    offered = _offered(wishes, had, seen=bool(problems) or "seen" in asked)
    there = {choices.key(*each.value.split(":", 1)) for each in offered}
    own = [choices.choice_of(each) for code, each in had.items() if code not in there]
    there |= had.keys()
    found = _choices(suggest(asked.get("q", ""), SUGGESTED), there)
    there |= {choices.key(KIND.TOPIC, each.value[6:]) for each in found}
    place = branch(asked["under"]) if "under" in asked else None
    page = TopicsPage(
        frame=frame("topics", reader),
        specialty=specialty.name if specialty else None,
        offered=offered,
        own=tuple(own),
        query=asked.get("q", ""),
        found=found,
        place=None if place is None else place.here.name if place.here else "MeSH",
        above=_above(place),
        rows=tuple(_row(each, there) for each in place.below) if place else (),
        has_tree=branch("") is not None,
        problems=tuple(problems),
    )
    return "readers/practice/topics.html", {"page": page}


def _of_specialty(specialty: Specialty) -> list[tuple[str, str, str]]:
    topics = [(KIND.TOPIC.value, each.ui, each.name) for each in specialty.topics]
    words = [(KIND.WORDS.value, each, f"“{each}”") for each in specialty.words]
    return topics + words


def _choices(nodes: Iterable[Node], there: set[str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"topic:{each.ui}", each.name, ticked=False)
        for each in nodes
        if choices.key(KIND.TOPIC, each.ui) not in there
    )


def _above(place: Branch | None) -> tuple[Node, ...]:
    if place is None or place.here is None:
        return ()
    return place.above or (Node("", "All of MeSH"),)


def _row(node: Node, there: set[str]) -> TreeRow:
    is_category = len(node.ui) == 1
    [*free] = () if is_category else _choices([node], there)
    return TreeRow(node.ui, node.name, free[0] if free else None)


def _follows(
    reader: Reader, request: HttpRequest, problems: Sequence[str], rest: dict[str, str]
) -> tuple[str, dict[str, object]]:
    specialty = _specialty(reader)
    had = choices.followed(reader, [KIND.JOURNAL, KIND.AUTHOR])
    seen = bool(problems) or "seen" in request.GET
    offered = _offered(_journals(specialty), had, seen=seen)
    there = {choices.key(*each.value.split(":", 1)) for each in offered}
    others = [each for code, each in had.items() if code not in there]
    page = FollowsPage(
        frame=frame("follows", reader),
        specialty=specialty.name if specialty else None,
        offered=offered,
        journals=_of_kind(KIND.JOURNAL, others),
        authors=_of_kind(KIND.AUTHOR, others),
        journal_lines=rest.get("journals", ""),
        author_lines=rest.get("authors", ""),
        problems=tuple(problems),
    )
    return "readers/practice/follows.html", {"page": page}


def _of_kind(kind: str, interests: Iterable[Interest]) -> tuple[Choice, ...]:
    return tuple(choices.choice_of(each) for each in interests if each.kind == kind)


def _journals(specialty: Specialty | None) -> list[tuple[str, str, str]]:
    """Those of a specialty of which the catalogue has articles."""
    if specialty is None:
        return []
    rows = []
    for each in specialty.journals:
        named = Q(issn_linking=each.issn_linking) | Q(
            abbreviation__iexact=each.abbreviation
        )
        row = Journal.objects.filter(named).order_by("nlm_id").first()
        if row is not None:
            rows.append(
                (KIND.JOURNAL.value, row.nlm_id, row.title or each.abbreviation)
            )
    return rows
