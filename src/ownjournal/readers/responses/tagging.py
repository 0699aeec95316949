"""Tags of saved articles: a reader's own words, in small letters.

They are typed with commas between them, all of one article at a time.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.back import back_of
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.models import Saved, SavedTag
from ownjournal.readers.responses.saying import CannotSay

LONGEST = 40  # characters of a tag
MOST = 20  # tags of one article
SHOWN = 100  # tags of a reader, the most used


def read(text: str) -> tuple[str, ...]:
    """The tags that were typed, each once. Raises CannotSay."""
    printed = "".join(c if c.isprintable() else " " for c in text)
    tags = (" ".join(each.split()).lower() for each in printed.split(","))
    found = tuple(dict.fromkeys(each for each in tags if each))
    if len(found) > MOST:
        raise CannotSay(f"An article has at most {MOST} tags.")
    if any(len(each) > LONGEST for each in found):
        raise CannotSay(f"A tag has at most {LONGEST} characters.")
    return found


@transaction.atomic
def put(saved: Saved, tags: Sequence[str]) -> None:
    """These and no others."""
    saved.tags.exclude(name__in=tags).delete()
    rows = [SavedTag(saved=saved, name=each) for each in tags]
    SavedTag.objects.bulk_create(rows, ignore_conflicts=True)


def counts(reader: Reader) -> tuple[tuple[str, int], ...]:
    """The reader's tags by name, each with how many articles have it."""
    rows = SavedTag.objects.filter(saved__reader=reader).order_by()
    counted = rows.values_list("name").annotate(n=Count("pk"))
    return tuple(sorted(counted.order_by("-n", "name")[:SHOWN]))


@signed_in
@require_POST
def tag(request: HttpRequest, pmid: str) -> HttpResponse:
    """Put the `tags` of the form on a saved article."""
    saved = reader_of(request).saved.filter(pmid=int(pmid)).first()
    if saved is None:
        raise Http404
    try:
        put(saved, read(request.POST.get("tags", "")))
    except CannotSay as problem:
        messages.warning(request, str(problem))
    return redirect(back_of(request, "/saved").partition("#")[0] + f"#tags-{pmid}")
