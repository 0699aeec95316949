"""A reader's list of libraries, and the search for them."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from made.institutions import an_institution
from ownjournal.readers.institutions import picks
from ownjournal.readers.institutions.models import Institution, ReaderInstitution
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Reader:
    return Reader.objects.create_reader("ada@merrow.test")


def names(rows: object) -> list[str]:
    return [row.name for row in rows]  # type: ignore[attr-defined]


def test_a_list_keeps_its_order_and_each_once(ada: Reader) -> None:
    one, two, three = (an_institution(name) for name in ("One", "Two", "Three"))

    picks.put(ada, [three.pk, one.pk, three.pk, 999])
    assert names(picks.of_reader(ada)) == ["Three", "One"]

    picks.put(ada, [two.pk, three.pk])
    assert names(picks.of_reader(ada)) == ["Two", "Three"]
    assert list(ReaderInstitution.objects.values_list("position", flat=True)) == [0, 1]


def test_only_offered_ones_can_be_added_and_had_ones_stay(ada: Reader) -> None:
    had = an_institution("Had")
    picks.put(ada, [had.pk])
    had.state = "retired"
    had.save()
    proposed = an_institution("Proposed", state="proposed")
    retired = an_institution("Retired", state="retired")

    picks.put(ada, [proposed.pk, retired.pk, had.pk])

    assert names(picks.of_reader(ada)) == ["Had"]


def test_a_list_has_an_end(ada: Reader) -> None:
    many = [an_institution(f"M{number}").pk for number in range(picks.MOST + 3)]

    assert len(picks.put(ada, many)) == picks.MOST


def test_what_a_reader_has_is_not_deleted_but_a_list_goes_with_its_reader(
    ada: Reader,
) -> None:
    row = an_institution()
    picks.put(ada, [row.pk])

    with pytest.raises(ProtectedError):
        row.delete()

    ada.delete()
    assert not ReaderInstitution.objects.exists()
    assert Institution.objects.exists()


def test_a_search_takes_words_in_any_order_without_accents() -> None:
    an_institution("Université de Göteborg", country="Sverige")
    an_institution("Royal Merrow Hospital", other_names="RMH\nKöniglich")
    an_institution("Merrow, old", state="retired")

    assert names(picks.search("goteborg univ")) == ["Université de Göteborg"]
    assert names(picks.search("sverige")) == ["Université de Göteborg"]
    assert names(picks.search("KONIG merrow")) == ["Royal Merrow Hospital"]
    assert names(picks.search("rmh")) == ["Royal Merrow Hospital"]
    assert names(picks.search("oyal")) == []
    assert names(picks.search("merrow")) == ["Royal Merrow Hospital"]
    assert names(picks.search(" - ")) == []
    assert names(picks.search("100%_")) == []


def test_one_of_a_name_country_and_kind_is_in_use() -> None:
    an_institution(country=None)
    an_institution(country=None, kind="proxy", template="https://p.test/?url=$@")
    an_institution(country=None, state="proposed")

    with pytest.raises(IntegrityError), transaction.atomic():
        an_institution(country=None, template="https://other.test/")
    with pytest.raises(IntegrityError), transaction.atomic():
        an_institution("Other", template="javascript:alert(1)")
