"""Followed collections: what came in since one last looked."""

from datetime import timedelta

from django.utils import timezone

from ownjournal.collections import addresses, arranging, following
from ownjournal.collections.models import Collection
from ownjournal.readers.models import Reader

from .conftest import FIRST, signed_in


def test_what_came_in_is_told_until_it_is_opened(
    fevers: Collection, ada: Reader, cleo: Reader
) -> None:
    fevers.visibility = "public"
    fevers.save()
    reader, start = signed_in(cleo), addresses.start_of(fevers)
    reader.post(f"{start}/follow", {"do": "follow"})
    reader.post(f"{start}/follow", {"do": "follow"})
    assert "nothing new" in reader.get("/collections/mine").text
    soon = timezone.now() + timedelta(seconds=1)

    arranging.add(fevers, [FIRST, FIRST + 1], soon, by=ada)

    assert "<strong>2 new</strong>" in reader.get("/collections/mine").text
    following.opened(cleo, fevers, soon)
    assert "nothing new" in reader.get("/collections/mine").text
    page = reader.get(start, follow=True).text
    assert "Follow it no longer" in page
    reader.post(f"{start}/follow", {"do": "stop"})
    assert following.followed(cleo) == ()


def test_what_may_no_longer_be_seen_is_not_told_of(
    fevers: Collection, cleo: Reader
) -> None:
    fevers.visibility = "public"
    fevers.save()
    reader, path = signed_in(cleo), f"{addresses.start_of(fevers)}/follow"
    reader.post(path)

    fevers.visibility = "private"
    fevers.save()

    assert following.followed(cleo) == ()
    assert reader.post(path).status_code == 404
