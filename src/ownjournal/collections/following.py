"""Readers follow collections: what came in since they last opened one.

It is told on the page of one's collections; a feed tells it elsewhere. A collection
that a reader may no longer see is followed without a word until she may again.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ownjournal.collections import addresses, seeing
from ownjournal.collections.models import Collection, Follower
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Reader

MOST = 500  # collections that one reader follows


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """A collection that is followed."""

    title: str
    address: str
    new: int  # articles since it was last opened


def followed(reader: Reader) -> tuple[FollowedLine, ...]:
    """Those that the reader may see, the last changed first."""
    rows = Follower.objects.filter(
        reader=reader, collection__in=seeing.visible_to(reader).values("pk")
    ).select_related("collection")
    later = Q(collection__articles__added_at__gt=F("seen_at"))
    counted = rows.annotate(new=Count("collection__articles", filter=later))
    return tuple(
        FollowedLine(
            row.collection.title, addresses.path_of(row.collection), vars(row)["new"]
        )
        for row in counted
    )


def follows(user: object, collection: Collection) -> bool:
    """Whether this reader follows it."""
    return isinstance(user, Reader) and (
        collection.followers.filter(reader=user).exists()
    )


def opened(user: object, collection: Collection, at: datetime) -> None:
    """What is in it now is no longer new to this reader."""
    if isinstance(user, Reader):
        collection.followers.filter(reader=user).update(seen_at=at)


@signed_in
@require_POST
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Follow it, or with `do` "stop" no longer."""
    reader = reader_of(request)
    collection = seeing.seen_or_404(request, int(number))
    if request.POST.get("do") == "stop":
        collection.followers.filter(reader=reader).delete()
    elif reader.followed.count() >= MOST:
        messages.warning(request, f"You follow {MOST} collections, the most we allow.")
    else:
        Follower.objects.get_or_create(
            collection=collection, reader=reader, defaults={"seen_at": timezone.now()}
        )
    return redirect(addresses.path_of(collection))
