"""Citations in the four main styles are what the manuals say, record by record."""

import pytest

from ownjournal.pubmed import citation
from ownjournal.pubmed.markup import plain
from ownjournal.pubmed.styles.style import MAIN_STYLES, cite
from pubmed.styles.golden import Record, article_of, records

RECORDS = records()


@pytest.mark.parametrize("style", [style.id for style in MAIN_STYLES])
@pytest.mark.parametrize("record", RECORDS, ids=[each["name"] for each in RECORDS])
def test_a_citation_is_what_the_manual_says(record: Record, style: str) -> None:
    told = cite(article_of(record), style, record.get("language"))

    assert told.html == record[style]
    assert told.text == plain(record[style])


def test_there_are_enough_records_each_with_its_own_name() -> None:
    names = [record["name"] for record in RECORDS]

    assert len(set(names)) == len(names) >= 40


@pytest.mark.parametrize("record", RECORDS, ids=[each["name"] for each in RECORDS])
def test_the_page_and_the_style_nlm_say_the_same(record: Record) -> None:
    article, language = article_of(record), record.get("language")
    told = cite(article, "nlm", language).text

    assert told.replace(" [retracted]", "") == citation.full(article, language=language)
