"""Past searches: kept only for a reader who has asked for it, and erased at a wish."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ownjournal.catalogue.search_request import BadRequest, read_request
from ownjournal.catalogue.waiting import not_waiting
from ownjournal.readers.models import Reader
from ownjournal.readers.searches.keeping import LONGEST, kept_form
from ownjournal.readers.searches.models import PastSearch

MOST = 200  # of one reader; older ones are forgotten


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Notes the searches of readers who keep a history; nothing of anybody else."""

    def noting(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if (
            request.path == "/search"
            and request.method == "GET"
            and response.status_code in (200, 302)
            and isinstance(request.user, Reader)
            and request.user.keeps_searches
        ):
            with not_waiting():  # the answer is worth more than its trace
                note(request.user, request)
        return response

    return noting


def note(reader: Reader, request: HttpRequest) -> None:
    """Remember a search, as the newest."""
    try:
        asked = read_request(request.GET)
    except BadRequest:
        return
    parameters = kept_form(asked)
    if not asked.query or len(parameters) > LONGEST:
        return
    PastSearch.objects.update_or_create(
        reader=reader, parameters=parameters, defaults={"searched_at": timezone.now()}
    )
    older = reader.past_searches.values_list("pk", flat=True)[MOST:]
    if older:
        PastSearch.objects.filter(pk__in=list(older)).delete()


def switch(reader: Reader, wanted: bool) -> None:
    """Keep a history from now on, or none; without one what was kept is erased."""
    reader.keeps_searches = wanted
    reader.save(update_fields=["keeps_searches"])
    if not wanted:
        erase(reader)


def erase(reader: Reader) -> None:
    """Forget all past searches of a reader."""
    reader.past_searches.all().delete()
