"""What stands around a list: filters, readings, groups, and what may find more."""

import csv
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.search_page import SearchPage
from ownjournal.catalogue.search_reading import MOST_OF_THEM, NOT_WIDENED, UNHEARD
from ownjournal.pubmed.article import (
    Journal,
    JournalIssue,
    MeshHeading,
    PubDate,
    PublicationType,
)
from ownjournal.search import explosion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

ADULT = MeshHeading("D000328", "Adult")
HUMANS = MeshHeading("D006801", "Humans")
FEVER = MeshHeading("D005334", "Fever", major=True)


@pytest.fixture
def shelf() -> None:
    """A trial, a cohort of adults, a review in German and a letter."""
    shelve(
        an_article(
            pmid=1001,
            title="Velotrine for fever: a randomised controlled trial.",
            mesh=(HUMANS, ADULT, FEVER),
        ),
        an_article(
            pmid=1002,
            title="Velotrine and sleep: a cohort study.",
            mesh=(HUMANS, ADULT),
            journal_issue=JournalIssue(PubDate(2019, 5)),
        ),
        an_article(
            pmid=1003,
            title="Velotrine: a systematic review and meta-analysis.",
            languages=("ger",),
            journal_issue=JournalIssue(PubDate(2021)),
        ),
        an_article(pmid=1004, title="Marrowleaf for coughs.", abstract="A cough."),
    )
    following.follow(following.index())


def page_at(client: Client, address: str) -> SearchPage:
    response = client.get(address)
    assert response.status_code == 200
    page = response.context["page"]
    assert isinstance(page, SearchPage)
    return page


def pmids(page: SearchPage) -> list[int]:
    return sorted(card.pmid for card in page.cards)


def counts(page: SearchPage, name: str) -> dict[str, str]:
    [facet] = [each for each in page.facets if each.name == name]
    return {each.label: each.count for each in (*facet.values, *facet.more)}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("design=rct", [1001]),
        ("design=rct&design=cohort", [1001, 1002]),
        ("language=ger", [1003]),
        ("year=2019-2020", [1002]),
        ("year=2020-", [1001, 1003]),
        ("from=2021&to=2021", [1003]),
        ("age=adult", [1001, 1002]),
        ("age=adult&design=cohort", [1002]),
        ("species=humans&year=-2020", [1002]),
        ("journal=99000001X", [1001, 1002, 1003]),
        ("type=D016428", [1001, 1002, 1003]),
        ("type=Journal+Article", [1001, 1002, 1003]),
        ("abstract=yes", [1001, 1002, 1003]),
        ("free=yes", []),
        ("clinical=therapy-broad", [1001]),
    ],
)
def test_filters_leave_what_they_say(
    client: Client, shelf: None, filters: str, expected: list[int]
) -> None:
    assert pmids(page_at(client, f"/search?q=velotrine&{filters}")) == expected


def test_a_count_is_what_its_link_finds(client: Client, shelf: None) -> None:
    page = page_at(client, "/search?q=velotrine")

    followed = 0
    for facet in page.facets:
        for value in (*facet.values, *facet.more):
            assert page_at(client, value.address).total == value.count
            followed += 1
    assert page.years is not None
    for bar in page.years.bars:
        assert page_at(client, bar.address).total == bar.count
    assert followed > 8


def test_counts_of_a_kind_leave_its_own_filters_out(
    client: Client, shelf: None
) -> None:
    page = page_at(client, "/search?q=velotrine&design=rct&age=adult")

    assert counts(page, "design") == {
        "Randomised controlled trial": "1",
        "Cohort study": "1",
    }
    assert counts(page, "age") == {"Adult: 19 to 44 years": "1"}


def test_a_filter_that_is_on_is_a_chip_that_takes_it_off(
    client: Client, shelf: None
) -> None:
    page = page_at(client, "/search?q=velotrine&design=rct&year=2020-&order=newest")

    assert [(chip.kind, chip.label) for chip in page.chips] == [
        ("Year", "Since 2020"),
        ("Study design", "Randomised controlled trial"),
    ]
    assert page.chips[0].address == "/search?q=velotrine&design=rct&order=newest"
    assert page.unfiltered == "/search?q=velotrine&order=newest"


def test_another_query_keeps_the_filters_and_the_order(
    client: Client, shelf: None
) -> None:
    text = client.get("/search?q=velotrine&design=rct&order=newest&page=2").text

    [box] = re.findall(r'<form class="search-box".*?</form>', text, re.DOTALL)
    assert re.findall(r'name="([a-z]+)" value="([^"]*)"', box) == [
        ("design", "rct"),
        ("order", "newest"),
    ]


def test_filters_alone_are_a_search(client: Client, shelf: None) -> None:
    assert pmids(page_at(client, "/search?design=cohort")) == [1002]


def test_words_are_read_as_topics_until_that_is_switched_off(
    client: Client, shelf: None
) -> None:
    page = page_at(client, "/search?q=fever")

    [reading] = page.readings
    assert (reading.text, reading.kind, reading.read_as) == ("fever", "topic", "Fever")
    assert page.reading_switch == "/search?q=fever&map=off"

    alone = page_at(client, "/search?q=fever&map=off")

    assert alone.readings == ()
    assert alone.reading_switch == "/search?q=fever"


def test_results_in_groups_show_a_few_of_each_type_and_lead_to_all(
    client: Client, shelf: None
) -> None:
    shelve(
        *(
            an_article(pmid=2000 + n, title=f"Velotrine and rest {n}: a cohort study.")
            for n in range(6)
        )
    )
    following.follow(following.index())

    page = page_at(client, "/search?q=velotrine&group=evidence")

    assert [(group.name, len(group.cards), group.all) for group in page.groups] == [
        ("Systematic reviews and meta-analyses", 1, None),
        ("Trials", 1, None),
        ("Observational studies", 4, "All 7"),
    ]
    assert page_at(client, page.groups[2].address).total == "7"
    assert page.total == "9"


def test_a_heading_that_nobody_knows_is_told(client: Client, shelf: None) -> None:
    page = page_at(client, "/search?q=fever[mh]+OR+fevre[mh]+OR+FEVRE/dt[majr]")
    assert page.advice == (UNHEARD.format("“fevre”, “FEVRE/dt”"),)

    many = "+OR+".join(f"{'x' * 70}{n}[mh]" for n in range(5))
    [sentence] = page_at(client, f"/search?q={many}").advice
    assert sentence.endswith(f"“{'x' * 60}…” and 2 more.")
    assert page_at(client, "/search?q=fever[mh]+AND+fevre").advice == ()


def test_a_heading_that_is_not_widened_is_told(
    client: Client, shelf: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explosion, "MOST_TERMS", 1)

    page = page_at(client, "/search?q=fever[mh]&design=rct")

    assert page.advice == (NOT_WIDENED.format("“fever”"),)
    assert pmids(page) == [1001]


@pytest.mark.parametrize("order", ["best", "newest", "evidence"])
@pytest.mark.parametrize("filters", ["", "&year=2019-", "&design=cohort&design=rct"])
def test_a_download_is_what_the_page_shows(
    client: Client, shelf: None, order: str, filters: str
) -> None:
    asked = f"?q=velotrine{filters}&order={order}"

    page = page_at(client, f"/search{asked}")
    file = client.get(f"/search.csv{asked}").content.decode("utf-8-sig")

    rows = csv.DictReader(io.StringIO(file))
    assert [int(row["pmid"]) for row in rows] == [card.pmid for card in page.cards]


def test_the_form_under_the_list_downloads_the_same(
    client: Client, shelf: None
) -> None:
    page = page_at(client, "/search?q=velotrine&year=2019-2021&order=newest")
    assert page.selection is not None

    fields = dict(page.selection.fields)
    file = client.post("/export", {**fields, "which": "all", "format": "csv"})

    rows = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
    assert [int(row["pmid"]) for row in rows] == [card.pmid for card in page.cards]


def test_where_nothing_is_found_each_part_says_what_it_finds(
    client: Client, shelf: None
) -> None:
    page = page_at(client, "/search?q=velotrine+coughs+marrowleaf&map=off")

    assert page.total == "0"
    assert [(step.text, step.count) for step in page.steps] == [
        ("velotrine", "3"),
        ("coughs", "1"),
        ("marrowleaf", "1"),
    ]
    assert page_at(client, page.steps[0].address).total == "3"


def test_where_a_filter_leaves_nothing_the_page_says_what_it_hides(
    client: Client, shelf: None
) -> None:
    page = page_at(client, "/search?q=marrowleaf&design=rct&age=adult&year=1950")

    assert page.total == "0"
    assert page.steps == ()  # none of the three alone is what hides it

    page = page_at(client, "/search?q=velotrine&year=1950")

    assert [(step.text, step.count) for step in page.steps] == [
        ("without the filter year", "3")
    ]
    assert page_at(client, page.steps[0].address).total == "3"


def test_a_word_misspelled_is_spelled_right_at_a_click(client: Client) -> None:
    shelve(*(an_article(pmid=3000 + n) for n in range(20)))
    following.follow(following.index())

    page = page_at(client, "/search?q=velotrinne+fever&order=newest")

    assert page.advice == (MOST_OF_THEM,)
    assert page.spelling is not None
    assert page.spelling.text == "velotrine fever"
    assert page.spelling.address == "/search?q=velotrine+fever&order=newest"
    assert page_at(client, page.spelling.address).total == page.spelling.count == "20"


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ("q=velotrine+grouse+moor+tick+zebra", [12, 11]),
        ("q=velotrine+grouse+zebra&design=rct", []),  # a filter hides them
        ("q=velotrine+grouse+zebra&map=off", []),
        ("q=velotrine[ti]+AND+zebra[ti]", []),  # said exactly
    ],
)
def test_where_no_article_has_all_words_those_with_most_are_shown(
    client: Client, parameters: str, found: list[int]
) -> None:
    shelve(
        an_article(pmid=11, title="Velotrine for grouse."),
        an_article(pmid=12, title="Velotrine for grouse and moor tick."),
    )
    following.follow(following.index())

    page = page_at(client, f"/search?{parameters}")
    file = client.get(f"/search.csv?{parameters}")

    assert [card.pmid for card in page.cards] == found
    assert (MOST_OF_THEM in page.advice) == (bool(found) or "design" in parameters)
    if found:
        rows = csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig")))
        assert [int(row["pmid"]) for row in rows] == found
    assert "<entry>" not in client.get(f"/search.atom?{parameters}").content.decode()


def test_only_what_came_in_since_a_revision(client: Client, shelf: None) -> None:
    later = shelve(an_article(pmid=1009)).revision
    following.follow(following.index())

    page = page_at(client, f"/search?q=velotrine&since={later - 1}")

    assert pmids(page) == [1009]
    assert [chip.label for chip in page.chips] == ["New"]
    assert page_at(client, page.chips[0].address).total == "4"
    assert page_at(client, f"/search?since={later}").total == "0"


def test_many_journals_and_types_cost_no_more_questions_to_the_database(
    client: Client, shelf: None
) -> None:
    def asked(several: range) -> int:
        shelve(
            *(
                an_article(
                    pmid=3000 + n,
                    title="Velotrine.",
                    journal=Journal(f"Annals {n}", nlm_id=f"9900{n}"),
                    publication_types=(PublicationType(f"D09900{n}", f"Kind {n}"),),
                )
                for n in several
            )
        )
        following.follow(following.index())
        page_at(client, "/search?q=velotrine")
        with CaptureQueriesContext(connection) as queries:
            page_at(client, "/search?q=velotrine")
        return len(queries)

    assert asked(range(1)) == asked(range(1, 9))
    page = page_at(client, "/search?q=velotrine")
    assert counts(page, "journal")["Annals 7"] == counts(page, "type")["Kind 7"] == "1"


def test_a_query_too_long_for_links_is_answered_without_them(
    client: Client, shelf: None
) -> None:
    response = client.get("/search", {"q": "velotrine OR " * 900 + "fever"})

    page = response.context["page"]
    assert page.total == "3"
    assert page.facets == page.orders == ()
    assert page.feed is page.parameters is page.grouping is None
    assert "too long for links" in response.text
    assert len(response.text) < 150_000


def test_help_names_every_field_and_every_filter(client: Client) -> None:
    response = client.get("/search")

    page, text = response.context["page"], unescape(response.text)
    assert len(page.fields) > 50
    assert all(f"[{field.tag}]" in text for field in page.fields)
    assert all(f"<code>{each.name}=</code>" in text for each in page.filters)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("sent:me", "sign in to use it"),
        ("in:saved", "sign in to use it"),
        ("in:attic", "no list of yours"),
        ("velotrine AND sent:me", "sign in to use it"),
    ],
)
def test_a_list_of_one_s_own_says_what_it_needs(
    client: Client, shelf: None, query: str, sentence: str
) -> None:
    response = client.get("/search", {"q": query})

    assert response.context["page"].total == "0"
    assert sentence in unescape(response.text)
    assert "no-store" in response["Cache-Control"]
    assert response.context["page"].feed is None
