"""Readers of two specialties, and an article on a shelf."""

from collections.abc import Callable

import pytest

from ownjournal.readers.models import Reader

Readers = Callable[[int, str | None], list[Reader]]


@pytest.fixture
def readers(db: None) -> Readers:
    """So many new readers of one specialty."""

    def made(count: int, specialty: str | None) -> list[Reader]:
        first = Reader.objects.count()
        return [
            Reader.objects.create_reader(
                f"reader{first + number}@merrow.test", specialty=specialty
            )
            for number in range(count)
        ]

    return made
