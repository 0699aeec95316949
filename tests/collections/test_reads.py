"""How often a collection was opened: counted without knowing by whom, told in words."""

from datetime import date, timedelta

import pytest
from django.test import Client

from ownjournal.collections import addresses, reads
from ownjournal.collections.models import Collection, Opened
from ownjournal.readers.models import Reader

from .conftest import signed_in

TODAY = date(2027, 3, 1)


def openings(collection: Collection, *times: tuple[int, int]) -> None:
    """Pairs of days ago and times."""
    for ago, count in times:
        day = TODAY - timedelta(days=ago)
        Opened.objects.create(collection=collection, on=day, times=count)


def test_people_are_counted_and_nothing_of_them_is_kept(
    fevers: Collection, ada: Reader, cleo: Reader
) -> None:
    fevers.visibility = "public"
    fevers.save()
    path = addresses.path_of(fevers)

    signed_in(cleo).get(path)
    Client().get(path)
    Client().get(path)
    signed_in(ada).get(path)  # its curator
    Client().head(path)
    Client().get(path, headers={"sec-purpose": "prefetch"})
    Client().get(path, headers={"user-agent": "Examplebot/1.0"})

    [row] = Opened.objects.all()
    assert row.times == 3
    assert {each.name for each in Opened._meta.get_fields()} == {
        *("id", "collection", "on", "times")
    }
    assert "Opened 4 times" in Client().get(path).text


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ((), "Not opened yet."),
        (((3, 1),), "Opened once, 1 of them in the last four weeks."),
        (((3, 2), (40, 3)), "Opened 5 times, 2 of them in the last four weeks."),
        (
            ((3, 30), (40, 25)),
            "Opened 55 times; 30 of them in the last four weeks, "
            "about as often as in the four before (25).",
        ),
        (
            ((0, 60), (28, 20), (90, 1_000)),
            "Opened 1,080 times; 60 of them in the last four weeks, "
            "more often than in the four before (20).",
        ),
        (
            ((27, 5), (55, 40)),
            "Opened 45 times; 5 of them in the last four weeks, "
            "less often than in the four before (40).",
        ),
    ],
)
def test_a_trend_is_told_where_chance_would_seldom_make_it(
    times: tuple[tuple[int, int], ...], told: str, fevers: Collection
) -> None:
    openings(fevers, *times)

    assert reads.told(fevers, TODAY) == told


def test_of_a_new_collection_no_trend_is_told(fevers: Collection) -> None:
    day = fevers.created_at.date() + timedelta(days=30)
    Opened.objects.create(collection=fevers, on=day, times=90)

    assert reads.told(fevers, day) == (
        "Opened 90 times, 90 of them in the last four weeks."
    )
