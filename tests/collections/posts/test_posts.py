"""Posts: written by editors, read by everybody once they are published."""

import feedparser
import pytest
from django.conf import settings
from django.test import Client

from made.feeds import valid_atom, valid_json_feed
from made.notes import a_note
from made.shelf import shelve
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.posts import leaving, writing
from ownjournal.collections.posts.models import Editor, Pick, Post
from ownjournal.collections.posts.reading import path_of
from ownjournal.readers.models import Reader

from ..conftest import FIRST, NOW, signed_in

TEXT = f"""# What we saw

Fever was *common*[^1].

pmid:{FIRST}

It is told of pmid:{FIRST + 1} too.

## Then

[^1]: In Merrow.
"""


def a_form(post: Post, **changes: str) -> dict[str, str]:
    return {
        "title": "Fever in spring",
        "text": TEXT,
        "tags": "Fever, spring",
        "name": "Ada Quillfeather",
        "seen": str(Post.objects.get(pk=post.pk).edits),
        "do": "keep",
    } | changes


def publish(post: Post, editor: Reader) -> str:
    form = a_form(post, do="publish")
    answer = signed_in(editor).post(f"/posts/{post.pk}/edit", form)
    assert answer.status_code == 302
    return answer["Location"]


def test_a_draft_is_not_there_for_others(
    draft: Post, editor: Reader, cleo: Reader
) -> None:
    path, stranger = f"/posts/{draft.pk}", signed_in(cleo)

    assert Client().get(path, follow=True).status_code == 404
    assert stranger.get(path).status_code == 404
    assert "Draft" in signed_in(editor).get(path, follow=True).text
    assert "Fever in spring" not in Client().get("/posts").text
    for each in (f"{path}/edit", "/posts/drafts"):
        assert stranger.get(each).status_code == 404
    for each in (f"{path}/edit", "/posts/new", f"/articles/{FIRST}/pick"):
        assert stranger.post(each, a_form(draft)).status_code == 404, each
    assert "Pick for the editors" not in stranger.get(f"/articles/{FIRST}").text


def test_operators_are_editors_too(ada: Reader) -> None:
    assert not writing.is_editor(ada)
    ada.is_operator = True
    assert writing.is_editor(ada)


def test_a_published_post_shows_articles_footnotes_tags_and_authors(
    draft: Post, editor: Reader
) -> None:
    path = publish(draft, editor)

    page = Client().get(path).text

    assert "<em>common</em>" in page
    assert "In Merrow." in page
    assert "Kept by" not in page
    assert "Ada Quillfeather" in page
    assert page.count('class="article-card') == 1
    assert f'<a href="/articles/{FIRST + 1}">pmid:{FIRST + 1}</a>' in page
    assert 'href="/posts?tag=spring"' in page
    listed = Client().get("/posts", {"tag": "Spring"}).text
    assert "Fever in spring" in listed
    assert "Nothing has been published" in Client().get("/posts?tag=none").text
    assert Client().get(f"/posts/{draft.pk}/old")["Location"] == path


def test_a_preview_keeps_nothing(draft: Post, editor: Reader) -> None:
    page = signed_in(editor).post(
        f"/posts/{draft.pk}/edit", a_form(draft, do="preview", title="New & better")
    )

    assert page.status_code == 200
    assert "<em>common</em>" in page.text
    assert 'value="New &amp; better"' in page.text
    draft.refresh_from_db()
    assert (draft.title, draft.text) == ("Fever in spring", None)


def test_of_two_who_keep_at_once_nothing_is_lost(draft: Post, editor: Reader) -> None:
    client, path = signed_in(editor), f"/posts/{draft.pk}/edit"
    first, second = a_form(draft), a_form(draft, text="Mine is *other*.")

    assert client.post(path, first).status_code == 302
    late = client.post(path, second)

    assert late.status_code == 422
    assert "Mine is *other*." in late.text


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"title": "x" * 201},
        {"text": "x" * 60_001},
        {"tags": "x" * 41},
        {"name": "x" * 101},
    ],
)
def test_what_is_wrong_comes_back_as_typed(
    change: dict[str, str], draft: Post, editor: Reader
) -> None:
    path = f"/posts/{draft.pk}/edit"

    page = signed_in(editor).post(path, a_form(draft, **change))

    assert page.status_code == 422
    draft.refresh_from_db()
    assert (draft.text, draft.edits) == (None, 0)


def test_an_empty_post_is_not_published(draft: Post, editor: Reader) -> None:
    with pytest.raises(CannotArrange, match="nothing to read"):
        writing.publish(draft, NOW)


def test_picks_become_a_short_post(shelf: object, editor: Reader) -> None:
    client = signed_in(editor)
    for number in range(4):
        form = {"do": "pick", "line": f"Line {number}"}
        client.post(f"/articles/{FIRST + number}/pick", form)
    client.post(f"/articles/{FIRST}/pick", {"do": "pick", "line": "Better line"})
    client.post(f"/articles/{FIRST + 3}/pick", {"do": "drop"})
    assert client.post("/articles/12345/pick", {"do": "pick"}).status_code == 404
    assert "Picked for the editors" in client.get(f"/articles/{FIRST}").text
    waiting = list(Pick.objects.order_by("pmid"))
    assert [each.pmid - FIRST for each in waiting] == [0, 1, 2]

    client.post("/posts/new", {"pick": [each.pk for each in reversed(waiting)]})
    post = Post.objects.get()
    assert post.title.startswith("Three articles this week")
    form = {"title": post.title, "text": "", "tags": "", "name": "", "seen": "0"}
    form |= {f"line-{each.pk}": each.line or "" for each in waiting} | {"do": "publish"}
    page = client.post(f"/posts/{post.pk}/edit", form, follow=True).text

    places = [page.index(f"Velotrine in village {number}") for number in (2, 1, 0)]
    assert places == sorted(places)
    assert "Better line" in page
    assert not Pick.objects.filter(post=None).exists()


def test_too_many_picks_make_no_post(shelf: object, editor: Reader) -> None:
    for number in range(4):
        writing.pick(editor, FIRST + number, "", NOW)
    for numbers in ([], [0, 99], list(Pick.objects.values_list("pk", flat=True))):
        with pytest.raises(CannotArrange):
            writing.of_picks(editor, numbers, NOW)
    assert not Post.objects.exists()


def test_picks_of_a_deleted_draft_wait_again(shelf: object, editor: Reader) -> None:
    for number in range(2):
        writing.pick(editor, FIRST + number, "", NOW)
    post = writing.of_picks(editor, [each.pk for each in Pick.objects.all()], NOW)
    writing.pick(editor, FIRST, "again", NOW)

    writing.delete(post)

    waiting = Pick.objects.filter(post=None).order_by("pmid")
    assert [(each.pmid - FIRST, each.line) for each in waiting] == [
        (0, "again"),
        (1, None),
    ]


def test_feeds_are_valid(draft: Post, editor: Reader, client: Client) -> None:
    publish(draft, editor)
    writing.make(editor, "Another draft", NOW)

    valid_atom(client.get("/posts/feed.atom").content)
    [item] = valid_json_feed(client.get("/posts/feed.json").content)["items"]
    rss = client.get("/posts/feed.rss")

    assert item["authors"] == [{"name": "Ada Quillfeather"}]
    read = feedparser.parse(rss.content)
    assert not read.bozo
    assert read.version == "rss20"
    assert [each.title for each in read.entries] == ["Fever in spring"]
    assert "In Merrow." in read.entries[0].description
    assert f'href="{settings.SITE_URL}/articles/{FIRST}"' in read.entries[0].description
    assert "pubmed.ncbi" not in read.entries[0].description
    again = client.get("/posts/feed.rss", headers={"if-none-match": rss["ETag"]})
    assert again.status_code == 304


def test_what_is_hostile_is_text(draft: Post, editor: Reader) -> None:
    form = a_form(
        draft,
        do="publish",
        title="<script>alert(1)</script>",
        text=f'<p><a href="/articles/{FIRST}">x</a></p><script>alert(2)</script>',
        tags="<b>x</b>",
        name="<i>Ada</i>",
    )
    page = signed_in(editor).post(f"/posts/{draft.pk}/edit", form, follow=True).text

    for text in ("<script>alert", "<b>x</b>", "<i>Ada</i>"):
        assert text not in page
    assert 'class="article-card' not in page
    for feed in ("atom", "rss"):
        assert b"<script>alert" not in Client().get(f"/posts/feed.{feed}").content


def test_an_article_that_is_gone_stays_a_link(draft: Post, editor: Reader) -> None:
    path = publish(draft, editor)
    shelve(taken_back=[FIRST])

    page = Client().get(path).text

    assert 'class="article-card' not in page
    assert f'<a href="/articles/{FIRST}">' in page


@pytest.mark.parametrize("keeps", [True, False])
def test_posts_of_who_leaves(
    keeps: bool, draft: Post, editor: Reader, bea: Reader
) -> None:
    path = publish(draft, editor)
    second = writing.make(editor, "A draft", NOW)
    both = writing.make(editor, "Together", NOW)
    both.authors.create(reader=bea, name="Bea")

    leaving.see_off(editor, keeps)
    editor.delete()

    left = {draft.pk, both.pk} if keeps else {both.pk}
    assert set(Post.objects.values_list("pk", flat=True)) == left
    assert second.pk not in left
    assert not Editor.objects.exists()
    answer = Client().get(path)
    assert answer.status_code == (200 if keeps else 404)
    if keeps:
        assert "A former editor" in answer.text


@pytest.mark.django_db
def test_numbers_that_are_no_post_are_not_found(client: Client) -> None:
    for path in ("/posts/0", "/posts/999", "/posts/9999999999999999999", "/posts/x"):
        assert client.get(path).status_code == 404, path
    assert "Nothing has been published yet" in client.get("/posts?page=99").text
    assert path_of(Post(pk=1, title="Edit")) == "/posts/1/edit-collection"


def test_the_note_that_leads_an_article_stands_in_a_post(
    draft: Post, editor: Reader
) -> None:
    a_note(pmid=FIRST, text="It *fades*.")

    page = Client().get(publish(draft, editor)).text

    assert "It <em>fades</em>." in page
