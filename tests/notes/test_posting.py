"""Posting from the box: what is kept, what is refused, and that no text is lost."""

from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from made.door import ask, code_for, come_in
from made.notes import AT
from ownjournal.catalogue.models import Article as Row
from ownjournal.notes import posting
from ownjournal.notes.models import Draft, Note, Signature, Visibility
from ownjournal.notes.moderation.models import Ban
from ownjournal.notes.signing import signature_of
from ownjournal.pubmed.article import Article
from ownjournal.readers.accounts import codes
from ownjournal.readers.models import Attempts, Reader


def path_of(article: Article) -> str:
    return f"/articles/{article.pmid}/notes"


def box_text(page: str) -> str:
    """What stands in the box of a page, as a browser would take it."""
    inside = page.partition('id="note-text"')[2].partition(">")[2]
    return unescape(inside.partition("</textarea>")[0].removeprefix("\n"))


@pytest.fixture
def hers(client: Client, alice: Reader) -> Client:
    """A browser in which Alice is signed in."""
    client.force_login(alice)
    return client


def test_n33_a_pearl_is_kept_as_typed_and_private_at_first(
    hers: Client, article: Article, alice: Reader
) -> None:
    text = "\n **Fever** fades.\r\n\tBy itself.\r{{7*7}} %s"

    answer = hers.post(path_of(article), {"text": text})

    note = Note.objects.get()
    assert answer["Location"] == f"/articles/{article.pmid}#note-{note.pk}"
    assert note.text == text
    assert (note.author, note.pmid, note.kind) == (alice, article.pmid, "pearl")
    assert (note.visibility, note.licence, note.dialect) == ("private", "CC BY 4.0", 1)
    page = hers.get(f"/articles/{article.pmid}").text
    assert "<strong>Fever</strong> fades." in page
    assert "Only you" in page
    assert "{{7*7}} %s" in page
    assert "fades" not in Client().get(f"/articles/{article.pmid}").text


def test_an_article_without_notes_says_nothing_of_them(
    client: Client, article: Article
) -> None:
    page = client.get(f"/articles/{article.pmid}").text

    assert "Knowledge, pearl, summary or comment to share?" in page
    assert 'id="notes-title"' not in page
    assert "0 comments" not in page


def test_a_visitor_signs_in_only_to_post_and_finds_the_text_in_the_box(
    client: Client, article: Article
) -> None:
    fields = {"text": "Fever fades. ", "kind": "comment", "audience": "public"}

    answer = client.post(path_of(article), fields)

    assert answer["Location"] == "/sign-in"
    assert "What you wrote is kept." in client.get("/sign-in").text
    come_in(client, "carol@merrow.test")
    answer = client.get("/welcome")
    assert answer["Location"] == f"{path_of(article)}#note-box"
    page = client.get(path_of(article)).text
    assert box_text(page) == "Fever fades. "
    assert 'value="comment" data-limit="2000" checked' in page
    assert 'value="public" checked' in page
    assert not Note.objects.exists()
    assert client.get("/welcome")["Location"] != answer["Location"]


def test_the_code_brings_the_text_back_on_the_articles_own_page_too(
    client: Client, article: Article
) -> None:
    client.post(path_of(article), {"text": "Fever fades."})
    ask(client, "carol@merrow.test")
    digits = codes.digits(code_for("carol@merrow.test"))
    client.post("/sign-in/code", {"code": digits})

    draft = Draft.objects.get()
    page = client.get(f"/articles/{article.pmid}").text
    assert box_text(page) == "Fever fades."

    client.post(path_of(article), {"text": "Fever fades.", "draft": draft.pk})

    assert Note.objects.get().text == "Fever fades."
    assert not Draft.objects.exists()


def test_who_comes_in_as_herself_keeps_the_draft_she_had(
    client: Client, article: Article, alice: Reader
) -> None:
    Draft.objects.create(
        reader=alice,
        pmid=article.pmid,
        kind="pearl",
        text="An older thought.",
        saved_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    client.post(path_of(article), {"text": "A newer one."})
    come_in(client, alice.email, "/sign-in")

    page = client.get(f"/articles/{article.pmid}").text

    assert box_text(page) == "A newer one."
    assert "An older thought." in page


def test_what_waited_takes_the_place_of_the_draft_it_was_and_of_no_other(
    client: Client, article: Article, alice: Reader, bob: Reader
) -> None:
    fields = {"pmid": article.pmid, "kind": "pearl", "saved_at": AT}
    hers = Draft.objects.create(reader=alice, text="Half.", **fields)
    his = Draft.objects.create(reader=bob, text="Bob's.", **fields)
    for number, text in ((hers.pk, "Half. And more."), (his.pk, "Another's?")):
        client.post(path_of(article), {"text": text, "draft": number})

    come_in(client, alice.email, "/sign-in")

    mine = Draft.objects.filter(reader=alice).values_list("text", flat=True)
    assert sorted(mine) == ["Another's?", "Half. And more."]
    assert Draft.objects.get(reader=bob).text == "Bob's."


@pytest.mark.parametrize(
    ("kind", "limit"), [("pearl", 300), ("comment", 2_000), ("summary", 5_000)]
)
def test_a_note_may_be_as_long_as_its_kind_and_no_longer(
    hers: Client, article: Article, kind: str, limit: int
) -> None:
    fits = "a\u0301" * limit  # of two code points each, and one to whoever reads
    hers.post(path_of(article), {"text": fits, "kind": kind})
    assert Note.objects.get().text == fits

    answer = hers.post(path_of(article), {"text": fits + "bc", "kind": kind})

    assert answer.status_code == 422
    assert f"2 characters too long: a {kind} has at most {limit:,}." in answer.text
    assert box_text(answer.text) == fits + "bc"
    assert Note.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  \r\n", "\u200b", "\u200b \u2060\ufeff"])
def test_n31_a_note_that_says_nothing_is_refused_with_the_reason(
    hers: Client, article: Article, text: str
) -> None:
    answer = hers.post(path_of(article), {"text": text})

    assert answer.status_code == 422
    assert "There is nothing to read in it yet." in answer.text
    assert not Note.objects.exists()


def test_n32_nul_and_lone_surrogates_become_a_replacement_and_cut_nothing(
    hers: Client, article: Article
) -> None:
    body = b"text=one%00two%ED%A0%80three%EF%BF%BEfour"

    hers.post(path_of(article), body, "application/x-www-form-urlencoded")

    kept = Note.objects.get().text
    assert kept.startswith("one\ufffdtwo\ufffd")
    assert kept.endswith("three\ufffefour")


def test_a_text_of_great_size_comes_back_with_the_reason(
    hers: Client, article: Article
) -> None:
    text = "a " * 40_000

    answer = hers.post(path_of(article), {"text": text, "kind": "summary"})

    assert answer.status_code == 422
    assert "78 KB, and a note has at most 64" in answer.text
    assert box_text(answer.text) == text


def test_a_form_larger_than_the_server_reads_is_told_so(
    hers: Client, article: Article
) -> None:
    answer = hers.post(path_of(article), {"text": "a" * 3_000_000})

    assert answer.status_code == 413


def test_sharing_asks_for_a_name_once_and_is_the_default_from_then_on(
    hers: Client, article: Article, alice: Reader
) -> None:
    wish = {"text": "Fever fades.", "audience": "public"}
    answer = hers.post(path_of(article), wish)
    assert answer.status_code == 422
    assert "say how you sign" in answer.text
    assert box_text(answer.text) == "Fever fades."

    hers.post(path_of(article), {**wish, "name": " Dr Alice\nMerrow "})
    hers.post(path_of(article), {"text": "It comes back."})

    assert Signature.objects.get().name == "Dr Alice Merrow"
    assert [note.visibility for note in Note.objects.all()] == ["public", "public"]
    page = Client().get(f"/articles/{article.pmid}").text
    under_the_article = page.partition('id="notes"')[2]
    assert under_the_article.count("<bdi>Dr Alice Merrow</bdi>") == 2
    assert "CC BY 4.0" in page


def test_who_chose_private_for_good_shares_one_note_and_not_the_next(
    hers: Client, article: Article, alice: Reader
) -> None:
    Signature.objects.create(reader=alice, name="Alice", visibility="private")
    hers.post(path_of(article), {"text": "For all.", "audience": "public"})

    hers.post(path_of(article), {"text": "For me."})

    kept = [(note.text, note.visibility) for note in Note.objects.all()]
    assert kept == [("For all.", "public"), ("For me.", "private")]


def test_what_is_shared_carries_interests_and_licence(
    hers: Client, article: Article
) -> None:
    hers.post(
        path_of(article),
        {
            "text": "Fever fades.",
            "audience": "public",
            "name": "Alice",
            "conflict": "Paid by makers of thermometers",
            "licence": "CC0 1.0",
        },
    )

    page = Client().get(f"/articles/{article.pmid}").text
    assert "Paid by makers of thermometers" in page
    assert "https://creativecommons.org/publicdomain/zero/1.0/" in page


def test_nobody_posts_to_a_group_that_is_not_theirs(
    hers: Client, article: Article
) -> None:
    answer = hers.post(path_of(article), {"text": "Fever.", "audience": "group:7"})

    assert answer.status_code == 422
    assert "You are not in this group." in answer.text
    assert not Note.objects.exists()


def test_a_button_pressed_twice_makes_one_note(hers: Client, article: Article) -> None:
    first = hers.post(path_of(article), {"text": "Fever fades."})
    second = hers.post(path_of(article), {"text": "Fever fades."})

    assert first["Location"] == second["Location"]
    assert Note.objects.count() == 1


def groups_of(reader: Reader) -> list[tuple[int, str]]:
    return [(7, "Ward 7")] if reader.email.startswith("alice") else []


def test_two_first_notes_at_once_are_both_kept(alice: Reader) -> None:
    """Each of two processes has found that she has no signature yet."""
    one, other = (signature_of(Reader.objects.get(pk=alice.pk)) for _ in range(2))

    posting.remember(one, None, Visibility.PRIVATE)
    posting.remember(other, "Alice Marrow", Visibility.PUBLIC)

    kept = Signature.objects.get(reader=alice)
    assert (kept.name, kept.visibility) == ("Alice Marrow", Visibility.PUBLIC)


def test_a_note_for_a_group_is_shown_with_its_name(
    hers: Client, article: Article, alice: Reader, settings: Any
) -> None:
    settings.NOTE_GROUPS = f"{__name__}.groups_of"
    page = hers.get(f"/articles/{article.pmid}").text
    assert 'value="group:7"> Ward 7' in page

    hers.post(
        path_of(article), {"text": "Fever.", "audience": "group:7", "name": "Alice"}
    )
    hers.post(path_of(article), {"text": "The next goes there too."})

    groups = [(note.visibility, note.group) for note in Note.objects.all()]
    assert groups == [("group", 7), ("group", 7)]
    assert "Ward 7" in hers.get("/notes").text


def test_who_is_banned_keeps_notes_to_herself(
    hers: Client, article: Article, alice: Reader
) -> None:
    Signature.objects.create(reader=alice, name="Alice", visibility="public")
    Ban.objects.create(reader=alice, since_at=AT)

    answer = hers.post(path_of(article), {"text": "Fever fades."})

    assert answer.status_code == 422
    assert box_text(answer.text) == "Fever fades."
    fields = {"text": "Fever fades.", "audience": "private"}
    assert hers.post(path_of(article), fields).status_code == 302


def test_a_form_from_another_site_is_refused(hers: Client, article: Article) -> None:
    answer = hers.post(
        path_of(article), {"text": "Fever."}, headers={"Origin": "https://evil.test"}
    )

    assert answer.status_code == 403
    assert not Note.objects.exists()


def test_one_note_too_many_waits_in_the_box(
    hers: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    [hour, *_] = posting.LIMITS
    for number in range(hour.times):
        hers.post(path_of(article), {"text": f"Fever {number}."})

    answer = hers.post(path_of(article), {"text": "One more."})

    assert answer.status_code == 429
    assert box_text(answer.text) == "One more."
    assert Note.objects.count() == hour.times
    Attempts.objects.all().delete()
    assert hers.post(path_of(article), {"text": "One more."}).status_code == 302


def test_an_article_that_nlm_took_back_keeps_its_notes_and_takes_no_more(
    hers: Client, article: Article
) -> None:
    hers.post(path_of(article), {"text": "Fever fades."})
    Row.objects.filter(pmid=article.pmid).update(live=False)

    answer = hers.post(path_of(article), {"text": "Too late."})

    assert answer.status_code == 410
    assert box_text(answer.text) == "Too late."
    assert "Fever fades." in hers.get(path_of(article)).text
    gone = hers.get(f"/articles/{article.pmid}")
    assert gone.status_code == 410
    assert f'href="{path_of(article)}"' in gone.text
    assert path_of(article) not in Client().get(f"/articles/{article.pmid}").text


def test_no_article_has_no_box(hers: Client, article: Article) -> None:
    assert hers.get("/articles/99499999/notes").status_code == 404


def test_a_note_is_to_be_looked_at_again_after_two_years() -> None:
    leap = datetime(2028, 2, 29, 12, tzinfo=UTC)

    assert posting.review_day(leap) == date(2030, 2, 28)
    assert posting.review_day(leap.replace(day=1)) == date(2030, 2, 1)


def test_a_note_stands_in_the_reading_log(
    hers: Client, article: Article, alice: Reader
) -> None:
    hers.post(path_of(article), {"text": "Fever fades."})

    assert alice.log.filter(pmid=article.pmid, deed="noted").exists()
