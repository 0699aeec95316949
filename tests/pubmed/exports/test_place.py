"""Pages and article numbers."""

import pytest

from made.articles import an_article
from ownjournal.pubmed.article import ArticleId, Identifiers, Pagination
from ownjournal.pubmed.exports.place import Pages, numbering, pages, read


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("1016-22", "1016", "1022"),
        ("69-81", "69", "81"),
        ("S63-6", "S63", "S66"),
        ("E665-72", "E665", "E672"),
        ("S1-S63", "S1", "S63"),
        ("1S-20S", "1S", "20S"),
        ("918e-919e", "918e", "919e"),
        ("38721–38734", "38721", "38734"),
    ],
)
def test_a_range_has_both_ends_in_full(printed: str, first: str, last: str) -> None:
    assert read(printed) == Pages(f"{first}-{last}", first, last)


@pytest.mark.parametrize(
    ("printed", "text", "first"),
    [
        ("100-4; discussion 104-5", "100-104; discussion 104-105", "100"),
        ("167-70, 173, 176-9", "167-170, 173, 176-179", "167"),
        ("S63-6,S70", "S63-S66,S70", "S63"),
        ("77-95, viii", "77-95, viii", "77"),
        ("251; quiz 252", "251; quiz 252", "251"),
    ],
)
def test_of_several_ranges_each_has_both_ends_in_full(
    printed: str, text: str, first: str
) -> None:
    assert read(printed) == Pages(text, first)


@pytest.mark.parametrize(
    "printed",
    [
        "22-22",
        "30-12",
        "S1-F3",
        "[34457 words; 185 paragraphs]",
        "251",
        "S63",
        "F6",
        "xiv",
        "9" * 5000 + "-" + "9" * 5000,
    ],
)
def test_other_pages_are_as_printed(printed: str) -> None:
    assert read(printed) == Pages(printed, printed)


@pytest.mark.parametrize(
    "printed",
    ["9724371", "e4277", "E83", "a1190", "CD002020", "AAC0168421", "026002", "nf13"],
)
def test_a_single_item_that_is_no_page_is_an_article_number(printed: str) -> None:
    assert read(printed).number


def test_the_ends_stand_in_for_what_was_not_printed() -> None:
    found = pages(an_article(pagination=Pagination(None, "113", "125")))

    assert found == Pages("113-125", "113", "125")


def test_an_item_number_is_the_place_only_where_nlm_gives_it_as_one() -> None:
    """As PMID 30609748 (`pii: E83`); Elsevier's numbers and early views are none."""

    def placed(pii: str, *others: str, status: str = "epublish") -> Pages | None:
        ids = Identifiers(pii=pii, others=tuple(ArticleId("pii", x) for x in others))
        return pages(an_article(identifiers=ids, publication_status=status))

    assert placed("E83", "nu11010083") == Pages("E83", "E83", number=True)
    assert placed("nu11010083") is None
    assert placed("E83", "nu11010083", status="aheadofprint") is None
    assert placed("S0140-6736(24)00001-2", "S0140-6736(24)00001-2") is None


def test_a_volume_is_as_printed_without_its_gap() -> None:
    assert numbering("56 ( Pt 10)") == "56 (Pt 10)"
    assert numbering("38 Suppl 1") == "38 Suppl 1"
    assert numbering(None) is None
