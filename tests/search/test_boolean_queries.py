"""The real Boolean queries of systematic reviews, over real articles."""

from pathlib import Path

import pytest

from bench.booleans import QUERIES, compared


@pytest.mark.slow
def test_real_queries_lose_nothing_and_find_what_a_plain_reading_finds(
    shared_data: Path,
) -> None:
    results = list(compared(shared_data, every=60))

    assert len(results) == QUERIES
    assert all(not each.problems and not each.lost for each in results)
    assert [each.id for each in results if not each.right] == []
    assert min(each.hits_of_parts for each in results) > 5
