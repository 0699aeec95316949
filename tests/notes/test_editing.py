"""Editing, deleting and undoing; of two tabs neither loses its text."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from made.door import come_in
from made.notes import a_note
from ownjournal.notes.erasing import erase_deleted
from ownjournal.notes.models import Draft, GoneNote, Note, Signature, Version
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader


@pytest.fixture
def hers(client: Client, alice: Reader) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def note(alice: Reader, article: Article) -> Note:
    """A public pearl of Alice's."""
    Signature.objects.create(reader=alice, name="Alice Merrow")
    return a_note(author=alice, pmid=article.pmid, text="The first text.")


def texts(page: str) -> list[str]:
    """What stands in the fields of several lines."""
    found = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    return [unescape(each) for each in found]


def save(client: Client, note: Note, text: str, base: int, **more: str):
    fields = {"text": text, "base": base, "audience": "public", **more}
    return client.post(f"/notes/{note.pk}/edit", fields)


def test_an_edit_leaves_a_mark_and_what_was_there_before(
    hers: Client, note: Note
) -> None:
    assert texts(hers.get(f"/notes/{note.pk}/edit").text) == ["The first text."]

    answer = save(hers, note, "The second text.", 0)

    assert answer["Location"] == f"/articles/{note.pmid}#note-{note.pk}"
    page = Client().get(f"/notes/{note.pk}").text
    assert "The second text." in page
    assert f'<a href="/notes/{note.pk}/history">edited' in page
    history = Client().get(f"/notes/{note.pk}/history").text
    assert "The first text." in history
    assert history.index("The second text.") < history.index("The first text.")


def test_saving_the_same_again_is_no_edit(hers: Client, note: Note) -> None:
    save(hers, note, note.text, 0, kind="pearl")

    note.refresh_from_db()
    assert note.edited_at is None
    assert not Version.objects.exists()


def test_what_was_private_is_not_in_the_history_that_others_see(
    hers: Client, note: Note
) -> None:
    Note.objects.update(visibility="private")
    save(hers, note, "Still mine alone.", 0, audience="private")
    save(hers, note, "For everybody.", 1, audience="public")
    save(hers, note, "And better.", 2, audience="public")

    theirs = Client().get(f"/notes/{note.pk}/history").text
    assert "For everybody." in theirs
    assert "The first text." not in theirs
    assert "Still mine alone." not in theirs
    assert "Before that, fewer people could see it." in theirs
    mine = hers.get(f"/notes/{note.pk}/history").text
    assert "The first text." in mine
    assert "Still mine alone." in mine


def test_n35_of_two_tabs_the_second_is_shown_both_texts_and_may_save_over(
    hers: Client, note: Note
) -> None:
    save(hers, note, "Of the first tab.", 0)

    answer = save(hers, note, "Of the second tab.", 0)

    assert answer.status_code == 409
    assert texts(answer.text) == ["Of the first tab.", "Of the second tab."]
    note.refresh_from_db()
    assert note.text == "Of the first tab."
    assert '<input type="hidden" name="base" value="1">' in answer.text
    save(hers, note, "Of both.", 1)
    note.refresh_from_db()
    assert note.text == "Of both."
    assert note.versions.count() == 2


def test_n35_saving_after_deletion_gives_the_text_to_copy_and_a_way_back(
    hers: Client, note: Note
) -> None:
    hers.post(f"/notes/{note.pk}/delete")

    answer = save(hers, note, "Much work.", 0)

    assert answer.status_code == 410
    assert texts(answer.text) == ["Much work."]
    assert f'action="/notes/{note.pk}/undo"' in answer.text


def test_n35_saving_after_erasure_gives_the_text_to_copy(
    hers: Client, note: Note
) -> None:
    Note.objects.all().delete()

    answer = save(hers, note, "Much work.", 0)

    assert answer.status_code == 410
    assert texts(answer.text) == ["Much work."]
    assert "/undo" not in answer.text


def test_an_edit_refused_comes_back_in_the_box(hers: Client, note: Note) -> None:
    answer = save(hers, note, "x" * 301, 0)

    assert answer.status_code == 422
    assert texts(answer.text) == ["x" * 301]
    assert f'action="/notes/{note.pk}/edit"' in answer.text
    note.refresh_from_db()
    assert note.text == "The first text."


def test_n35_an_edit_of_who_was_signed_out_is_there_after_signing_in(
    client: Client, note: Note, alice: Reader
) -> None:
    answer = save(client, note, "Much work.", 0)

    assert answer["Location"] == "/sign-in"
    come_in(client, alice.email, "/sign-in")
    assert client.get("/welcome")["Location"] == f"/notes/{note.pk}/edit"
    page = client.get(f"/notes/{note.pk}/edit").text
    assert texts(page) == ["Much work."]
    note.refresh_from_db()
    assert note.text == "The first text."
    draft = Draft.objects.get()
    save(client, note, "Much work.", 0, draft=str(draft.pk))
    note.refresh_from_db()
    assert note.text == "Much work."
    assert not Draft.objects.exists()


def test_nobody_edits_or_deletes_anothers_note(
    client: Client, note: Note, bob: Reader
) -> None:
    client.force_login(bob)

    assert client.get(f"/notes/{note.pk}/edit").status_code == 404
    assert save(client, note, "Mine now.", 0).status_code == 404
    assert client.post(f"/notes/{note.pk}/delete").status_code == 404
    assert client.post(f"/notes/{note.pk}/undo").status_code == 404
    note.refresh_from_db()
    assert (note.text, note.deleted_at) == ("The first text.", None)


def test_a_visitor_is_not_told_whether_there_is_such_a_note(
    client: Client, note: Note
) -> None:
    answers = [client.get(f"/notes/{each}/edit") for each in (note.pk, 999_999)]

    assert {(each.status_code, each["Location"]) for each in answers} == {
        (302, "/sign-in")
    }


def test_a_visitors_edit_tells_nothing_of_a_private_note(
    client: Client, note: Note, bob: Reader
) -> None:
    Note.objects.update(visibility="private")
    for do in ("preview", "frame", "picture", "draft", "discard", "save", ""):
        form = {"text": "Mine.", "do": do}
        numbers = (note.pk, 999_999)
        there, nowhere = (Client().post(f"/notes/{n}/edit", form) for n in numbers)
        assert there.status_code == nowhere.status_code == 302
        assert there["Location"] == nowhere["Location"] == "/sign-in"
        assert there.cookies.keys() == nowhere.cookies.keys()
    save(client, note, "Mine.", 0)
    come_in(client, bob.email, "/sign-in")
    assert not Draft.objects.exists()


def test_a_deleted_note_is_gone_at_once_and_can_be_had_back_for_a_minute(
    hers: Client, note: Note
) -> None:
    answer = hers.post(f"/notes/{note.pk}/delete", {"back": "/notes?page=1"})

    assert answer["Location"] == "/notes?page=1#undo"
    assert Client().get(f"/notes/{note.pk}").status_code == 410
    assert "The first text." not in Client().get(f"/articles/{note.pmid}").text
    page = hers.get(f"/articles/{note.pmid}").text
    assert "The first text." not in page
    assert f'action="/notes/{note.pk}/undo"' in page
    assert erase_deleted(timezone.now()) == 0

    hers.post(f"/notes/{note.pk}/undo")

    assert "The first text." in Client().get(f"/articles/{note.pmid}").text


def test_after_a_minute_a_deleted_note_is_erased_with_all_of_it(
    hers: Client, note: Note
) -> None:
    save(hers, note, "The second text.", 0)
    kept = a_note(author=note.author, pmid=note.pmid, text="Another.")
    hers.post(f"/notes/{note.pk}/delete")
    later = timezone.now() + timedelta(minutes=2)

    assert erase_deleted(later) == 1

    assert list(Note.objects.all()) == [kept]
    assert not Version.objects.exists()
    assert Client().get(f"/notes/{note.pk}").status_code == 410
    assert Client().get(f"/notes/{note.pk}/history").status_code == 410
    assert hers.post(f"/notes/{note.pk}/undo").status_code == 410
    assert [each.number for each in GoneNote.objects.all()] == [note.pk]
    assert Client().get(f"/notes/{kept.pk + 1}").status_code == 404


def test_it_is_too_late_to_undo_what_is_about_to_be_erased(
    hers: Client, note: Note
) -> None:
    Note.objects.update(deleted_at=datetime(2026, 3, 2, 9, tzinfo=UTC))

    answer = hers.post(f"/notes/{note.pk}/undo")

    assert answer.status_code == 410
    note.refresh_from_db()
    assert note.deleted_at is not None
