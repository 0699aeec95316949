"""Every example of docs/searching.md, run against the invented articles."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ownjournal.catalogue import following
from ownjournal.catalogue.ingest import Loading, ingest
from ownjournal.catalogue.search_filters import KINDS
from ownjournal.pubmed.example.corpus import write_corpus
from ownjournal.search.query import FIELDS

PAGE = Path(__file__).parents[2] / "docs" / "searching.md"
TEXT = PAGE.read_text()
EXAMPLES = re.findall(r"^\| `([^`]+)` \|", TEXT, re.MULTILINE)
QUERIES = [each for each in EXAMPLES if not each.startswith("/")]
ADDRESSES = [each for each in EXAMPLES if each.startswith("/")]
ARTICLES = 3_000  # so that rare things are among them


@pytest.fixture
def corpus(db: None, settings: Any, tmp_path: Path) -> Iterator[None]:
    """A site as `ownjournal up` makes it without files of one's own."""
    settings.DATA_DIR = tmp_path
    following.index.cache_clear()
    today = timezone.now().date()
    files = write_corpus(tmp_path / "files", articles=ARTICLES, seed=1, today=today)
    loading = Loading(spool=tmp_path / "spool", workers=1)
    ingest(files, loading, index=following.index())
    yield
    following.index.cache_clear()


def problem_with(client: Client, address: str) -> str | None:
    """What is wrong with an example; None where it does what the page says."""
    response = client.get(address)
    if response.status_code != 200:
        return f"{address}: {response.status_code}"
    if address.startswith("/api/"):
        empty = not response.json()
        return f"{address}: nothing" if empty else None
    page = response.context["page"]
    if page.problems or page.advice:
        return f"{address}: {page.problems or page.advice}"
    return f"{address}: finds nothing" if page.total == "0" else None


@pytest.mark.slow
def test_every_example_finds_something_without_a_problem(
    client: Client, corpus: None
) -> None:
    asked = [*ADDRESSES]
    for query in QUERIES:
        asked.append(
            client.get(
                "/search", {"q": query, "jump": "off"}
            ).wsgi_request.get_full_path()
        )

    problems = [problem_with(client, address) for address in asked]

    assert [each for each in problems if each] == []


@pytest.mark.slow
def test_words_are_read_as_the_page_says(client: Client, corpus: None) -> None:
    text = unescape(client.get("/search?q=asthma+exacerbation").text)

    assert "Read as" in text
    assert "topic" in text
    assert "Asthma" in text


def test_there_are_examples_of_both_kinds() -> None:
    assert len(QUERIES) > 20
    assert len(ADDRESSES) > 12


def test_every_filter_is_in_an_example() -> None:
    named = set(re.findall(r"[?&]([a-z]+)=", " ".join(ADDRESSES)))

    assert set(KINDS) - named == {"free"}  # no invented article is in PubMed Central


def test_every_tag_on_the_page_is_a_field() -> None:
    code = " ".join(part for line in TEXT.split("\n") for part in line.split("`")[1::2])
    tags = re.findall(r"\[([^\[\]]+)\]", code)

    assert len(tags) > 20
    aliases = {alias for field in FIELDS.values() for alias in field.aliases}
    for tag in tags:
        name = tag.rpartition(":~")[0] or tag
        assert name in FIELDS or name in aliases, tag
