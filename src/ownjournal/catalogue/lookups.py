"""Addresses by another number: /doi/…, /pmc/…, /pmid/…, and old forms of ours.

Each leads to the one address of the article, /articles/PMID. An identifier is
compared as a whole, with nothing but case ignored: a part of one, or one that
is nearly right, leads to no article but to the search. The place that is
redirected to is made from a PMID alone, never from the request.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.searching import NO_INDEX
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed.article import Identifiers
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import Term

LONGEST = 2_000  # characters; no DOI is half as long
MOST = 20  # articles with one identifier that are looked at and listed

_PREFIX = re.compile(r"\A(?:https?:/{1,2}(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_PMCID = re.compile(r"PMC[0-9]{1,12}", re.IGNORECASE)
_PMID = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class NoSuchPage:
    """Everything catalogue/no_such.html may use."""

    title: str
    advice: str
    query: str  # for the search box


@dataclass(frozen=True, slots=True)
class SeveralPage:
    """Everything catalogue/several.html may use."""

    identifier: str
    cards: tuple[Card, ...]


@require_safe
def doi(request: HttpRequest, doi: str) -> HttpResponse:
    """The article with this DOI; 300 and a list where several have it.

    A question mark that a link forgot to encode, and what follows, belong to it.
    """
    asked = _PREFIX.sub("", doi.strip(), count=1)
    behind = unquote(request.META.get("QUERY_STRING", ""))
    forms = [asked, *([f"{asked}?{behind}"] if behind else []), asked.rstrip("/")]
    return _answer(request, forms, with_doi, "DOI")


@require_safe
def pmc(request: HttpRequest, pmcid: str) -> HttpResponse:
    """The article with this PMCID."""
    forms = [pmcid.upper()] if _PMCID.fullmatch(pmcid) else []
    return _answer(request, forms, with_pmcid, "PMCID", asked=pmcid)


@require_safe
def pmid(request: HttpRequest, pmid: str) -> HttpResponse:
    """To the article's page, which knows what to say if there is none."""
    if not _PMID.fullmatch(pmid):
        return _no_such(request, "PMID", pmid)
    return redirect("catalogue:article", pmid, permanent=True)


@require_safe
def old_form(request: HttpRequest, pmid: str) -> HttpResponse:
    """An address with the title behind the PMID, or with a slash at its end."""
    return redirect("catalogue:article", pmid, permanent=True)


@require_safe
def no_article(request: HttpRequest, number: str) -> HttpResponse:
    """404 for what stands in the place of a PMID and is none."""
    return _no_such(request, "PMID", number)


def with_doi(doi: str) -> list[Kept]:
    """The live articles with this DOI, in any case; newest first, at most MOST.

    Raises IndexUnusable.
    """
    return _bearers(doi, _dois)


def with_pmcid(pmcid: str) -> list[Kept]:
    """The live articles with this PMCID, "PMC123", as `with_doi`."""
    return _bearers(pmcid, lambda own: {own.pmcid} if own.pmcid else set())


def merged_into(pmid: int) -> int | None:
    """The live article that a record which NLM took back is now part of.

    NLM does not say so: it is the one article that bears the DOI or the PMCID
    of the last record we had. None where there is none or more than one, or
    while the index cannot be asked.

    A page should redirect there with 302 and not with 301: the answer is ours
    and can change with NLM's next file, and what a browser was told is permanent
    it never asks again.
    """
    gone = store.tombstone(pmid)
    if gone is None or gone.article is None:
        return None
    own = gone.article.identifiers
    found: set[int] = set()
    try:
        if own.doi is not None:
            found |= {each.article.pmid for each in with_doi(own.doi)}
        if own.pmcid is not None:
            found |= {each.article.pmid for each in with_pmcid(own.pmcid)}
    except IndexUnusable:
        return None
    return found.pop() if len(found) == 1 else None


def _answer(
    request: HttpRequest,
    forms: list[str],
    find: Callable[[str], list[Kept]],
    name: str,
    asked: str | None = None,
) -> HttpResponse:
    """The first form that an article bears decides."""
    try:
        for form in dict.fromkeys(forms):
            if found := find(form):
                break
        else:
            return _no_such(request, name, forms[0] if asked is None else asked)
    except IndexUnusable:
        page = {"title": "This address cannot be looked up now", "advice": NO_INDEX}
        return render(request, "error.html", {"page": page}, status=503)
    if len(found) == 1:
        return redirect("catalogue:article", found[0].article.pmid, permanent=True)
    several = SeveralPage(f"{name} {form}", cards(found))
    return render(request, "catalogue/several.html", {"page": several}, status=300)


def _no_such(request: HttpRequest, name: str, asked: str) -> HttpResponse:
    page = NoSuchPage(
        f"No article here has this {name}",
        "It may be mistyped or cut short, or the article may not be in PubMed or "
        "in the part of it that this site keeps. Perhaps the search finds it:",
        asked[:LONGEST].replace("\0", ""),
    )
    return render(request, "catalogue/no_such.html", {"page": page}, status=404)


def _bearers(identifier: str, own: Callable[[Identifiers], set[str]]) -> list[Kept]:
    """Found by the index and compared again, as it folds letters and may lag."""
    if not 1 <= len(identifier) <= LONGEST:
        return []
    hits = index().search(Term(identifier, "aid"), limit=MOST, order="newest").hits
    kept = store.get_many([hit.pmid for hit in hits])
    wanted = identifier.lower()
    return [
        kept[hit.pmid]
        for hit in hits
        if hit.pmid in kept
        and wanted in map(str.lower, own(kept[hit.pmid].article.identifiers))
    ]


def _dois(own: Identifiers) -> set[str]:
    """Every valid one: a few records have two."""
    others = {each.value for each in own.others if each.kind == "doi" and each.valid}
    return others | ({own.doi} if own.doi is not None else set())
