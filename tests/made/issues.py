"""Issues as rows, where nothing has to be compiled."""

from datetime import datetime
from typing import Any

from ownjournal.issues.models import InterestSnapshot, Issue
from ownjournal.readers.models import Reader


def an_issue(reader: Reader, at: datetime, **changes: Any) -> Issue:
    """The reader's next one; it holds nothing."""
    if "interests" not in changes:
        changes["interests"], _ = InterestSnapshot.objects.get_or_create(
            reader=reader, digest="", defaults={"body": b""}
        )
    plain = {
        "number": reader.issues.count() + 1,
        "compiled_at": at,
        "after_revision": 0,
        "up_to_revision": 0,
        "considered": 0,
        "pool_digest": "",
        "length": 12,
        "rules_version": 1,
    }
    return Issue.objects.create(reader=reader, **{**plain, **changes})
