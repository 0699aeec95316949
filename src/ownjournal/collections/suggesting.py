"""An article suggested for a collection: by any reader, and what its curators say.

A suggestion waits until a curator takes it or not; then it is gone. Who made it is
shown to nobody: it is to be judged by itself.
"""

from datetime import datetime

from django.db import transaction

from ownjournal.collections import arranging
from ownjournal.collections.arranging import LONGEST_LINE, CannotArrange, one_line
from ownjournal.collections.models import Collection, Suggestion
from ownjournal.collections.pasting import look_up
from ownjournal.readers.limits import Limit, take
from ownjournal.readers.models import Reader
from ownjournal.readers.profile.pasted import read

SUGGESTING = Limit("suggestions", 30, 24 * 3600)
WAITING = 200  # suggestions that one collection may have
LONGEST_NAME = 500  # characters of what names the article


@transaction.atomic
def suggest(
    collection: Collection, reader: Reader, name: str, reason: str, at: datetime
) -> None:
    """Suggest the article of a PMID, DOI or PMCID. Raises CannotArrange."""
    pmid = named(name)
    if collection.articles.filter(pmid=pmid).exists():
        raise CannotArrange("This article is in it already.")
    if collection.suggestions.count() >= WAITING:
        raise CannotArrange("Many suggestions wait here already. Try again later.")
    said = one_line(reason, LONGEST_LINE)
    if take(SUGGESTING, str(reader.pk), at) is not None:
        raise CannotArrange(
            f"You have suggested {SUGGESTING.times} articles today, the most we allow."
        )
    Suggestion.objects.get_or_create(
        collection=collection,
        pmid=pmid,
        defaults={"reader": reader, "reason": said, "made_at": at},
    )


def named(text: str) -> int:
    """The one article that a text names. Raises CannotArrange."""
    if len(text) > LONGEST_NAME or len(read(text)) != 1:
        raise CannotArrange("Please name one article, by its PMID or DOI.")
    found = look_up([text])
    if not found.pmids:
        raise CannotArrange(f"{found.left[0].name}: {found.left[0].reason}")
    return found.pmids[0]


@transaction.atomic
def decide(
    collection: Collection, number: int, *, take_it: bool, by: Reader, at: datetime
) -> None:
    """Take a suggested article, or do not. Raises CannotArrange."""
    row = collection.suggestions.filter(pk=number).first()
    if row is None:
        return
    if take_it:
        arranging.add(collection, [row.pmid], at, by=by)
    row.delete()
