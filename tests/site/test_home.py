from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from made.articles import an_article
from made.notes import a_note
from made.shelf import shelve
from ownjournal.pubmed.article import Correction, Markup, MeshHeading, PublicationType
from ownjournal.readers.accounts.models import MailedCode

pytestmark = pytest.mark.django_db

HUMANS = MeshHeading("D006801", "Humans")
TRIAL = PublicationType("D016449", "Randomized Controlled Trial")


def now() -> datetime:
    return datetime.now(UTC)


def test_an_empty_journal_says_so(client: Client) -> None:
    page = client.get("/").text

    assert "<strong" in page
    assert ">0</strong> articles indexed" in page
    assert "Nothing new has come in this week." in page
    assert "No article has been loaded yet." in page


def test_the_count_is_live(client: Client) -> None:
    shelve(an_article(pmid=1), an_article(pmid=2), at=now())
    assert ">2</strong> articles indexed" in client.get("/").text

    shelve(taken_back=[1], at=now())
    assert ">1</strong> articles indexed" in client.get("/").text


def test_the_newest_come_first_and_the_best_of_the_week_have_their_place(
    client: Client,
) -> None:
    trial = an_article(
        pmid=11,
        title="Velotrine or placebo for fever after a fall: a randomised trial.",
        publication_types=(TRIAL,),
        mesh=(HUMANS,),
    )
    shelve(trial, an_article(pmid=12, title="A later note."), at=now())

    page = client.get("/").text
    best, _, newest = page.partition('id="newest"')

    assert 'href="/articles/11"' in best
    assert newest.index("/articles/12") < newest.index("/articles/11")


def test_what_came_before_this_week_is_not_best_of_it(client: Client) -> None:
    shelve(
        an_article(pmid=11, publication_types=(TRIAL,), mesh=(HUMANS,)),
        at=now() - timedelta(days=9),
    )

    assert "Nothing new has come in this week." in client.get("/").text


def test_a_retracted_article_is_never_among_the_best(client: Client) -> None:
    shelve(
        an_article(
            pmid=11,
            publication_types=(TRIAL,),
            mesh=(HUMANS,),
            corrections=(Correction("RetractionIn", "J Invent Med. 2026", 12),),
        ),
        at=now(),
    )

    best, _, newest = client.get("/").text.partition('id="newest"')

    assert "/articles/11" not in best
    assert "Retracted" in newest


def test_invented_articles_are_called_so(client: Client) -> None:
    shelve(an_article(pmid=99_000_017, title=Markup("Invented.")), at=now())

    assert "These are invented examples." in client.get("/").text


def test_the_panel_takes_an_address(client: Client) -> None:
    page = client.get("/").text
    assert 'action="/sign-up"' in page

    client.post("/sign-up", {"email": "ada@example.org"})

    assert MailedCode.objects.get().address == "ada@example.org"


def test_robots_stay_out_of_searches(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /search" in response.text


def test_it_says_how_many_arrived_and_when(client: Client) -> None:
    shelve(an_article(pmid=1), an_article(pmid=2), at=now() - timedelta(days=3))
    assert f"2 articles</strong> arrived on {told(now() - timedelta(days=3))}" in (
        client.get("/").text
    )

    shelve(an_article(pmid=3), at=now())
    assert "1 article</strong> arrived today" in client.get("/").text


def told(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def test_the_best_of_the_week_stand_under_their_specialties_too(client: Client) -> None:
    shelve(
        *(
            an_article(
                pmid=pmid,
                title=f"{title}: a randomised controlled trial.",
                publication_types=(TRIAL,),
                mesh=(HUMANS,),
            )
            for pmid, title in enumerate(
                ("Velotrine for asthma", "Atrial fibrillation and velotrine") * 4, 11
            )
        ),
        at=now(),
    )

    response = client.get("/")
    page = response.context["page"]

    names = {each.name: len(each.cards) for each in page.specialties}
    assert names.keys() >= {"Cardiology"}
    assert all(1 <= count <= 2 for count in names.values())
    shown = [c.pmid for each in page.specialties for c in each.cards]
    shown += [card.pmid for card in page.best]
    assert len(shown) == len(set(shown))
    assert 'id="by-specialty"' in response.text


def test_the_newest_public_pearls_stand_with_their_articles(client: Client) -> None:
    shelve(an_article(pmid=11), at=now())
    pearl = {"kind": "pearl", "pmid": 11}
    a_note(text="Count *the ribs* first.", visibility="public", **pearl)
    a_note(text="Mine alone.", visibility="private", **pearl)
    a_note(
        text="Of no article here.", visibility="public", kind="pearl", pmid=12
    ).save()

    _, _, pearls = client.get("/").text.partition('id="pearls"')

    assert "<em>the ribs</em>" in pearls
    assert "Velotrine for fever after a fall" in pearls
    assert "Mine alone" not in pearls
    assert "Of no article here" not in pearls


def test_a_page_without_pearls_says_what_one_is(client: Client) -> None:
    assert "what you would tell a colleague" in client.get("/").text


def test_the_masthead_leads_to_journals_and_topics(client: Client) -> None:
    page = client.get("/appraisal").text

    for address in ("/journals", "/topics"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
