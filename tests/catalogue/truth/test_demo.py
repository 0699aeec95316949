"""Articles whose text may be shown: licence lines and references, on page and off.

A sample of 200 of the 2,404, the same in every run.
"""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.truth import head_expected, page_expected
from catalogue.truth.conftest import ask
from made.shelf import shelve
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.exports.exported import Exported
from ownjournal.pubmed.exports.formats import FORMATS
from ownjournal.pubmed.files import open_xml
from ownjournal.pubmed.records import read_records
from pubmed import independent
from pubmed.agreement import Facts, differences
from pubmed.exports.truth.read_back import READ_BACK
from pubmed.independent import Said

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.on_sqlite_alone,
]

FILE = "demo/demo_ccby.xml.gz"
SAMPLE = 200
SEED = 28706741


@pytest.fixture(scope="module")
def sample(shared_data: Path) -> list[tuple[Said, Article]]:
    with open_xml(shared_data / FILE) as file:
        articles = [each for each in read_records(file) if isinstance(each, Article)]
    pairs = list(zip(independent.records(shared_data / FILE), articles, strict=True))
    return random.Random(SEED).sample(pairs, SAMPLE)


def test_pages_of_open_articles_say_what_their_records_say(
    sample: list[tuple[Said, Article]],
) -> None:
    shelve(*(article for _, article in sample))
    shown = [ask(said) for said, _ in sample]

    pages = [(each.said, each.page) for each in shown]
    least = {"copyright": 190, "references": 190, "authors": SAMPLE, "abstract": SAMPLE}
    assert differences(page_expected.FACTS, pages, least) == []
    assert differences(head_expected.FACTS, pages, {"authors": SAMPLE}) == []
    assert sum(len(each.page.references) for each in shown) >= 5_000


@pytest.mark.parametrize(("code", "read", "facts"), READ_BACK)
def test_exports_of_open_articles_say_what_their_records_say(
    sample: list[tuple[Said, Article]],
    code: str,
    read: Callable[[str], list[Any]],
    facts: Facts,
) -> None:
    written = read("".join(FORMATS[code].write(Exported(x) for _, x in sample)))

    pairs = zip((said for said, _ in sample), written, strict=True)
    assert differences(facts, pairs, {}) == []
