"""A collection's page, history and files, to whoever may see them and nobody else."""

import pytest
from django.test import Client

from made.articles import an_article
from made.feeds import ATOM, valid_atom, valid_json_feed
from made.notes import a_note
from made.shelf import shelve
from ownjournal.collections import addresses, arranging, curating
from ownjournal.collections.groups import membership
from ownjournal.collections.models import Collection
from ownjournal.pubmed.article import Article, PublicationType
from ownjournal.readers.models import Reader

from .conftest import FIRST, NOW, signed_in

PARTS = ("", "/history", "/export?format=ris", "/edit", "/add", "/settings")


@pytest.fixture
def filled(fevers: Collection, ada: Reader) -> Collection:
    pmids = [FIRST, FIRST + 1, FIRST + 2]
    arranging.add(fevers, pmids, NOW, by=ada)
    arranging.say(fevers, FIRST + 1, "Read <b>this</b> first", NOW, by=ada)
    return fevers


def shown_to(collection: Collection, visibility: str) -> str:
    collection.visibility = visibility
    collection.save()
    return addresses.start_of(collection)


def test_a_private_one_is_not_there_for_others(
    filled: Collection, ada: Reader, cleo: Reader
) -> None:
    start = shown_to(filled, "private")

    for part in PARTS:
        assert signed_in(cleo).get(start + part).status_code == 404, part
    assert [Client().get(start + part).status_code for part in PARTS[:3]] == [404] * 3
    for form in ("atom", "json"):
        assert Client().get(f"{start}/feed.{form}").status_code == 404
    for part in PARTS:
        assert signed_in(ada).get(start + part, follow=True).status_code == 200, part


def test_nobody_but_its_curators_changes_a_public_one(
    filled: Collection, cleo: Reader
) -> None:
    start = shown_to(filled, "public")
    stranger = signed_in(cleo)
    section = arranging.add_section(
        filled, "Trials", NOW, by=filled.curators.get().reader
    )
    forms = {
        f"/articles/{FIRST}": {"do": "remove"},
        "/sections": {"do": "remove", "section": section.pk},
        "/add": {"text": str(FIRST + 5)},
        "/settings": {"title": "Mine", "visibility": "public"},
        "/curators": {"do": "leave"},
        "/link": {},
        "/delete": {"title": filled.title},
    }

    for path, form in forms.items():
        assert stranger.post(start + path, form).status_code == 404, path
        assert Client().post(start + path, form).status_code == 302, path
    collect = f"/articles/{FIRST + 5}/collect"
    assert stranger.post(collect, {"collection": filled.pk}).status_code == 404
    assert filled.articles.count() == 3


def test_the_page_lists_articles_in_order_with_their_lines(
    filled: Collection, client: Client
) -> None:
    start = shown_to(filled, "public")
    assert client.get(start).status_code == 301
    assert client.get(f"{start}/old-title")["Location"] == f"{start}/fevers-of-merrow"

    page = client.get(f"{start}/fevers-of-merrow").text

    titles = [page.index(f"Velotrine in village {number}") for number in range(3)]
    assert titles == sorted(titles)
    assert "Read &lt;b&gt;this&lt;/b&gt; first" in page
    assert "Kept by <bdi>A reader</bdi>" in page


@pytest.mark.parametrize("title", ["Notes", "Edit", "发热", "!!!", "a" * 200])
def test_any_title_has_an_address(
    title: str, filled: Collection, client: Client
) -> None:
    filled.title = title
    start = shown_to(filled, "public")

    page = client.get(start, follow=True)

    assert page.status_code == 200
    assert title in page.text


def test_a_link_opens_it_until_there_is_a_new_one(
    filled: Collection, ada: Reader
) -> None:
    shown_to(filled, "link")
    link = addresses.link_of(filled)
    assert link is not None
    start = link.rpartition("/")[0]

    page = Client().get(link)
    assert page.status_code == 200
    assert 'content="noindex"' in page.text
    assert Client().get(f"{start}/history").status_code == 200
    ris = Client().get(f"{start}/export", {"format": "ris"})
    assert ris.content.count(b"TY  - ") == 3
    valid_atom(Client().get(f"{start}/feed.atom").content)
    assert Client().get(addresses.path_of(filled)).status_code == 404
    assert "Fevers of Merrow" not in Client().get("/collections").text

    signed_in(ada).post(f"{addresses.start_of(filled)}/link")
    for part in (link, f"{start}/history", f"{start}/feed.atom"):
        assert Client().get(part).status_code == 404
    filled.refresh_from_db()
    newer = addresses.link_of(filled) or ""
    assert Client().get(newer).status_code == 200
    shown_to(filled, "private")
    assert Client().get(newer).status_code == 404


def test_what_belongs_to_a_group_is_seen_and_filled_by_its_members(
    filled: Collection, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    group = membership.make(ada, "Ward 3", NOW)
    membership.join(group, bea, NOW)
    filled.group = group
    start = shown_to(filled, "group")
    member = signed_in(bea)

    assert member.get(start, follow=True).status_code == 200
    added = member.post(f"{start}/add", {"text": f"PMID {FIRST + 5}"})
    assert "1 article added" in added.text
    assert member.get(f"{start}/settings").status_code == 404
    assert signed_in(cleo).get(start).status_code == 404
    membership.leave(group, bea)
    assert member.get(start).status_code == 404
    shown_to(filled, "private")
    membership.join(group, bea, NOW)
    assert member.get(start).status_code == 404


def test_the_history_says_what_was_done(
    filled: Collection, ada: Reader, client: Client
) -> None:
    curating.rename(filled, ada, "Ada Quillfeather")
    start = shown_to(filled, "public")
    arranging.remove(filled, FIRST, NOW, by=ada)

    page = " ".join(client.get(f"{start}/history").text.split())

    assert page.index("Taken out") < page.index("A new line") < page.index("Made")
    assert "by <bdi>Ada Quillfeather</bdi>" in page
    assert "Velotrine in village 0" in page


def test_feeds_are_valid_and_mark_what_was_retracted(
    filled: Collection, client: Client
) -> None:
    start = shown_to(filled, "public")
    shelve(_retracted())

    feed = valid_atom(client.get(f"{start}/feed.atom").content)
    items = valid_json_feed(client.get(f"{start}/feed.json").content)["items"]

    titles = [each.text for each in feed.findall(f"{ATOM}entry/{ATOM}title")]
    assert titles == [item["title"] for item in items]
    assert "RETRACTED: Velotrine in village 0" in titles
    assert len(titles) == 3


def test_a_retracted_article_is_marked_at_once(
    filled: Collection, client: Client
) -> None:
    start = shown_to(filled, "public")
    assert "been retracted" not in client.get(start, follow=True).text

    shelve(_retracted(), taken_back=[FIRST + 2])

    page = client.get(start, follow=True).text
    assert "1 of the articles on this page has been retracted" in page
    assert "PubMed no longer has this article." in page


@pytest.mark.parametrize("format", ["ris", "bibtex", "nbib", "csl-json", "csv", "text"])
def test_it_is_exported_in_all_formats(
    format: str, filled: Collection, client: Client
) -> None:
    start = shown_to(filled, "public")

    whole = client.post(f"{start}/export", {"format": format, "which": "all"})
    ticked = client.post(f"{start}/export", {"format": format, "pmid": FIRST})

    assert whole.text.count("Velotrine in village") == 3
    assert 'filename="collection-fevers-of-merrow' in whole["Content-Disposition"]
    assert ticked.status_code == 200
    none = client.post(f"{start}/export", {"format": format, "which": "selected"})
    assert none.status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/collections/0",
        "/collections/999999999999999999",
        "/collections/9999999999999999999999",
        "/collections/1-zz/x",
        f"/collections/1-{'0' * 32}/x",
        "/collections/%00",
        "/collections/-1/edit",
    ],
)
@pytest.mark.django_db
def test_what_is_no_collection_is_not_found(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


def test_pages_that_there_are_not_give_the_nearest(
    filled: Collection, client: Client
) -> None:
    start = shown_to(filled, "public")

    for number in ("0", "99", "-1", "x", "1e9"):
        page = client.get(f"{start}/fevers-of-merrow", {"page": number})
        assert "Velotrine in village 1" in page.text, number


def _retracted() -> Article:
    return an_article(
        pmid=FIRST,
        title="Velotrine in village 0",
        publication_types=(PublicationType("D016441", "Retracted Publication"),),
    )


def test_the_note_that_leads_an_article_stands_in_it(filled: Collection) -> None:
    start = shown_to(filled, "public")
    a_note(pmid=FIRST + 1, text="It *fades*.")

    page = Client().get(start, follow=True).text

    assert page.count('class="card-note"') == 1
    assert "It <em>fades</em>." in page
