"""The directory of journals: /journals?q=…&letter=…&subject=…

All of it goes by title, page by page, as lists of articles do.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from string import ascii_lowercase
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import (
    Case,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownjournal.catalogue.browsing.addresses import journal_address
from ownjournal.catalogue.browsing.broad_subjects import (
    BROAD_SUBJECTS,
    FEW,
    SHARE,
    journals_about,
)
from ownjournal.catalogue.browsing.charts import articles
from ownjournal.catalogue.browsing.journals import name_of
from ownjournal.catalogue.browsing.lists import NO_PLACE, refused
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Journal
from ownjournal.catalogue.search_request import NO_INDEX, BadRequest
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import Term

A_PAGE = 50  # journals
LONGEST = 200  # characters of what is looked for
MOST_WORDS = 8
OTHERS = "0-9"  # in place of a letter: what begins with none
HOW = (
    "A journal stands under a subject when at least {share:.0%} of its articles here, "
    "and {few} or more, have a MeSH heading of that branch; the greatest share comes "
    "first. NLM’s own subjects of journals are no part of PubMed’s files."
)

_ISSN = re.compile(r"([0-9]{4})-?([0-9]{3}[0-9X])")
_signer = Signer(salt="ownjournal.journals", sep=".")
_BEHIND = "\x1f"  # between a title and a number; stands in neither


@dataclass(frozen=True, slots=True)
class DirectoryAsked:
    """A request for a page of the directory, checked."""

    query: str = ""
    letter: str = ""
    subject: str = ""  # a code of BROAD_SUBJECTS
    after: str | None = None  # title and number of the last journal before

    def address(self, **changes: object) -> str:
        """The same with changes, at its first page."""
        changed = replace(self, **{"after": None, **changes})  # type: ignore[arg-type]
        named = {
            "q": changed.query,
            "letter": changed.letter,
            "subject": changed.subject,
            "after": _signer.sign(changed.after) if changed.after else "",
        }
        given = {name: value for name, value in named.items() if value}
        return f"/journals?{urlencode(given)}" if given else "/journals"


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A journal of the directory."""

    name: str
    address: str
    facts: tuple[str, ...]  # abbreviation, ISSN, how many articles


@dataclass(frozen=True, slots=True)
class Choice:
    """A letter or a subject."""

    name: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """Everything catalogue/journals.html may use."""

    query: str
    narrowed: bool  # whether anything was chosen or looked for
    told: str | None  # which part of the directory this is
    how: str | None  # how subjects are worked out, where one is chosen
    journals: tuple[JournalLine, ...]
    letters: tuple[Choice, ...]
    subjects: tuple[Choice, ...]
    first: str | None  # address of the first page, where this is another
    next: str | None


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Journals by title, as many as stand on a page."""
    try:
        page = directory_page(read(request))
    except BadRequest as problem:
        return refused(request, str(problem), way=("All journals", "/journals"))
    except IndexUnusable:
        return refused(request, NO_INDEX, status=503)
    return render(request, "catalogue/journals.html", {"page": page})


def read(request: HttpRequest) -> DirectoryAsked:
    """The parameters of the address; raises BadRequest for what cannot be meant."""
    given = request.GET
    query = " ".join(given.get("q", "").replace("\x00", " ").split())[:LONGEST]
    letter, subject = given.get("letter", "").lower(), given.get("subject", "")
    if letter and letter not in (*ascii_lowercase, OTHERS):
        raise BadRequest("Journals stand under the letters A to Z, and 0-9.")
    if subject and subject not in BROAD_SUBJECTS:
        raise BadRequest("There is no such subject; all of them stand on the page.")
    after = given.get("after")
    if after is not None:
        try:
            after = _signer.unsign(after)
        except BadSignature:
            raise BadRequest(NO_PLACE) from None
    return DirectoryAsked(query, letter, subject, after)


def directory_page(asked: DirectoryAsked) -> DirectoryPage:
    """A page of the directory. Raises IndexUnusable."""
    rows = _subject_rows(asked) if asked.subject else _rows(asked)
    shown = rows[:A_PAGE]
    last = shown[-1] if len(rows) > A_PAGE else None
    return DirectoryPage(
        query=asked.query,
        narrowed=bool(asked.query or asked.letter or asked.subject),
        told=_told(asked),
        how=HOW.format(share=SHARE, few=FEW) if asked.subject else None,
        journals=tuple(map(_line, shown)),
        letters=tuple(
            Choice(
                each.upper(),
                DirectoryAsked(letter=each).address(),
                each == asked.letter,
            )
            for each in (*ascii_lowercase, OTHERS)
        ),
        subjects=tuple(
            Choice(
                each.name,
                DirectoryAsked(subject=each.code).address(),
                each.code == asked.subject,
            )
            for each in BROAD_SUBJECTS.values()
        ),
        first=asked.address() if asked.after is not None else None,
        next=None if last is None else asked.address(after=_key(last)),
    )


def _told(asked: DirectoryAsked) -> str | None:
    parts = []
    if asked.subject:
        parts.append(BROAD_SUBJECTS[asked.subject].name)
    if asked.letter:
        parts.append(f"{asked.letter.upper()}")
    if asked.query:
        parts.append(f"“{asked.query}”")
    return ", ".join(parts) or None


def _rows(asked: DirectoryAsked) -> list[Journal]:
    """By title; what is called or begins as it was typed comes first."""
    found = Journal.objects.annotate(
        title_folded=Lower(
            Coalesce("title", "abbreviation", "nlm_id", output_field=TextField())
        ),
        place=_place(asked.query),
    ).filter(_looked_for(asked.query), _under(asked.letter))
    found = found.order_by("place", "title_folded", "nlm_id")
    return list(_behind(found, asked.after)[: A_PAGE + 1])


def _place(query: str) -> Case | Value:
    if not query:
        return Value(1, IntegerField())
    exact = Q(title__iexact=query) | Q(abbreviation__iexact=query)
    begins = Q(title__istartswith=query) | Q(abbreviation__istartswith=query)
    return Case(
        When(exact, Value(1)),
        When(begins, Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _looked_for(query: str) -> Q:
    """Each word somewhere in the title or the abbreviation; or the number."""
    words = Q()
    for word in query.replace(".", " ").split()[:MOST_WORDS]:
        words &= Q(title__icontains=word) | Q(abbreviation__icontains=word)
    if not query:
        return words
    return words | Q(nlm_id__iexact=query) | Q(nlm_id__in=_with_issn(query))


def _with_issn(text: str) -> list[str]:
    """The journals with this ISSN, of print or not, as articles tell it."""
    found = _ISSN.fullmatch(text.upper())
    if found is None:
        return []
    issn = Term(f"{found[1]}-{found[2]}", "is")
    return [each.value for each in index().facets(issn, ["journal"])["journal"]]


def _under(letter: str) -> Q:
    if not letter:
        return Q()
    if letter == OTHERS:
        return Q(title_folded__lt="a") | Q(title_folded__gt="z\uffff")
    return Q(title_folded__startswith=letter)


def _behind(found: QuerySet[Journal], after: str | None) -> QuerySet[Journal]:
    if after is None:
        return found
    place, title, nlm_id = after.split(_BEHIND)
    same = Q(place=int(place), title_folded=title, nlm_id__gt=nlm_id)
    later = Q(place=int(place), title_folded__gt=title)
    return found.filter(Q(place__gt=int(place)) | later | same)


def _key(row: Journal) -> str:
    place = getattr(row, "place", 1)
    title = getattr(row, "title_folded", "")
    return _BEHIND.join((str(place), title, row.nlm_id))


def _subject_rows(asked: DirectoryAsked) -> list[Journal]:
    """Those of a subject, the greatest share first, behind the last one shown."""
    numbers: Iterable[str] = journals_about(BROAD_SUBJECTS[asked.subject])
    rows = Journal.objects.in_bulk(list(numbers))
    ordered = [rows[each] for each in numbers if each in rows]
    if asked.after is None:
        return ordered[: A_PAGE + 1]
    last = asked.after.split(_BEHIND)[-1]
    places = {row.nlm_id: at for at, row in enumerate(ordered)}
    start = places.get(last, len(ordered) - 1) + 1
    return ordered[start : start + A_PAGE + 1]


def _line(row: Journal) -> JournalLine:
    name = name_of(row)
    count = index().count(Term(row.nlm_id, "jid"))
    facts = (
        row.abbreviation if row.abbreviation != name else None,
        f"ISSN {row.issn_linking}" if row.issn_linking else None,
        articles(count),
    )
    return JournalLine(
        name,
        journal_address(row.nlm_id, name),
        tuple(each for each in facts if each is not None),
    )
