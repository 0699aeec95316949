"""/account/signature: how a reader signs, and on what conditions she shares."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownjournal.notes.box import Choice
from ownjournal.notes.models import Licence, Signature, Visibility
from ownjournal.notes.seeing import groups_of
from ownjournal.notes.signing import (
    Byline,
    byline,
    default_visibility,
    keep,
    signature_of,
)
from ownjournal.notes.typed import LONGEST_CONFLICT, LONGEST_NAME, one_line
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.accounts import orcid
from ownjournal.readers.models import Reader

UNREADABLE = 422


@dataclass(frozen=True, slots=True)
class SignaturePage:
    """Everything notes/signature.html may use."""

    name: str
    role: str
    role_is_verified: bool
    conflict: str
    licences: tuple[Choice, ...]
    audiences: tuple[Choice, ...]
    shown: Byline  # as others see it now
    orcid_offered: bool
    problem: str | None


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """POST: `name`, `role`, `conflict`, `licence`, `visibility`."""
    reader = reader_of(request)
    signature = signature_of(reader)
    if request.method != "POST":
        return _page(request, reader, signature, None)
    problem = _fill(signature, request)
    if problem:
        return _page(request, reader, signature, problem)
    keep(signature)
    messages.success(request, "Your signature is saved. It is under all your notes.")
    return redirect("notes:signature")


def _fill(signature: Signature, request: HttpRequest) -> str | None:
    """Put what was typed into the row; what is wrong with it, in a sentence."""
    post = request.POST
    name, role = one_line(post.get("name", "")), one_line(post.get("role", ""))
    if role != signature.role:
        signature.role_verified_at = None  # the new one is not
    signature.name, signature.role = name, role
    signature.conflict_of_interest = one_line(post.get("conflict", ""))
    if (licence := post.get("licence", "")) in Licence.values:
        signature.licence = licence
    if (visibility := post.get("visibility", "")) in Visibility.values:
        signature.visibility = visibility
    if len(name or "") > LONGEST_NAME or len(role or "") > LONGEST_NAME:
        return f"Name and role have at most {LONGEST_NAME} characters each."
    if len(signature.conflict_of_interest or "") > LONGEST_CONFLICT:
        return f"The line on interests has at most {LONGEST_CONFLICT} characters."
    return None


def _page(
    request: HttpRequest, reader: Reader, signature: Signature, problem: str | None
) -> HttpResponse:
    page = SignaturePage(
        name=signature.name or "",
        role=signature.role or "",
        role_is_verified=signature.role_verified_at is not None,
        conflict=signature.conflict_of_interest or "",
        licences=tuple(
            Choice(each.value, each.label, each.value == signature.licence)
            for each in Licence
        ),
        audiences=tuple(
            Choice(each.value, each.label, each.value == default_visibility(signature))
            for each in Visibility
            if each != Visibility.GROUP or groups_of(reader)
        ),
        shown=byline(reader),
        orcid_offered=orcid.is_offered(),
        problem=problem,
    )
    status = UNREADABLE if problem else 200
    return render(request, "notes/signature.html", {"page": page}, status=status)
