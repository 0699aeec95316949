import pytest

from ownjournal.readers.models import Reader
from ownjournal.readers.post.letters import put
from ownjournal.readers.post.models import Letter

pytestmark = pytest.mark.django_db


def test_what_is_put_twice_is_one_letter(alice: Reader) -> None:
    put("greeting", "1", reader=alice, details={"word": "first"})
    put("greeting", "1", reader=alice, details={"word": "second"})

    [letter] = Letter.objects.all()
    assert letter.details == {"word": "first"}
    assert letter.state == "waiting"
    assert letter.to() == alice.email


def test_another_kind_or_key_is_another_letter(alice: Reader) -> None:
    put("greeting", "1", reader=alice)
    put("greeting", "2", reader=alice)
    put("parting", "1", address="somebody@merrow.test")

    assert Letter.objects.count() == 3


def test_a_letter_goes_to_a_reader_or_to_an_address(alice: Reader) -> None:
    for to in ({}, {"reader": alice, "address": "somebody@merrow.test"}):
        with pytest.raises(ValueError, match="a reader or to an address"):
            put("greeting", "1", **to)
    assert not Letter.objects.exists()
