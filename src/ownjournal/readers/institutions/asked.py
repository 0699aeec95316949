"""What readers tell the operator: a library that is missing, a link that is broken.

Anybody may, without an account; how often is limited, as for trial requests.
"""

from dataclasses import dataclass

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ownjournal.pubmed.exports.clean import one_line
from ownjournal.pubmed.libraries import KINDS, BadTemplate, checked, detected
from ownjournal.readers.accounts.client import client_of
from ownjournal.readers.institutions.lists import LONGEST_COUNTRY, LONGEST_NAME
from ownjournal.readers.institutions.models import BY_READER, Institution
from ownjournal.readers.limits import Limit, take
from ownjournal.readers.models import Reader

PER_CLIENT = Limit("library proposals of a client", times=10, seconds=3600)
OVERALL = Limit("library proposals in all", times=200, seconds=3600)
REPORTS_PER_CLIENT = Limit("library reports of a client", times=20, seconds=3600)
REPORTS = Limit("library reports in all", times=500, seconds=3600)
LONGEST_REMARK = 500
FIND_OUT = "find-out"


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything readers/library-propose.html may use; "" is what was not typed."""

    name: str
    country: str
    link: str
    kind: str
    remark: str
    kinds: tuple[tuple[str, str], ...]
    problem: str | None
    field: str | None  # the one the problem is in


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything readers/library-report.html may use."""

    name: str
    problem: str | None


class _Problem(ValueError):
    """What is wrong with a proposal, and in which field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A form for a library that is missing; the operator decides."""
    if request.method != "POST":
        return _form(request, status=200)
    try:
        proposal = _proposal(request)
    except _Problem as problem:
        return _form(request, str(problem), problem.field, status=422)
    wait = _wait(request, PER_CLIENT, OVERALL)
    if wait is not None:
        answer = _form(request, _later(wait), status=429)
        answer["Retry-After"] = str(wait)
        return answer
    proposal.save()
    return redirect("readers:library-thanks")


def _proposal(request: HttpRequest) -> Institution:
    """Not saved yet. Raises _Problem."""
    typed = {key: one_line(request.POST.get(key, "")) for key in _FIELDS}
    if not typed["name"]:
        raise _Problem("name", "Please give the name of the institution.")
    for key, most in _FIELDS.items():
        if len(typed[key]) > most:
            raise _Problem(key, f"This is longer than {most} characters.")
    kind, template = _link(request)
    offered = Institution.objects.filter(template=template)
    known = offered.exclude(state=Institution.State.RETIRED).first()
    if known is not None and known.name.casefold() == typed["name"].casefold():
        raise _Problem("name", f"{known.name} is here already, with this link.")
    return Institution(
        name=typed["name"],
        country=typed["country"] or None,
        kind=kind,
        template=template,
        remark=typed["remark"] or None,
        state=Institution.State.PROPOSED,
        source=BY_READER,
        added_by=request.user if isinstance(request.user, Reader) else None,
    )


_FIELDS = {"name": LONGEST_NAME, "country": LONGEST_COUNTRY, "remark": LONGEST_REMARK}


def _link(request: HttpRequest) -> tuple[str, str]:
    kind, text = request.POST.get("kind", FIND_OUT), request.POST.get("link", "")
    try:
        return detected(text) if kind == FIND_OUT else (kind, checked(kind, text))
    except BadTemplate as problem:
        raise _Problem("link", str(problem)) from None


def _form(
    request: HttpRequest,
    problem: str | None = None,
    field: str | None = None,
    *,
    status: int,
) -> HttpResponse:
    typed = {key: request.POST.get(key, "")[:600] for key in (*_FIELDS, "link")}
    page = ProposalPage(
        **typed,
        kind=request.POST.get("kind", FIND_OUT),
        kinds=((FIND_OUT, "Find out from the link"), *KINDS.items()),
        problem=problem,
        field=field,
    )
    return render(
        request, "readers/library-propose.html", {"page": page}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, institution_id: int) -> HttpResponse:
    """A page with one button; only the button, a POST, reports the link."""
    rows = Institution.objects.filter(pk=institution_id)
    row = rows.exclude(state=Institution.State.PROPOSED).first()
    if row is None:
        raise Http404
    if request.method != "POST":
        return _report_page(request, row, None, status=200)
    wait = _wait(request, REPORTS_PER_CLIENT, REPORTS)
    if wait is not None:
        answer = _report_page(request, row, _later(wait), status=429)
        answer["Retry-After"] = str(wait)
        return answer
    rows.update(reports=F("reports") + 1, reported_at=timezone.now())
    return redirect("readers:library-thanks")


def _report_page(
    request: HttpRequest, row: Institution, problem: str | None, *, status: int
) -> HttpResponse:
    page = ReportPage(str(row), problem)
    return render(request, "readers/library-report.html", {"page": page}, status=status)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "readers/library-thanks.html")


def _wait(request: HttpRequest, of_client: Limit, overall: Limit) -> int | None:
    """Seconds to wait; the peer's address counts, never a header it could invent."""
    now = timezone.now()
    client = client_of(request)
    return take(of_client, client, now) or take(overall, "", now)


def _later(wait: int) -> str:
    return f"Much came in just now. Please try again in {-(-wait // 60)} min."
