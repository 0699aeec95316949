"""The page of two topics: what is about both, and what stands between."""

from urllib.parse import quote

import pytest
from django.test import Client

from made.headings import (
    BONES,
    FALLS,
    FEVER,
    NAMES,
    QUARTAN,
    VELOTRINE,
    about,
    load_headings,
    shelve_followed,
)
from made.pages import visible
from ownjournal.catalogue.browsing.pair_page import PairPage
from ownjournal.pubmed.article import PublicationType

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

BOTH = f"/topics/{FEVER}+{FALLS}"
TRIAL = (PublicationType("D016449", "Randomized Controlled Trial"),)


@pytest.fixture
def shelf(db: None, own_index: None) -> None:
    """Five about both, four with Velotrine; bones with each, never with both."""
    load_headings()
    shelve_followed(
        about(1, FEVER, FALLS, VELOTRINE, year=2019, publication_types=TRIAL),
        *(about(pmid, FEVER, FALLS, VELOTRINE, year=2020) for pmid in range(2, 5)),
        about(5, QUARTAN, FALLS, year=2022),
        *(about(pmid, FEVER, BONES) for pmid in range(10, 18)),
        *(about(pmid, FALLS, BONES) for pmid in range(20, 26)),
        *(about(pmid) for pmid in range(30, 90)),
    )


def page_at(client: Client, address: str) -> PairPage:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    page: PairPage = response.context["page"]
    return page


@pytest.mark.usefixtures("shelf")
def test_articles_about_both_are_counted_and_compared_with_chance(
    client: Client,
) -> None:
    page = page_at(client, BOTH)

    assert (page.left.articles, page.right.articles) == ("13 articles", "11 articles")
    assert (page.articles, page.list.articles) == ("5 articles", "5 articles")
    assert page.expected == "1.8"  # 13 · 11 of 79
    assert page.ratio == "4.2 times"  # 5 of 13 against 6 of 66
    assert page.interval == "1.5 to 12"


@pytest.mark.usefixtures("shelf")
def test_it_shows_how_the_literature_grew_and_which_trials_carry_it(
    client: Client,
) -> None:
    page = page_at(client, BOTH)

    assert page.timeline is not None
    assert [bar.count for bar in page.timeline.bars] == ["1", "3", "0", "1"]
    assert [card.pmid for card in page.carriers] == [1]


@pytest.mark.usefixtures("shelf")
def test_topics_of_articles_about_both_are_told_apart_from_bridges(
    client: Client,
) -> None:
    page = page_at(client, BOTH)

    assert [each.ui for each in page.standing_out] == [VELOTRINE]
    assert (page.standing_out[0].count, page.standing_out[0].ratio) == (
        "4",
        "only here",
    )
    assert [each.name for each in page.bridges] == [NAMES[BONES]]
    assert page.bridges[0].left == "12 times"  # 8 of 8 against 6 of 71
    rows = {row.lines[0]: row.bridge for row in page.graph.rows}
    assert rows == {"Velotrine": False, "Bones of Merrow": True}
    assert f"on no article about both: {NAMES[BONES]}." in page.graph.told


@pytest.mark.usefixtures("shelf")
def test_where_no_article_is_about_both_the_bridges_are_the_picture(
    client: Client,
) -> None:
    page = page_at(client, f"/topics/{VELOTRINE}+{BONES}".replace("+", "%2B"))

    assert (page.found, page.ratio, page.timeline) == (False, None, None)
    assert (
        "No article here is about both"
        in client.get(f"/topics/{VELOTRINE}+{BONES}").text
    )
    # each article with Velotrine has both, and so Bones has each too
    assert {each.name for each in page.bridges} == {NAMES[FEVER], NAMES[FALLS]}


@pytest.mark.usefixtures("shelf")
def test_one_that_is_a_part_of_the_other_is_no_surprise(client: Client) -> None:
    page = page_at(client, f"/topics/{FEVER}+{QUARTAN}")

    assert page.nested
    assert page.standing_out == ()
    assert "so this is no surprise" in visible(
        client.get(f"/topics/{FEVER}+{QUARTAN}").text
    )


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "typed",
    [
        f"{FALLS}+{FEVER}",
        f"{FALLS.lower()}+{FEVER}",
        f"{FEVER}+{FALLS}/with-a-name",
        "merrow fever+accidental falls in merrow",
    ],
)
def test_there_is_one_address_in_either_order(client: Client, typed: str) -> None:
    response = client.get(f"/topics/{quote(typed, safe='/+')}?design=rct")

    assert (response.status_code, response.headers["Location"]) == (
        301,
        f"{BOTH}?design=rct",
    )


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (f"{FEVER}+{FEVER}", "the same topic twice"),
        (f"{FEVER}+merrow-fever", "the same topic twice"),
        (f"{FEVER}+D999999", "no heading D999999"),
        (f"Q000188+{FEVER}", "Q000188 is a subheading"),
        (f"{FEVER}+{'x' * 3_000}", "No topic has the number or the name"),
    ],
)
def test_what_is_no_pair_is_told_in_a_sentence(
    client: Client, typed: str, said: str
) -> None:
    response = client.get(f"/topics/{typed}")

    assert response.status_code == 404
    assert said in response.text


@pytest.mark.usefixtures("shelf")
def test_filters_narrow_the_list_and_leave_the_picture(client: Client) -> None:
    page = page_at(client, f"{BOTH}?design=rct")

    assert (page.articles, page.list.articles) == ("5 articles", "1 article")


def test_two_topics_without_any_article_have_a_page(client: Client) -> None:
    load_headings()

    page = page_at(client, BOTH)

    assert (page.articles, page.expected, page.bridges) == ("0 articles", "0.0", ())
    assert "No other topic stands out with them" in client.get(BOTH).text
