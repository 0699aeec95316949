import pytest

from made.articles import an_article
from made.shelf import shelve
from ownjournal.readers import registry
from ownjournal.readers.address import BadAddress
from ownjournal.readers.interests import CannotFollow
from ownjournal.readers.models import Reader


def test_a_reader_is_made_with_what_they_follow(db: None) -> None:
    shelve(an_article(pmid=99_100_001))
    said: list[str] = []

    reader = registry.add(
        "Alice@Merrow.test",
        words=["velotrine"],
        journals=["J Invent Med"],
        seeds=[99_100_001],
        time_zone="Europe/Berlin",
        is_operator=True,
        say=said.append,
    )

    assert reader.email == "alice@merrow.test"
    assert reader.is_operator
    assert not reader.has_usable_password()
    assert reader.next_issue_at is not None
    assert sorted(each.kind for each in reader.interests.all()) == [
        "journal",
        "seed",
        "words",
    ]
    assert len(said) == 3


def test_a_known_address_gains_interests_and_keeps_what_is_not_named(db: None) -> None:
    registry.add("alice@merrow.test", words=["velotrine"], is_operator=True)

    reader = registry.add("ALICE@merrow.test", words=["fever"])

    assert Reader.objects.get() == reader
    assert reader.is_operator
    assert reader.interests.count() == 2


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"email": "alice"}, BadAddress),
        ({"email": "a@b.test", "words": ["x"], "seeds": [99_100_009]}, CannotFollow),
        ({"email": "a@b.test", "time_zone": "Merrow/Lower"}, registry.UnknownTimeZone),
        ({"email": "a@b.test", "time_zone": "../etc"}, registry.UnknownTimeZone),
    ],
)
def test_a_mistake_changes_nothing(
    db: None, given: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal, match=r"\.$"):
        registry.add(**given)

    assert not Reader.objects.exists()
