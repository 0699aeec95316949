"""Lists of collections, and collections beside an article."""

import pytest
from django.test import Client

from ownjournal.collections import (
    addresses,
    arranging,
    curating,
    directory,
    suggesting,
)
from ownjournal.collections.groups import membership
from ownjournal.collections.models import Collection
from ownjournal.readers.models import Reader

from .conftest import FIRST, NOW, signed_in


def public(reader: Reader, title: str) -> Collection:
    collection = curating.make(reader, title, NOW)
    collection.visibility = "public"
    collection.save()
    return collection


def test_the_directory_has_public_ones_alone(
    fevers: Collection, ada: Reader, bea: Reader, client: Client
) -> None:
    empty = client.get("/collections").text
    assert "Nobody has made a collection public yet" in empty
    public(ada, "Gout of Merrow")
    two = public(bea, "Falls & <b>fractures</b>")
    arranging.add(two, [FIRST, FIRST + 1], NOW, by=bea)

    page = client.get("/collections").text

    assert "Fevers" not in page
    assert "Gout of Merrow" in page
    assert "Falls &amp; &lt;b&gt;fractures&lt;/b&gt;" in page
    assert "2 articles" in page
    found = client.get("/collections", {"q": "merrow GOUT"}).text
    assert "Gout of Merrow" in found
    assert "fractures" not in found
    nothing = client.get("/collections", {"q": "x\0%_" * 90})
    assert "No public collection has this" in nothing.text


def test_it_has_pages(
    ada: Reader, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "A_PAGE", 2)
    for number in range(3):
        public(ada, f"Part {number}")

    pages = [client.get("/collections", {"page": page}).text for page in (1, 2)]

    found = [[n for n in range(3) if f"Part {n}" in page] for page in pages]
    assert sorted(found[0] + found[1]) == [0, 1, 2]
    assert 'rel="next"' in pages[0]


def test_mine_begins_with_saved_articles(fevers: Collection, ada: Reader) -> None:
    page = signed_in(ada).get("/collections/mine").text

    assert page.index("Saved articles") < page.index("Fevers of Merrow")
    assert Client().get("/collections/mine").status_code == 302


def test_a_title_that_is_none_begins_nothing(ada: Reader) -> None:
    client = signed_in(ada)
    for title in ("", "  \n", "x" * 201):
        client.post("/collections/new", {"title": title})

    assert not Collection.objects.exists()


def test_an_article_says_in_which_public_ones_it_is(
    fevers: Collection, ada: Reader, client: Client
) -> None:
    shown = public(ada, "Gout of Merrow")
    for each in (fevers, shown):
        arranging.add(each, [FIRST], NOW, by=ada)

    page = client.get(f"/articles/{FIRST}").text

    assert addresses.path_of(shown) in page
    assert "Fevers of Merrow" not in page
    assert "Add to a collection" not in page


def test_an_article_is_added_from_its_page(fevers: Collection, ada: Reader) -> None:
    client, path = signed_in(ada), f"/articles/{FIRST}/collect"
    assert "Fevers of Merrow" in client.get(f"/articles/{FIRST}").text

    into = client.post(path, {"collection": fevers.pk, "line": "Look\nhere"})
    client.post(path, {"collection": "new", "title": "Falls"})
    client.post(path, {"collection": "new", "title": ""})
    client.post("/articles/12345/collect", {"collection": fevers.pk})

    assert into["Location"] == f"/articles/{FIRST}"
    assert fevers.articles.get().line == "Look here"
    titles = Collection.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["Fevers of Merrow", "Falls"]
    away = client.post(path, {"collection": fevers.pk, "back": "https://evil.test/"})
    assert away["Location"] == f"/articles/{FIRST}"


def test_what_is_suggested_is_told_to_those_who_may_take_it(
    ada: Reader, cleo: Reader, shelf: object, client: Client
) -> None:
    shown = public(ada, "Gout of Merrow")
    suggesting.suggest(shown, cleo, str(FIRST), "", NOW)

    assert "1 suggested" in signed_in(ada).get("/collections/mine").text
    assert "suggested" not in client.get("/collections").text


def test_operators_take_back_what_is_public_and_see_nothing_private(
    fevers: Collection, ada: Reader, cleo: Reader, client: Client
) -> None:
    shown = public(ada, "Gout of Merrow")
    cleo.is_operator = True
    cleo.save()
    operator, path = signed_in(cleo), "/admin/collections/collection/"

    page = operator.get(path).text
    assert "Gout of Merrow" in page
    assert "Fevers of Merrow" not in page
    assert operator.get(f"{path}{fevers.pk}/change/").status_code == 302
    changed = operator.post(f"{path}{shown.pk}/change/", {"visibility": "private"})
    assert changed.status_code == 302
    assert "Gout of Merrow" not in client.get("/collections").text
    assert signed_in(ada).get(path).status_code in (302, 403)


def test_a_member_plans_a_meeting_from_an_article(ada: Reader, shelf: object) -> None:
    group = membership.make(ada, "Journal club", NOW)
    path = f"/groups/{group.pk}/meetings/new?article={FIRST}"

    assert path in signed_in(ada).get(f"/articles/{FIRST}").text
    assert f'value="{FIRST}"' in signed_in(ada).get(path).text
