"""What programs read of an article page is what the XML of its record says."""

import pytest

from catalogue.truth.conftest import Shown
from catalogue.truth.head_expected import FACTS, all_tags
from pubmed.agreement import differences

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.on_sqlite_alone,
]


def test_every_fact_for_programs_is_what_the_record_says(
    every_record: list[Shown],
) -> None:
    assert differences(FACTS, ((each.said, each.page) for each in every_record)) == []


def test_no_tag_is_empty_and_only_lists_stand_twice(every_record: list[Shown]) -> None:
    lists = {"author", "author_institution", "author_orcid", "issn", "editor"}
    for each in every_record:
        tags = all_tags(each.page)
        single = [name for name, _ in tags if name not in lists]
        assert all(content.strip() for _, content in tags), each.said.pmid
        assert len(single) == len(set(single)), each.said.pmid
