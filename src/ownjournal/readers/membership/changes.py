"""The line that each change leaves: who, what, when."""

from ownjournal.readers.membership.models import Change
from ownjournal.readers.models import Reader

Where = Change.Where


def note(
    where: Change.Where,
    what: str,
    *,
    by: Reader | None = None,
    reader: Reader | None = None,
) -> None:
    """Keep a sentence about a change; it must name no address."""
    Change.objects.create(where=where, what=what[:500], by=by, reader=reader)
