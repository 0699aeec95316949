"""Addresses of pages to browse."""

import pytest

from ownjournal.catalogue.browsing.addresses import (
    journal_address,
    topic_address,
    type_address,
)


@pytest.mark.parametrize("address", [topic_address, type_address, journal_address])
def test_whatever_a_record_calls_a_number_is_one_part_of_the_address(
    address: object,
) -> None:
    assert callable(address)

    found = address('a/b?c#"><b>', "Fever, of “unknown” <origin>")

    assert found.split("/", 2)[2] == "a%2Fb%3Fc%23%22%3E%3Cb%3E/fever-of-unknown-origin"
