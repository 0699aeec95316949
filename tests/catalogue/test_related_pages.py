"""What other records say of an article, as a browser gets it."""

import pytest
from django.test import Client

from made.articles import an_article
from made.pages import visible
from made.related import PREPRINTED, SAME, TRIAL, citing, keep, linking
from made.valid_html import faults_of
from ownjournal.pubmed.article import Correction, Markup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


def test_the_page_shows_each_relation_once(client: Client) -> None:
    keep(
        an_article(
            pmid=77,
            title=SAME,
            data_banks=TRIAL,
            corrections=(Correction("CommentIn", "Merrow. 2026;1:1", 79),),
        ),
        an_article(pmid=78, title=SAME, publication_types=PREPRINTED),
        linking(79, "CommentOn", 77),
        linking(80, "CommentOn", 77),
        an_article(pmid=81, title=Markup("Of 81."), data_banks=TRIAL),
        citing(82, 77),
    )

    page = client.get("/articles/77").text
    text = visible(page)

    assert [page.count(f'href="/articles/{n}"') for n in range(78, 83)] == [1] * 5
    assert page.count('id="linked"') == 1
    assert "Preprint of this article:" in text
    assert "Comment in: Marrowleaf number 79 Merrow. 2026;1:1" in text
    assert "Also registered as NCT09999999" in text
    assert "Cited here by 1 article Citing number 82" in text
    assert 'href="/articles/77/cited-by"' not in page


def test_an_article_without_relations_shows_no_empty_part(client: Client) -> None:
    keep(an_article(pmid=77))

    page = client.get("/articles/77").text

    for part in ("forms", "linked", "registration-1", "cited-by"):
        assert f'id="{part}"' not in page
    assert 'href="/articles/77/similar"' in page


def test_a_retraction_known_from_its_notice_is_on_the_page_and_in_lists(
    client: Client,
) -> None:
    keep(an_article(pmid=77, title=SAME), linking(78, "RetractionOf", 77))

    page = " ".join(client.get("/articles/77").text.split())
    found = client.get("/search", {"q": "velotrine"}).text
    text = client.get("/articles/77.txt").text

    assert "This article has been retracted." in page
    assert 'Retraction in: <a href="/articles/78">' in page
    assert 'class="struck"' in page
    assert 'class="struck"' in found
    assert "Retracted" in found
    assert "retracted" in text


def test_hostile_titles_of_other_articles_stay_text(client: Client) -> None:
    bad = Markup("&lt;script&gt;x&lt;/script&gt; \u202eof the elbow")
    keep(
        an_article(pmid=77),
        linking(78, "CommentOn", 77, title=bad),
        an_article(pmid=79, title=bad, references=citing(1, 77).references),
    )

    page = client.get("/articles/77").text

    assert "<script>x" not in page
    assert page.count("<bdi>&lt;script&gt;x") == 2


@pytest.mark.slow
def test_every_page_is_valid_html(client: Client) -> None:
    keep(
        an_article(pmid=77, title=SAME, data_banks=TRIAL),
        an_article(pmid=78, title=SAME, publication_types=PREPRINTED),
        linking(79, "CommentOn", 77),
        *(
            an_article(
                pmid=pmid,
                title=Markup(f"Velotrine for <i>podagra</i> &lt; {pmid}."),
                data_banks=TRIAL,
                references=citing(1, 77).references,
            )
            for pmid in range(80, 90)
        ),
    )
    addresses = ["/articles/77", "/articles/77/similar", "/articles/77/cited-by"]
    addresses += ["/articles/78/cited-by", "/doi/10.9/%3Cnone%3E", "/doi/10.9/x"]
    pages = {address: client.get(address).text for address in addresses}
    part = client.get("/articles/77/similar/part").text
    empty = pages["/articles/78/cited-by"]
    frame, _, behind = empty.partition('<div class="article-list">')
    pages["the part"] = frame + part + '<div class="article-list">' + behind

    assert part.count("<li>") > 5
    assert faults_of(pages) == []
