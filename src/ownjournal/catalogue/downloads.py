"""Articles as files: one, those that a reader ticked, a search, any list.

A file is written whole before its first byte is sent, in memory if it is small,
else to a temporary file. So a fault is an error page, never half a file that
looks like all of it, and a slow client keeps neither a transaction open nor
articles in memory. What it does keep is a thread of the server, while a large
file is sent; so only a few of those are sent at a time.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial, wraps
from hashlib import sha256
from io import BytesIO
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import IO, Concatenate, ParamSpec

from django.core.exceptions import TooManyFieldsSent
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ownjournal.catalogue import relations, semantic_order
from ownjournal.catalogue.lookups import merged_into
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.catalogue.search_reading import answerable
from ownjournal.catalogue.search_request import NO_INDEX, BadRequest, read_request
from ownjournal.catalogue.selections import LIMIT
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.views import absent, address_of_page
from ownjournal.pubmed.exports.exported import Exported
from ownjournal.pubmed.exports.formats import FORMATS, Format
from ownjournal.search.index import IndexUnusable

AT_ONCE = 250  # articles read from the store
IN_MEMORY = 500  # articles of a file that is small
BLOCK = 64 * 1024  # bytes
PLACES = 2  # large files sent at a time, of the four threads that a process has
LONGEST_NAME = 60  # characters
CLIPPED = 40  # characters of something wrong that are repeated to the reader

NONE_TICKED = "No article is ticked. Go back and tick some, or choose the whole list."
NONE_HERE = "None of these articles is kept here."
NOTHING_ASKED = "There is nothing to search for, so there is nothing to download."
TOO_MANY = f"A download has at most {LIMIT:,} articles; these are more."
BUSY = "Other large downloads are under way. Please try again in a minute."
NO_LIST = "The articles ticked, those on the page or the whole list can be downloaded."

BY_EXTENSION = {each.extension: each for each in FORMATS.values()}

_PMID = re.compile(r"[1-9][0-9]{0,8}")
_BETWEEN = re.compile(r"[\s,;]+")
_places = BoundedSemaphore(PLACES)

_Given = ParamSpec("_Given")
_View = Callable[Concatenate[HttpRequest, _Given], HttpResponseBase]


class NotPossible(Exception):
    """A download that cannot be; says why in the reader's words."""

    def __init__(self, advice: str, status: int = 422) -> None:
        super().__init__(advice)
        self.advice = advice
        self.status = status


def says_why(view: _View[_Given]) -> _View[_Given]:
    """A view that may raise NotPossible, and then answers with its reason."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, /, *args: _Given.args, **named: _Given.kwargs
    ) -> HttpResponseBase:
        try:
            return view(request, *args, **named)
        except NotPossible as problem:
            page = {"title": "This cannot be downloaded", "advice": problem.advice}
            response = render(
                request, "error.html", {"page": page}, status=problem.status
            )
            if problem.status == 503:
                response["Retry-After"] = "60"  # seconds
            return response

    return wrapped


@require_safe
def one(request: HttpRequest, pmid: str, extension: str) -> HttpResponseBase:
    """The article in the format with this extension; absent as its page is."""
    if extension not in BY_EXTENSION:
        raise Http404(f"no format {extension}")
    kept = relations.get(int(pmid))
    if kept is None:
        successor = merged_into(int(pmid))
        if successor is not None:
            return redirect("catalogue:download", successor, extension)
        return absent(request, int(pmid))
    response = record(request, kept, BY_EXTENSION[extension])
    if response.status_code == 200:
        response["Content-Disposition"] = _attachment(f"pmid-{pmid}", extension)
    return response


@require_safe
@says_why
def search(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What a search finds, in its order; the parameters are those of its page."""
    if extension not in BY_EXTENSION:
        raise Http404(f"no format {extension}")
    return _found(request, BY_EXTENSION[extension])


# Exempt, as it changes nothing: a form, so that many PMIDs need no long address.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def export(request: HttpRequest) -> HttpResponseBase:
    """Articles by `pmid`, or what a search finds by `q`, in a `format`.

    which  "selected", "shown" or "all"; where it is absent, the PMIDs if there
           are any, else the search
    """
    given = parameters(request)
    format = format_of(given)
    which = given.get("which") or ("selected" if "pmid" in given else "all")
    if which == "all":
        return _found(request, format)
    pmids = ticked(given)
    return download(pmids, format, f"articles-{len(pmids)}")


def ticked(given: QueryDict) -> list[int]:
    """The PMIDs ticked, or all that the page shows, as `which` says; each once.

    Raises NotPossible for none and for what is no PMID.
    """
    which = given.get("which", "selected")
    if which not in ("selected", "shown"):
        raise NotPossible(NO_LIST)
    values = given.getlist("pmid" if which == "selected" else "shown")
    words = dict.fromkeys(
        word for value in values for word in _BETWEEN.split(value) if word
    )
    if not words:
        raise NotPossible(NONE_TICKED)
    wrong = next((word for word in words if not _PMID.fullmatch(word)), None)
    if wrong is not None:
        raise NotPossible(f"“{wrong[:CLIPPED]}” is no PMID.")
    return [int(word) for word in words]


def format_of(given: QueryDict) -> Format:
    """The format asked for. Raises NotPossible for one that there is not."""
    format = FORMATS.get(given.get("format", ""))
    if format is None:
        names = ", ".join(each.name for each in FORMATS.values())
        raise NotPossible(f"Articles can be downloaded as {names}.")
    return format


def parameters(request: HttpRequest) -> QueryDict:
    """Of the form or the address. Raises NotPossible where there are too many."""
    try:
        return request.POST if request.method == "POST" else request.GET
    except TooManyFieldsSent as problem:
        raise NotPossible(TOO_MANY) from problem


def _found(request: HttpRequest, format: Format) -> HttpResponseBase:
    """The first articles of a search; the file's name says where it was cut."""
    lists = ReaderLists(request.user)
    try:
        asked = read_request(parameters(request))
        read = answerable(asked, lists)
        if read.query is None:
            raise NotPossible(NOTHING_ASKED)
        hits = semantic_order.search(
            asked.query, read.query, limit=LIMIT, order=asked.order
        ).hits
    except BadRequest as problem:
        raise NotPossible(str(problem)) from problem
    except IndexUnusable as problem:
        raise NotPossible(NO_INDEX, 503) from problem
    if not hits.hits:
        raise NotPossible("This search finds no article.", 404)
    cut = f"first-{LIMIT}-of-{hits.total}-" if hits.total > LIMIT else ""
    pmids = [hit.pmid for hit in hits.hits]
    response = download(pmids, format, f"search-{cut}{asked.query}")
    if read.private:
        patch_cache_control(response, private=True, no_store=True)
    return response


def record(request: HttpRequest, kept: Kept, format: Format) -> HttpResponse:
    """One article for a program, or 304 for one that has it already."""
    text = "".join(format.write([exported(kept)]))
    response = HttpResponse(text.encode(), headers=_headers(format))
    response["Link"] = f'<{address_of_page(kept)}>; rel="canonical"'
    # of the content, as an upgrade may change it where NLM changed nothing
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    return found or response


def exported(kept: Kept) -> Exported:
    """The article with what is known against it and the address of its page."""
    return Exported(
        kept.article,
        kept.appraisal.integrity_reason,
        address_of_page(kept),
    )


def download(
    pmids: Sequence[int],
    format: Format,
    name: str,
    titles: Mapping[int, str] | None = None,
) -> HttpResponseBase:
    """These articles as a file, in this order.

    Raises NotPossible. Those that are not kept are left out, and named at the
    end of a text.

    name    of the file, in any words; what cannot stand in a name is left out
    titles  of articles that may not be kept any more, where the caller has them
    """
    if len(pmids) > LIMIT:
        raise NotPossible(TOO_MANY)
    headers = _headers(format) | {
        "Content-Disposition": _attachment(name, format.extension)
    }
    if len(pmids) > IN_MEMORY:
        return _large(pmids, format, headers, titles or {})
    file = BytesIO()
    _write(file, pmids, format, titles or {})
    return HttpResponse(file.getvalue(), headers=headers)


def _large(
    pmids: Sequence[int],
    format: Format,
    headers: dict[str, str],
    titles: Mapping[int, str],
) -> StreamingHttpResponse:
    with ExitStack() as closing:
        closing.enter_context(_a_place())
        file = closing.enter_context(TemporaryFile())
        _write(file, pmids, format, titles)
        headers["Content-Length"] = str(file.tell())
        file.seek(0)
        blocks = _Blocks(file, closing.pop_all().close)
    return StreamingHttpResponse(blocks, headers=headers)


def _write(
    file: IO[bytes], pmids: Sequence[int], format: Format, titles: Mapping[int, str]
) -> None:
    missing: list[int] = []
    for text in format.write(_read(pmids, missing)):
        file.write(text.encode())
    any_kept = len(missing) < len(pmids)
    if format.code == "text" and (any_kept or titles):
        file.writelines(line.encode() for line in _lost(missing, titles))
    elif not any_kept:
        raise NotPossible(NONE_HERE, 404)


def _read(pmids: Sequence[int], missing: list[int]) -> Iterator[Exported]:
    """The articles, a few at a time; `missing` gets the PMIDs of those not kept."""
    for start in range(0, len(pmids), AT_ONCE):
        some = pmids[start : start + AT_ONCE]
        kept = relations.get_many(some)
        for pmid in some:
            if pmid in kept:
                yield exported(kept[pmid])
            else:
                missing.append(pmid)


def _lost(missing: Iterable[int], titles: Mapping[int, str]) -> Iterator[str]:
    for pmid in missing:
        title = f"{' '.join(titles[pmid].split())} " if pmid in titles else ""
        yield f"\nNot kept here any more, or never: {title}(PMID {pmid})\n"


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise NotPossible(BUSY, 503)
    try:
        yield
    finally:
        _places.release()


class _Blocks:
    """A file to be sent; closing it gives back all that it kept."""

    def __init__(self, file: IO[bytes], close: Callable[[], None]) -> None:
        self._file = file
        self.close = close

    def __iter__(self) -> Iterator[bytes]:
        return iter(partial(self._file.read, BLOCK), b"")


def _headers(format: Format) -> dict[str, str]:
    return {
        "Content-Type": f"{format.media_type}; charset=utf-8",
        "X-Robots-Tag": "noindex",  # the article's page is to be found
    }


def _attachment(name: str, extension: str) -> str:
    """The header's value; letters, digits and hyphens cannot break out of it."""
    safe = re.sub(r"[^a-z0-9]+", "-", name.lower())[:LONGEST_NAME].strip("-")
    return f'attachment; filename="{safe or "articles"}.{extension}"'
