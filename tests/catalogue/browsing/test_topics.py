"""Pages of topics and their directory, as a browser gets them."""

from urllib.parse import quote

import pytest
from django.test import Client

from made.headings import (
    BONES,
    FALLS,
    FEVER,
    MERROW,
    NAMES,
    QUARTAN,
    REVIEW,
    VELOTRINE,
    about,
    load_headings,
    shelve_followed,
)
from made.pages import visible
from ownjournal.catalogue import mesh_tree
from ownjournal.catalogue.browsing.topic_page import Link, TopicPage
from ownjournal.catalogue.browsing.topics import DirectoryPage
from ownjournal.pubmed.article import Author

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

HOME = f"/topics/{FEVER}/merrow-fever"
WHOLE = f"{HOME}?whole=1"


@pytest.fixture
def shelf(db: None, own_index: None) -> None:
    """Four with the heading, two with a narrower one, and others."""
    load_headings()
    shelve_followed(
        *(about(pmid, FEVER, VELOTRINE, year=2020) for pmid in range(1, 5)),
        *(about(pmid, QUARTAN, year=2022) for pmid in range(5, 7)),
        *(about(pmid, BONES) for pmid in range(10, 40)),
        about(40, BONES, VELOTRINE),
    )


def page_at(client: Client, address: str) -> TopicPage:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    page: TopicPage = response.context["page"]
    return page


@pytest.mark.usefixtures("shelf")
def test_a_topic_has_the_articles_of_narrower_ones_unless_it_is_alone(
    client: Client,
) -> None:
    whole, alone = page_at(client, HOME), page_at(client, f"{HOME}/alone")

    assert (whole.list.articles, alone.list.articles) == ("6 articles", "4 articles")
    assert whole.narrower == 1
    assert whole.feed == f"/feeds/topics/{FEVER}.atom"
    assert alone.feed is None
    assert "this heading only" in visible(client.get(f"{HOME}/alone").text)


@pytest.mark.usefixtures("shelf")
def test_a_topic_tells_what_mesh_says_of_it(client: Client) -> None:
    place = page_at(client, HOME).place

    assert place.scope_note == "A fever that is had in Merrow."
    assert place.terms == ("ague of merrow", "Merrow heat")
    assert place.more_terms == ("heat, Merrow",)
    assert place.above == (Link(NAMES[MERROW], f"/topics/{MERROW}/merrow-diseases"),)
    assert [link.name for link in place.below] == [NAMES[QUARTAN]]


@pytest.mark.usefixtures("shelf")
def test_the_years_the_journals_and_the_names_are_those_of_its_articles(
    client: Client,
) -> None:
    page = page_at(client, WHOLE).company

    assert page is not None
    assert page.timeline is not None
    assert [(bar.label, bar.count) for bar in page.timeline.bars] == [
        ("2020", "4"),
        ("2021", "0"),
        ("2022", "2"),
    ]
    assert [(each.name, each.count) for each in page.journals] == [
        ("Journal of invented medicine", "6")
    ]
    names = {each.name: each.address for each in page.authors}
    assert names["Quillfeather AB"] == "/authors/quillfeather_ab"


@pytest.mark.usefixtures("shelf")
def test_what_stands_out_beside_a_topic_is_none_of_its_own_line(client: Client) -> None:
    company = page_at(client, WHOLE).company
    assert company is not None
    related = company.related

    assert [each.ui for each in related] == [VELOTRINE]
    assert related[0].count == "4"
    # 4 of 6 against 1 of 31
    assert related[0].ratio == "21 times"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("alone", ["", "/alone"])
def test_what_is_counted_comes_in_a_request_of_its_own(
    client: Client, alone: str
) -> None:
    page = page_at(client, HOME + alone)
    whole = client.get(f"{HOME}{alone}?whole=1").text

    assert page.company is None
    assert page.waiting is not None
    part = client.get(page.waiting.part)
    again = client.get(page.waiting.part, headers={"if-none-match": part["ETag"]})
    assert part["Cache-Control"].startswith("public")
    assert again.status_code == 304
    assert "Journals with most of it" in part.text
    assert part.text.strip() in whole
    assert client.get(page.waiting.whole).text == whole


@pytest.mark.usefixtures("shelf")
def test_a_topic_nobody_knows_has_no_part(client: Client) -> None:
    assert client.get("/topics/D999999999/beside").status_code == 404


@pytest.mark.usefixtures("shelf")
def test_further_pages_of_the_list_are_the_list_alone(client: Client) -> None:
    first = page_at(client, f"/topics/{BONES}/bones-of-merrow")
    assert first.list.next is not None

    second = page_at(client, first.list.next)

    assert (first.head, second.head) == (True, False)
    assert (first.waiting is None, second.waiting is None) == (False, True)
    assert "Names on most of it" not in client.get(first.list.next).text


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (FEVER, HOME),
        (FEVER.lower(), HOME),
        (f"{FEVER}/an-old-name", HOME),
        (f"{FEVER}/an-old-name/alone", f"{HOME}/alone"),
        (f"{FEVER}/?design=rct", f"{HOME}?design=rct"),
        ("merrow-fever", HOME),
        ("Ague of Merrow", HOME),
        (f"{REVIEW}/merrow-review", f"/types/{REVIEW}/merrow-review"),
    ],
)
def test_other_addresses_lead_to_the_one_of_the_topic(
    client: Client, typed: str, found: str
) -> None:
    response = client.get(f"/topics/{quote(typed, safe='/?=')}")

    assert (response.status_code, response.headers["Location"]) == (301, found)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("D999999", "no heading D999999"),
        ("Q000188", "Q000188 is a subheading or a substance"),
        ("C012345", "C012345 is a subheading or a substance"),
        ("no such thing", "No topic has the number or the name “no such thing”"),
        ("<script>", "“&lt;script&gt;”"),
        ("x" * 5_000, "x" * 200 + "”"),
        (f"{FEVER}+{FALLS}+{BONES}", "No topic has the number or the name"),
        ("\u0000\ud7ff", "No topic has"),
    ],
)
def test_what_is_no_topic_is_told_in_a_sentence(
    client: Client, typed: str, said: str
) -> None:
    response = client.get(f"/topics/{quote(typed, safe='+')}")

    assert response.status_code == 404
    assert said in response.text
    assert 'href="/topics"' in response.text


@pytest.mark.usefixtures("shelf")
def test_a_place_in_the_list_that_was_changed_is_told(client: Client) -> None:
    response = client.get(f"{HOME}?after=newest-1.x")

    assert response.status_code == 400


def test_a_topic_without_articles_says_what_to_do(client: Client) -> None:
    load_headings()

    page = client.get(HOME)

    assert "No article here has this heading or a narrower one yet" in page.text


def test_what_indexers_tick_on_most_articles_has_its_list_alone(
    client: Client,
) -> None:
    shelve_followed(about(1, "D006801"))

    page = page_at(client, "/topics/D006801/d006801")

    assert page.company is None
    assert page.list.articles == "1 article"


def test_without_the_file_of_mesh_topics_are_the_headings_seen(client: Client) -> None:
    shelve_followed(about(1, FEVER), about(2, FALLS))

    page = page_at(client, HOME)
    directory: DirectoryPage = client.get("/topics").context["page"]

    assert page.list.articles == "1 article"
    assert page.place.above == page.place.below == ()
    assert directory.categories == ()
    assert [link.name for link in directory.topics] == [NAMES[FALLS], NAMES[FEVER]]


# The directory


@pytest.mark.usefixtures("shelf")
def test_topics_are_found_by_any_of_their_names(client: Client) -> None:
    for text in ("merrow fev", "ague", "HEAT"):
        page: DirectoryPage = client.get("/topics", {"q": text}).context["page"]
        assert Link(NAMES[FEVER], HOME) in page.found, text


@pytest.mark.usefixtures("shelf")
def test_the_tree_is_gone_through_from_its_categories(client: Client) -> None:
    top: DirectoryPage = client.get("/topics").context["page"]
    page: DirectoryPage = client.get("/topics?under=C").context["page"]

    assert len(top.categories) == len(mesh_tree.CATEGORIES)
    assert top.categories[2] == Link("Diseases", "/topics?under=C")
    assert page.category == "Diseases"
    assert [link.name for link in page.topics] == [NAMES[MERROW]]


@pytest.mark.usefixtures("shelf")
def test_the_first_page_has_the_topics_of_most_articles_by_name(client: Client) -> None:
    page: DirectoryPage = client.get("/topics").context["page"]

    names = [link.name for link in page.topics]
    assert names == sorted(names)
    assert NAMES[BONES] in names
    assert NAMES[FALLS] not in names  # on no article


@pytest.mark.usefixtures("shelf")
def test_a_second_topic_leads_to_the_page_of_both(client: Client) -> None:
    exact = client.get("/topics", {"with": FEVER, "q": "Velotrine"})
    part: DirectoryPage = client.get("/topics", {"with": FEVER, "q": "velo"}).context[
        "page"
    ]
    itself = client.get("/topics", {"with": FEVER, "q": "Merrow Fever"})

    assert exact.headers["Location"] == f"/topics/{FEVER}+{VELOTRINE}"
    assert part.found == (Link("Velotrine", f"/topics/{FEVER}+{VELOTRINE}"),)
    assert part.partner == Link(NAMES[FEVER], HOME)
    assert FEVER not in [link.address for link in itself.context["page"].found]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "query",
    ["q=" + "x" * 9_000, "with=nobody&q=fever", "under=%00", "under=ZZ", "q=%00"],
)
def test_rubbish_in_the_directory_is_answered_with_a_page(
    client: Client, query: str
) -> None:
    assert client.get(f"/topics?{query}").status_code == 200


def test_names_of_authors_are_spelled_as_on_an_article(client: Client) -> None:
    load_headings()
    author = Author(last_name="van der Mérrow", initials="J-P")
    shelve_followed(about(1, FEVER, authors=(author,)))

    company = page_at(client, WHOLE).company
    assert company is not None
    assert [each.name for each in company.authors] == ["van der Mérrow J-P"]
