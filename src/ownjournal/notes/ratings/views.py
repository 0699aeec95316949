"""What the taps do: /articles/PMID/rate.

The form goes back to the article; for ratings.js it answers with the part of the
page as it is then.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ownjournal.notes.ratings.models import Question
from ownjournal.notes.ratings.rating import CannotRate, rate, unrate
from ownjournal.notes.ratings.shown import rating_page
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.limits import Limit
from ownjournal.readers.models import Reader
from ownjournal.readers.waiting import must_wait

RATINGS = Limit("ratings of a reader", 600, 3600)
IN_PLACE = "X-In-Place"  # a header of ratings.js


@never_cache
@signed_in
@require_POST
def change(request: HttpRequest, pmid: str) -> HttpResponse:
    """A field for each question, all optional; `do` is "remove" to take all back."""
    reader = reader_of(request)
    wait = must_wait(request, "Those were many ratings.", (RATINGS, str(reader.pk)))
    if wait is not None:
        return wait
    if request.POST.get("do") == "remove":
        unrate(reader, int(pmid))
    else:
        _rate(request, reader, int(pmid))
    if IN_PLACE in request.headers:
        page = rating_page(int(pmid), reader)
        return render(request, "ratings/rating.html", {"page": page})
    return redirect(f"/articles/{pmid}#rating")


def _rate(request: HttpRequest, reader: Reader, pmid: int) -> None:
    """Raises Http404 for what no form of ours sends."""
    typed = {each: request.POST.get(each, "") for each in Question.values}
    answers = {each: text for each, text in typed.items() if text}
    if not answers:
        messages.warning(request, "Choose an answer first.")
    if not all(text in "1234567" and len(text) == 1 for text in answers.values()):
        raise Http404
    try:
        numbers = {each: int(text) for each, text in answers.items()}
        rate(reader, pmid, numbers, timezone.now())
    except CannotRate as problem:
        raise Http404 from problem
