"""What a reader takes along of her groups: their meetings, as she could read them."""

from collections.abc import Iterable, Iterator

import msgspec

from ownjournal.collections.groups.models import Group
from ownjournal.readers.models import Reader


def files(reader: Reader) -> Iterator[tuple[str, Iterable[str]]]:
    """One file a group, as JSON; no other member is named in it."""
    for group in Group.objects.filter(memberships__reader=reader).order_by("pk"):
        meetings = [
            {
                "starts_at": each.starts_at,
                "place": each.place,
                "pmid": each.pmid,
                "questions": each.questions,
                "minutes": each.minutes,
            }
            for each in group.meetings.order_by("starts_at")
        ]
        told = {"name": group.name, "about": group.about, "meetings": meetings}
        text = msgspec.json.format(msgspec.json.encode(told)).decode()
        yield f"groups/{group.pk}.json", [text]
