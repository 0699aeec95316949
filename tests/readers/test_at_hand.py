from datetime import UTC, datetime

import pytest

from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import mesh
from ownjournal.pubmed.mesh import Descriptor
from ownjournal.readers import at_hand, registry
from ownjournal.readers.at_hand import AtHand, Topic
from ownjournal.readers.interests import follow, of_reader
from ownjournal.readers.models import Reader
from ownjournal.readers.searches.matching import Matching

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, tzinfo=UTC)
AGUE = Descriptor(ui="D000001", name="Ague", tree_numbers=("C01.100",))
TERTIAN = Descriptor(ui="D000002", name="Ague, Tertian", tree_numbers=("C01.100.2",))


@pytest.fixture
def alice() -> Reader:
    mesh.load([AGUE, TERTIAN])
    shelve(*trials(99_200_000, 6))
    alice = registry.add("alice@merrow.test", seeds=[99_200_001, 99_200_004])
    follow(alice, "topic", "Ague")
    return alice


def test_what_was_read_ahead_is_what_is_read_when_asked(alice: Reader) -> None:
    ahead = AtHand()
    ahead.read([alice])

    found = of_reader(alice, Matching([]), NOW, at_hand=ahead)

    assert found == of_reader(alice, Matching([]), NOW)
    assert [each.topics for each in found] == [("D000001", "D000002"), ()]
    assert [seed.pmid for seed in found[1].seeds] == [99_200_001, 99_200_004]


def test_what_was_read_ahead_is_not_read_again(
    alice: Reader, django_assert_num_queries: object
) -> None:
    ahead = AtHand()
    ahead.read([alice])

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert ahead.topic("D000001") == Topic("Ague", ("D000001", "D000002"))
        assert list(ahead.articles([99_200_004, 99_200_001])) == [
            99_200_004,
            99_200_001,
        ]


def test_an_article_is_read_anew_at_the_next_revision(alice: Reader) -> None:
    ahead = AtHand()
    ahead.read([alice])
    before = ahead.articles([99_200_001])
    shelve(*trials(99_200_100, 1))

    ahead.read([alice])

    assert ahead.articles([99_200_001]) == before
    assert ahead.articles([99_200_001])[99_200_001] is not before[99_200_001]


def test_a_new_mesh_is_known_after_a_while(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_hand, "KEPT_SECONDS", 0.0)
    ahead = AtHand()
    ahead.read([alice])
    mesh.load([AGUE])

    ahead.read([alice])

    assert ahead.topic("D000001") == Topic("Ague", ("D000001",))


def test_of_very_many_articles_the_last_are_kept(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_hand, "MOST", 2)
    ahead = AtHand()

    assert len(ahead.articles([99_200_001, 99_200_002])) == 2
    assert len(ahead.articles([99_200_001, 99_200_003, 99_200_004])) == 3
    assert ahead.articles([99_999_999]) == {}
