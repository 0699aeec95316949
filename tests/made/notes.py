"""Notes for tests."""

from datetime import UTC, date, datetime
from typing import Any

from ownjournal.notes.models import Note

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_note(**changes: Any) -> Note:
    """A public pearl, kept; `author` and `pmid` are to be given or changed."""
    fields: dict[str, Any] = {
        "pmid": 99_400_001,
        "kind": "pearl",
        "text": "Fever fades by itself.",
        "visibility": "public",
        "created_at": AT,
        "review_on": date(2028, 3, 2),
    }
    if "collection" in changes:
        fields["pmid"] = None
    return Note.objects.create(**{**fields, **changes})
