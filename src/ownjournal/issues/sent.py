"""What a reader's issues have brought, for searches in it: sent:me."""

from collections.abc import Collection

from ownjournal.catalogue.reader_lists import MOST, User
from ownjournal.issues.models import IssueArticle


def sent_to(user: User) -> Collection[int]:
    """The PMIDs of a reader's issues, each once, the newest issue first."""
    rows = IssueArticle.objects.filter(issue__reader=user.pk)
    ordered = rows.order_by("-issue__number", "position")
    return list(dict.fromkeys(ordered.values_list("pmid", flat=True)[: 2 * MOST]))
