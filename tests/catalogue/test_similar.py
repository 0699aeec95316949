"""Similar articles: the page, the part of another page, and what is remembered."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from made.articles import an_article
from made.notes import a_note
from made.pages import visible
from made.shelf import shelve
from ownjournal.catalogue import following, similar, vectors
from ownjournal.catalogue.models import Vector
from ownjournal.catalogue.similar import AT_FIRST
from ownjournal.pubmed.article import (
    Abstract,
    Article,
    Correction,
    Markup,
    MeshHeading,
    OtherAbstract,
    Section,
)

pytestmark = pytest.mark.django_db

FORMS = ["/articles/77/similar", "/articles/77/similar/part"]


@pytest.fixture(autouse=True)
def nothing_remembered(own_index: None) -> Iterator[None]:
    similar._similar.cache_clear()
    yield
    similar._similar.cache_clear()


def keep(*articles: Article) -> None:
    shelve(*articles)
    following.follow(following.index())


def entitled(pmid: int, title: str, **more: Any) -> Article:
    more.setdefault("abstract", None)
    return an_article(pmid=pmid, title=Markup(title), **more)


PODAGRA = [
    entitled(77, "Velotrine for podagra of the elbow."),
    entitled(78, "Podagra of the elbow: what velotrine does."),
    entitled(79, "Marrowleaf for coughs."),
]


@pytest.mark.parametrize("address", FORMS)
def test_articles_like_it_are_listed_with_what_they_share(
    client: Client, address: str
) -> None:
    keep(*PODAGRA)

    response = client.get(address)
    text = visible(response.text)

    assert response.status_code == 200
    assert 'href="/articles/78"' in response.text
    assert 'href="/articles/79"' not in response.text
    told = text.split("In both: ")[1].lower()
    assert all(word in told for word in ("podagra", "elbow", "velotrine"))


def test_the_part_has_no_frame_and_the_page_has_one(client: Client) -> None:
    keep(*PODAGRA)

    assert "<html" not in client.get(FORMS[1]).text
    page = client.get(FORMS[0]).text
    assert "<html" in page
    assert '<a href="/articles/77">Velotrine for podagra of the elbow</a>' in page


def test_all_but_the_first_are_folded(client: Client) -> None:
    keep(*(entitled(n, f"Podagra of the elbow in {n}.") for n in range(77, 77 + 9)))

    page = client.get(FORMS[1]).text

    assert page.count("<li>") == 8
    assert page.index("3 more") > page.index("<li>")
    assert f'start="{AT_FIRST + 1}"' in page


def test_a_note_that_leads_one_of_them_stands_in_the_list(client: Client) -> None:
    keep(*PODAGRA)
    a_note(pmid=78, text="It *fades*.")

    assert "It <em>fades</em>." in client.get(FORMS[0]).text


@pytest.mark.parametrize("address", FORMS)
def test_nothing_like_it_is_said(client: Client, address: str) -> None:
    keep(PODAGRA[0], PODAGRA[2])

    assert "No article here is like it" in client.get(address).text


def test_what_belongs_to_it_or_was_retracted_is_left_out(client: Client) -> None:
    """One is linked, one retracted, one retracted by a notice alone."""
    title = "Podagra of the elbow joint, and velotrine."
    keep(
        PODAGRA[0],
        entitled(
            81, f"Comment: {title}", corrections=(Correction("CommentOn", pmid=77),)
        ),
        entitled(
            82, f"Two: {title}", corrections=(Correction("RetractionIn", pmid=9),)
        ),
        entitled(83, f"Three: {title}"),
        entitled(84, "Retraction.", corrections=(Correction("RetractionOf", pmid=83),)),
        entitled(85, f"Five: {title}"),
    )

    page = client.get(FORMS[1]).text

    assert [n for n in range(78, 90) if f"/articles/{n}" in page] == [85]


def test_headings_count_and_an_abstract_in_another_language_does_not(
    client: Client,
) -> None:
    headings = (MeshHeading("D006073", "Gout", True), MeshHeading("D033461", "Uric"))
    spanish = OtherAbstract("Publisher", "spa", (Section(Markup("Codo rodilla.")),))
    keep(
        entitled(
            77,
            "Podagra.",
            mesh=headings,
            abstract=Abstract((Section(Markup("Podagra.")),)),
            other_abstracts=(spanish,),
        ),
        entitled(78, "Another thing.", mesh=headings),
        entitled(79, "Codo rodilla.", abstract=Abstract((Section(Markup("Codo.")),))),
    )

    text = visible(client.get(FORMS[1]).text)

    assert "In both: Gout" in text
    assert "codo" not in text.lower()


def test_a_refused_condition_is_kept_by_nobody(client: Client) -> None:
    keep(*PODAGRA)

    refused = client.get(FORMS[1], headers={"if-match": '"of another day"'})

    assert refused.status_code == 412
    assert "Cache-Control" not in refused


def test_the_part_is_sent_again_only_when_something_changed(client: Client) -> None:
    keep(*PODAGRA)
    first = client.get(FORMS[1])
    tag = {"if-none-match": first["ETag"]}

    assert first["Cache-Control"] == "public, max-age=600"
    assert "Cookie" not in first.get("Vary", "")
    assert client.get(FORMS[1], headers=tag).status_code == 304

    keep(entitled(80, "Velotrine in podagra of both elbows."))
    again = client.get(FORMS[1], headers=tag)

    assert again.status_code == 200
    assert 'href="/articles/80"' in again.text


ATTACK = [
    entitled(77, "Aspirin against a second heart attack."),
    entitled(78, "Aspirin tax: a second attack on the heart of parliament."),
    entitled(79, "Heart attack: recurrence is prevented by aspirin."),
    entitled(80, "Heart of an attack: on chess."),
]


def listed(client: Client) -> list[int]:
    found = re.findall(
        r'<li>.*?href="/articles/(\d+)"', client.get(FORMS[1]).text, re.S
    )
    return [int(pmid) for pmid in found]


def test_their_order_is_by_meaning_too_once_the_worker_was_there(
    client: Client, settings: Any
) -> None:
    settings.SEMANTIC = True
    keep(*ATTACK)
    before, tag = listed(client), client.get(FORMS[1])["ETag"]
    assert "by their meaning" not in client.get(FORMS[0]).text
    told = client.get("/api/v1/similar/77").json()
    assert (before, told["by_meaning"]) == ([78, 79, 80], False)
    assert set(Vector.objects.values_list("pk", flat=True)) == {77, 78, 79, 80}

    vectors.make()

    assert listed(client) == [79, 78, 80]
    assert "by their meaning too" in client.get(FORMS[0]).text
    assert client.get(FORMS[1], headers={"if-none-match": tag}).status_code == 200
    told = client.get("/api/v1/similar/77").json()
    assert told["by_meaning"] is True
    assert [each["pmid"] for each in told["articles"]] == [79, 78, 80]


@pytest.mark.parametrize("lacking", [77, 80])
def test_their_order_is_by_words_where_a_vector_lacks(
    client: Client, settings: Any, lacking: int
) -> None:
    settings.SEMANTIC = True
    keep(*ATTACK)
    vectors.make()
    Vector.objects.filter(pk=lacking).update(made_from=None, packed=None)

    assert listed(client) == [78, 79, 80]


def test_an_article_that_gets_no_vector_has_its_similar_ones_by_words(
    client: Client, settings: Any
) -> None:
    settings.SEMANTIC = True
    keep(*ATTACK)
    vectors.make()
    Vector.objects.filter(pk=77).update(packed=None)

    assert listed(client) == [78, 79, 80]


def test_switched_off_nothing_is_noted(client: Client) -> None:
    keep(*ATTACK)

    assert listed(client) == [78, 79, 80]
    assert not Vector.objects.exists()


def test_it_is_worked_out_once_for_all_who_ask(client: Client) -> None:
    keep(*PODAGRA)

    for address in [*FORMS, *FORMS]:
        client.get(address)

    assert similar._similar.cache_info().misses == 1


def test_an_article_taken_back_since_is_not_shown(client: Client) -> None:
    keep(*PODAGRA)
    client.get(FORMS[1])
    shelve(taken_back=[78])

    assert 'href="/articles/78"' not in client.get(FORMS[1]).text


def test_an_article_that_is_not_here_has_its_own_answer(client: Client) -> None:
    page, part = (client.get(address) for address in FORMS)

    assert (page.status_code, page["Location"]) == (302, "/articles/77")
    assert (part.status_code, part.text) == (404, "")


def test_without_a_usable_index_it_says_so(client: Client, tmp_path: Path) -> None:
    keep(*PODAGRA)
    (tmp_path / "index" / "live").write_text("lost")

    page, part = (client.get(address) for address in FORMS)

    assert page.status_code == part.status_code == 503
    assert "cannot be shown" in page.text


def test_a_hostile_title_stays_text(client: Client) -> None:
    keep(
        entitled(77, "Podagra &lt;script&gt;x&lt;/script&gt; of the \u202eelbow."),
        entitled(78, "&lt;img src=x onerror=y&gt; podagra of the elbow"),
    )

    for address in FORMS:
        page = client.get(address).text
        assert "<script>x" not in page
        assert "<img src=x" not in page
