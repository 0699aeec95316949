"""What a reader's issues have brought: for searches (sent:me) and for learning."""

from collections.abc import Collection, Sequence

from ownjournal.catalogue.reader_lists import MOST, User
from ownjournal.issues.models import IssueArticle
from ownjournal.readers.responses.shown import Shown


def sent_to(user: User) -> Collection[int]:
    """The PMIDs of a reader's issues, each once, the newest issue first."""
    rows = IssueArticle.objects.filter(issue__reader=user.pk)
    ordered = rows.order_by("-issue__number", "position")
    return list(dict.fromkeys(ordered.values_list("pmid", flat=True)[: 2 * MOST]))


def shown_to(reader_id: int, most: int) -> Sequence[Shown]:
    """The places of a reader's issues, the newest issue first, in order of places."""
    rows = IssueArticle.objects.filter(issue__reader=reader_id)
    facts = rows.order_by("-issue__number", "position").values_list(
        "pmid", "interest_key", "issue__number", "position", "issue__compiled_at"
    )
    return [Shown(*each) for each in facts[:most]]
