"""Choosing libraries: /libraries, and /articles/PMID/full-text without a script.

The whole registry is sent to the browser, which searches it itself; so only a
reader with an account tells us which libraries are hers.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    condition,
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.catalogue import store
from ownjournal.catalogue.open_copies import copy_of
from ownjournal.catalogue.pages import is_struck
from ownjournal.catalogue.titles import title_html
from ownjournal.catalogue.views import absent
from ownjournal.pubmed import fulltext
from ownjournal.pubmed.libraries import told as told_of
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.institutions import picks
from ownjournal.readers.institutions.checking import KNOWN
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.institutions.shown import (
    LibraryView,
    library_views,
    note_on,
)
from ownjournal.readers.models import Reader

LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A library that a search found, or that is chosen."""

    library: LibraryView
    address: str  # of the page with it added, or without it


@dataclass(frozen=True, slots=True)
class FullTextPage:
    """Everything readers/full-text.html may use."""

    pmid: int
    title: SafeString
    texts: tuple[fulltext.Link, ...]
    libraries: tuple[Found, ...]  # the reader's own have no address
    asks: tuple[fulltext.Link, ...]
    records: tuple[fulltext.Link, ...]
    query: str  # as typed; "" when nothing was
    found: tuple[Found, ...]
    chosen: tuple[int, ...]  # ids in the address
    example: bool


@dataclass(frozen=True, slots=True)
class LibrariesPage:
    """Everything readers/libraries.html may use."""

    libraries: tuple[LibraryView, ...]
    query: str
    found: tuple[LibraryView, ...]


@require_safe
def full_text(request: HttpRequest, pmid: str) -> HttpResponse:
    """All ways to the text of an article; `library` chooses, `q` looks for more."""
    kept = store.get(int(pmid))
    if kept is None:
        return absent(request, int(pmid))
    told = told_of(kept.article)
    links = fulltext.links(
        kept.article,
        open_copy=copy_of(kept.article),
        retracted=is_struck(kept.appraisal),
    )
    own = picks.of_reader(request.user) if isinstance(request.user, Reader) else []
    chosen = [each for each in _chosen(request) if each not in own]
    ids = tuple(each.pk for each in chosen)
    query = _query(request)
    page = FullTextPage(
        pmid=kept.article.pmid,
        title=title_html(kept.article),
        texts=tuple(each for each in links if each.group == "text"),
        libraries=(
            *(Found(each, "") for each in library_views(own, told)),
            *(
                Found(each, _address(pmid, [pk for pk in ids if pk != each.id]))
                for each in library_views(chosen, told)
            ),
        ),
        asks=tuple(each for each in links if each.group == "ask"),
        records=tuple(each for each in links if each.group == "record"),
        query=query,
        found=tuple(
            Found(each, _address(pmid, [*ids, each.id]))
            for each in library_views(picks.search(query))
            if each.id not in ids
        ),
        chosen=ids,
        example=told is None,
    )
    return render(request, "readers/full-text.html", {"page": page})


def _chosen(request: HttpRequest) -> list[Institution]:
    """Those in the address, in its order."""
    ids = _ids(request.GET.getlist("library"))
    found = {each.pk: each for each in picks.given(ids)}
    return [found[each] for each in dict.fromkeys(ids) if each in found]


def _ids(texts: list[str]) -> list[int]:
    short = [text for text in texts if text.isascii() and len(text) < 10]
    return [int(text) for text in short if text.isdigit()][: picks.MOST]


def _address(pmid: str, ids: list[int]) -> str:
    query = urlencode([("library", each) for each in ids])
    return f"/articles/{pmid}/full-text" + (f"?{query}" if query else "")


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST_QUERY]


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The reader's libraries; for a visitor, those of the browser, by the script."""
    own = picks.of_reader(request.user) if isinstance(request.user, Reader) else []
    query = _query(request)
    found = [each for each in picks.search(query) if each not in own]
    page = LibrariesPage(library_views(own), query, library_views(found))
    return render(request, "readers/libraries.html", {"page": page})


@signed_in
@require_POST
def change(request: HttpRequest, institution_id: int) -> HttpResponse:
    """One step: `do` is "add", "remove" or "up"."""
    reader = reader_of(request)
    ids = [each.pk for each in picks.of_reader(reader)]
    institution = Institution.objects.filter(pk=institution_id).first()
    # of what another has proposed the name is not told yet
    if institution is None or not picks.given([institution.pk], ids):
        raise Http404
    ids, said = _changed(ids, institution, request.POST.get("do", ""))
    picks.put(reader, ids)
    messages.success(request, said)
    return redirect("readers:libraries")


def _changed(
    ids: list[int], institution: Institution, do: str
) -> tuple[list[int], str]:
    others = [each for each in ids if each != institution.pk]
    if do == "remove":
        return others, f"{institution.name} is no longer one of your libraries."
    if do == "up" and institution.pk in ids:
        place = max(0, ids.index(institution.pk) - 1)
        others.insert(place, institution.pk)
        return others, f"{institution.name} comes earlier now."
    return [*others, institution.pk], f"{institution.name} is one of your libraries."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's list as JSON; a POST of `library`, repeated, makes it that."""
    if not isinstance(request.user, Reader):
        return JsonResponse({"problem": "You are not signed in."}, status=403)
    if request.method == "POST":
        rows = picks.put(request.user, _ids(request.POST.getlist("library")))
    else:
        rows = picks.of_reader(request.user)
    return JsonResponse({"libraries": [_kept(each) for each in rows]})


def _kept(row: Institution) -> dict[str, object]:
    """As the script keeps one."""
    return {
        "id": row.pk,
        "name": row.name,
        "kind": row.kind,
        "template": row.template,
    }


def _version(request: HttpRequest) -> str:
    """What changes with the registry, as an ETag."""
    now = _offered().aggregate(Count("pk"), Max("changed_at"), Max("checked_at"))
    return '"{}"'.format(
        "-".join(str(value).replace(" ", "_") for value in now.values())
    )


@condition(etag_func=_version)
@require_safe
def registry(request: HttpRequest) -> HttpResponse:
    """Every library that is offered, for the script to search."""
    response = HttpResponse(
        _registry(_version(request)), content_type="application/json"
    )
    response["Cache-Control"] = "no-cache"  # ask whether it is still the same
    return response


@lru_cache(maxsize=1)
def _registry(version: str) -> bytes:
    rows = [
        [
            row.pk,
            row.name,
            row.country,
            row.kind,
            row.template,
            row.other_names,
            note_on(row),
        ]
        for row in _offered()
    ]
    known = {"openurl": KNOWN.openurl, "pmcid": KNOWN.pmcid}
    content = {"known": known, "institutions": rows}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _offered() -> "QuerySet[Institution]":
    return Institution.objects.filter(state=picks.OFFERED)
