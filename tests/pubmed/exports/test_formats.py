"""The list of formats: each a stream, and valid for nothing and for much."""

from collections.abc import Iterator
from itertools import count, islice

import pytest

from made.articles import an_article
from ownjournal.pubmed.article import Author
from ownjournal.pubmed.exports.exported import Exported
from ownjournal.pubmed.exports.formats import FORMATS


def test_the_codes_are_those_of_addresses() -> None:
    assert [*FORMATS] == ["ris", "bibtex", "nbib", "csl-json", "csv", "text"]
    assert all(code == each.code for code, each in FORMATS.items())


@pytest.mark.parametrize("code", FORMATS)
def test_an_endless_selection_is_written_as_it_comes(code: str) -> None:
    endless: Iterator[Exported] = (
        Exported(an_article(pmid=number)) for number in count(1)
    )

    assert len([*islice(FORMATS[code].write(endless), 9)]) == 9


@pytest.mark.parametrize("code", FORMATS)
def test_five_thousand_authors_and_a_million_letters_are_written(code: str) -> None:
    authors = tuple(Author(f"Tea{number}", "Ada", "A") for number in range(5000))
    article = an_article(pmid=5, authors=authors, abstract="tea " * 250_000)

    text = "".join(FORMATS[code].write([Exported(article)]))

    assert "Tea4999" in text
