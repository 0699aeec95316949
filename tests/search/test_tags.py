"""The tags of a query by every spelling."""

from collections import defaultdict

import pytest

from ownjournal.search.query import FIELDS, TAGS
from ownjournal.search.tags import UNANSWERED, field_of, squashed, unknown


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("TIAB", "tiab"),
        ("Title/Abstract", "tiab"),
        ("title / abstract", "tiab"),
        ("Author - First", "1au"),
        ("author-first", "1au"),
        ("MeSH Terms:NoExp", "mh:noexp"),
        ("mh: noexp", "mh:noexp"),
        ("Publication Type : noexp", "pt:noexp"),
    ],
)
def test_blanks_hyphens_and_capitals_do_not_count(name: str, tag: str) -> None:
    assert field_of(name) == FIELDS[tag]


@pytest.mark.parametrize("name", ["", "zz", "ti:noexp", ":noexp", "mh:exp", "ti ti"])
def test_what_is_no_tag_is_none(name: str) -> None:
    assert field_of(name) is None


def test_the_nearest_tag_is_suggested() -> None:
    assert unknown("titel/abstract").endswith("Did you mean [tiab]?")
    assert unknown(" Mesh Trem ").endswith("Did you mean [mh]?")
    assert unknown("qqqqqq").endswith("searched.")


def test_no_two_fields_share_a_name_and_none_is_both_known_and_unanswered() -> None:
    tags = defaultdict[str, set[str]](set)
    for field in FIELDS.values():
        for name in (field.tag, *field.aliases):
            tags[squashed(name)].add(field.tag)

    assert [name for name, found in tags.items() if len(found) > 1] == []
    assert not tags.keys() & UNANSWERED.keys()
    assert tags.keys() == {squashed(name) for name in TAGS}
