"""What a reader's issues have brought: for searches (sent:me) and for learning."""

from collections.abc import Collection, Sequence

from ownjournal.catalogue.reader_lists import MOST, User
from ownjournal.issues.models import IssueArticle
from ownjournal.readers.responses.shown import Shown

NEWEST_FIRST = ("-issue__number", "position")
FACTS = ("pmid", "interest_key", "issue__number", "position", "issue__compiled_at")


def sent_to(user: User) -> Collection[int]:
    """The PMIDs of a reader's issues, each once, the newest issue first."""
    rows = IssueArticle.objects.filter(issue__reader=user.pk)
    ordered = rows.order_by("-issue__number", "position")
    return list(dict.fromkeys(ordered.values_list("pmid", flat=True)[: 2 * MOST]))


def shown_to(reader_id: int, most: int) -> Sequence[Shown]:
    """The places of a reader's issues, the newest issue first, in order of places."""
    rows = IssueArticle.objects.filter(issue__reader=reader_id)
    facts = rows.order_by(*NEWEST_FIRST).values_list(*FACTS)
    return [Shown(*each) for each in facts[:most]]


def shown_to_many(reader_ids: Sequence[int]) -> dict[int, tuple[Shown, ...]]:
    """The same of many readers, all places; by reader's id, of those who have any."""
    rows = IssueArticle.objects.filter(issue__reader__in=reader_ids)
    facts = rows.order_by(*NEWEST_FIRST).values_list("issue__reader_id", *FACTS)
    found: dict[int, list[Shown]] = {}
    for reader_id, *each in facts.iterator():
        found.setdefault(reader_id, []).append(Shown(*each))
    return {reader_id: tuple(some) for reader_id, some in found.items()}
