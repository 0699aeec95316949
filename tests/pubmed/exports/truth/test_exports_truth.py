"""Every export says what the XML of its records says: all records, every format.

Each file holds all of them, and a second program reads it back.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.exports.exported import Exported
from ownjournal.pubmed.exports.formats import FORMATS
from ownjournal.pubmed.records import read_records
from pubmed import independent, truth
from pubmed.agreement import Facts, differences
from pubmed.exports.truth.read_back import READ_BACK
from pubmed.independent import Said

pytestmark = pytest.mark.slow

RECORDS = 768


@pytest.fixture(scope="module")
def records(shared_data: Path) -> list[tuple[Said, Article]]:
    found: list[tuple[Said, Article]] = []
    for path in truth.files(shared_data):
        read = read_records(io.BytesIO(truth.content(path)))
        articles = [each for each in read if isinstance(each, Article)]
        found += zip(independent.records(path), articles, strict=True)
    return found


@pytest.mark.parametrize(("code", "read", "facts"), READ_BACK)
def test_every_fact_of_every_record_is_in_the_export(
    records: list[tuple[Said, Article]],
    code: str,
    read: Callable[[str], list[Any]],
    facts: Facts,
) -> None:
    articles = (Exported(article) for _, article in records)

    written = read("".join(FORMATS[code].write(articles)))

    assert len(written) >= RECORDS
    pairs = zip((said for said, _ in records), written, strict=True)
    assert differences(facts, pairs) == []
