"""Pages of notes: one note, one's own, the newest, and the signature."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from made.articles import an_article
from made.notes import AT, a_note
from made.shelf import shelve
from made.valid_html import faults_of
from ownjournal.notes.models import Draft, Note, Signature
from ownjournal.pubmed.article import Article
from ownjournal.readers.accounts.models import OrcidAccount
from ownjournal.readers.membership.models import Change
from ownjournal.readers.models import Reader


@pytest.fixture
def hers(client: Client, alice: Reader) -> Client:
    client.force_login(alice)
    return client


def test_a_public_note_tells_who_wrote_it_when_and_on_what_terms(
    client: Client, alice: Reader, article: Article
) -> None:
    Signature.objects.create(
        reader=alice, name="Alice Merrow", role="Nurse", role_verified_at=AT
    )
    OrcidAccount.objects.create(
        reader=alice, orcid="0000-0002-1825-0097", name="A", at=AT
    )
    note = a_note(author=alice, pmid=article.pmid, conflict_of_interest="None at all")

    page = client.get(f"/notes/{note.pk}").text

    assert "<bdi>Alice Merrow</bdi>, <bdi>Nurse</bdi>" in page
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in page
    assert '<time datetime="2026-03-02">2 March 2026</time>' in page
    assert "Interests: <bdi>None at all</bdi>" in page
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page
    assert "Fever in a village" in page
    assert 'rel="canonical"' in page


def test_a_role_that_nobody_verified_is_not_shown(
    client: Client, alice: Reader, article: Article
) -> None:
    Signature.objects.create(reader=alice, name="Alice Merrow", role="Surgeon General")
    note = a_note(author=alice, pmid=article.pmid)

    assert "Surgeon General" not in client.get(f"/notes/{note.pk}").text


def test_a_former_readers_note_names_nobody(client: Client, article: Article) -> None:
    note = a_note(author=None, pmid=article.pmid)

    assert "A former reader" in client.get(f"/notes/{note.pk}").text


@pytest.mark.parametrize("change", [{"visibility": "private"}, {"hidden_at": AT}])
def test_what_one_may_not_see_is_not_there(
    client: Client, alice: Reader, article: Article, change: dict[str, object]
) -> None:
    note = a_note(author=alice, pmid=article.pmid, **change)

    assert client.get(f"/notes/{note.pk}").status_code == 404
    assert client.get(f"/notes/{note.pk}/history").status_code == 404
    client.force_login(alice)
    page = client.get(f"/notes/{note.pk}").text
    assert note.text in page
    assert 'content="noindex"' in page


def test_the_newest_pearls_are_public_ones_the_last_first(
    client: Client, alice: Reader, article: Article
) -> None:
    other = an_article(pmid=article.pmid + 1, title="Gout in a village")
    shelve(other)
    a_note(author=alice, pmid=article.pmid, text="First pearl.")
    a_note(
        author=alice,
        pmid=other.pmid,
        text="Second pearl.",
        created_at=AT.replace(day=9),
    )
    a_note(author=alice, text="Hers alone.", visibility="private")
    a_note(author=alice, text="A comment of hers.", kind="comment")

    page = client.get("/notes/newest").text

    assert page.index("Second pearl.") < page.index("First pearl.")
    assert "Gout in a village" in page
    assert "Hers alone." not in page
    assert "A comment of hers." not in page
    assert "A comment of hers." in client.get("/notes/newest?kind=comment").text
    assert client.get("/notes/newest?page=2&kind=nonsense").status_code == 200


def test_the_newest_notes_cost_few_queries(
    client: Client,
    alice: Reader,
    article: Article,
    django_assert_max_num_queries: object,
) -> None:
    for number in range(20):
        a_note(author=alice, pmid=article.pmid, text=f"Pearl {number}.")
    client.get("/notes/newest")  # warm

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get("/notes/newest")


def test_an_article_without_notes_asks_for_them_once_and_for_the_lead_once(
    client: Client, article: Article
) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/articles/{article.pmid}")

    about_notes = [each for each in asked if '"notes_' in each["sql"]]
    assert 1 <= len(about_notes) <= 2


def test_ones_own_notes_are_found_by_words_kind_and_who_sees_them(
    hers: Client, alice: Reader, bob: Reader, article: Article
) -> None:
    a_note(author=alice, text="Fever fades by itself.")
    a_note(author=alice, text="Gout hurts.", kind="comment", visibility="private")
    a_note(author=bob, text="Bob on fever.")

    everything = hers.get("/notes").text
    assert "2 notes" in everything
    assert "Bob on fever." not in everything
    assert "Gout hurts." not in hers.get("/notes?q=itself+FEVER").text
    assert "Fever fades" in hers.get("/notes?q=itself+FEVER").text
    assert "Gout hurts." in hers.get("/notes?kind=comment").text
    assert "Fever fades" not in hers.get("/notes?kind=comment").text
    assert "Fever fades" not in hers.get("/notes?seen=private").text
    assert "Nothing found" in hers.get("/notes?q=nowhere%00").text


def test_notes_are_their_readers_alone(client: Client) -> None:
    assert client.get("/notes")["Location"] == "/sign-in"
    assert client.get("/account/signature")["Location"] == "/sign-in"


def test_a_signature_is_kept_and_a_changed_role_is_verified_anew(
    hers: Client, alice: Reader
) -> None:
    Signature.objects.create(reader=alice, role="Nurse", role_verified_at=AT)
    fields = {
        "name": "Alice\u202e Merrow",
        "role": "Nurse",
        "conflict": "None",
        "licence": "CC0 1.0",
        "visibility": "public",
    }

    hers.post("/account/signature", fields)

    kept = Signature.objects.get()
    assert (kept.name, kept.role, kept.role_verified_at) == (
        "Alice Merrow",
        "Nurse",
        AT,
    )
    assert (kept.licence, kept.visibility) == ("CC0 1.0", "public")
    hers.post("/account/signature", {**fields, "role": "Professor"})
    assert Signature.objects.get().role_verified_at is None


def test_a_signature_too_long_is_refused_with_what_was_typed(hers: Client) -> None:
    answer = hers.post("/account/signature", {"name": "N" * 101, "role": "Nurse"})

    assert answer.status_code == 422
    assert "N" * 101 in answer.text
    assert not Signature.objects.exists()


def test_the_preview_shows_the_note_and_warns(client: Client, article: Article) -> None:
    text = "**Bold** claim[^x]. " + "a" * 300

    answer = client.post(
        f"/articles/{article.pmid}/notes", {"text": text, "do": "preview"}
    )

    assert answer.status_code == 200
    assert "<strong>Bold</strong> claim" in answer.text
    assert "Line 1: " in answer.text
    assert "too long for a pearl" in answer.text
    assert text in answer.text
    assert not Note.objects.exists()


def test_a_part_of_the_preview_is_for_the_script(
    client: Client, article: Article
) -> None:
    answer = client.post(
        f"/articles/{article.pmid}/notes",
        {"text": "**Bold**", "do": "preview"},
        headers={"X-In-Place": "preview"},
    )

    assert answer.text.lstrip().startswith("<section")


def test_the_frame_of_a_summary_goes_below_what_is_typed(
    client: Client, article: Article
) -> None:
    page = client.post(
        f"/articles/{article.pmid}/notes", {"text": "Before.", "do": "frame"}
    ).text

    assert "Before.\n\n## Why it matters" in page
    assert 'value="summary" data-limit="5000" checked' in page


def test_drafts_are_kept_changed_and_thrown_away(
    hers: Client, article: Article
) -> None:
    path, header = f"/articles/{article.pmid}/notes", {"X-In-Place": "draft"}
    wish = {"text": "Half a thought", "do": "draft"}
    answer = hers.post(path, wish, headers=header)
    number = json.loads(answer.content)["draft"]

    hers.post(path, {**wish, "text": "A thought", "draft": number}, headers=header)

    assert [each.text for each in Draft.objects.all()] == ["A thought"]
    assert "A thought" in hers.get(f"/articles/{article.pmid}").text
    assert f"{path}?draft={number}#note-box" in hers.get("/notes").text
    other = hers.post(path, {"text": "Another", "do": "draft"}, headers=header)
    assert other.json()["draft"] != number
    assert ">\nAnother</textarea>" in hers.get(path).text
    assert ">\nA thought</textarea>" in hers.get(f"{path}?draft={number}").text
    hers.post(path, {"draft": other.json()["draft"], "do": "discard"})
    hers.post(path, {"draft": number, "do": "discard"})
    assert not Draft.objects.exists()


def test_nobody_writes_into_anothers_draft(
    hers: Client, bob: Reader, article: Article
) -> None:
    other = Draft.objects.create(
        reader=bob, pmid=article.pmid, kind="pearl", text="Bob's", saved_at=AT
    )

    hers.post(
        f"/articles/{article.pmid}/notes",
        {"text": "Alice's", "do": "draft", "draft": other.pk},
    )

    other.refresh_from_db()
    assert other.text == "Bob's"
    assert Draft.objects.count() == 2


def nobody_sees(number: int, reader: Reader | None) -> tuple[str, str] | None:
    """As of a private collection."""
    return None


def test_a_note_on_a_collection_is_seen_by_who_may_see_the_collection(
    client: Client, alice: Reader, settings: Any
) -> None:
    settings.NOTE_SUBJECTS = f"{__name__}.nobody_sees"
    note = a_note(author=alice, collection=3, text="On a list.")

    assert client.get(f"/notes/{note.pk}").status_code == 404
    assert "On a list." not in client.get("/notes/newest").text
    assert client.get("/collections/3/notes").status_code == 404
    client.force_login(alice)
    assert "On a list." in client.get(f"/notes/{note.pk}").text
    assert "On a list." in client.get("/notes").text


def test_pages_of_notes_are_valid(
    hers: Client, alice: Reader, article: Article
) -> None:
    Signature.objects.create(reader=alice, name="Alice Merrow")
    note = a_note(author=alice, pmid=article.pmid, edited_at=AT, edits=1)
    deleted = a_note(author=alice, pmid=article.pmid, deleted_at=timezone.now())
    box = f"/articles/{article.pmid}/notes"
    wish = {"text": "**Bold**[^x]", "audience": "public"}
    pages = {
        path: hers.get(path).text
        for path in (
            f"/articles/{article.pmid}",
            box,
            f"/notes/{note.pk}",
            f"/notes/{note.pk}/history",
            f"/notes/{note.pk}/edit",
            f"/notes/{deleted.pk}",
            "/notes",
            "/notes/newest",
            "/account/signature",
        )
    }
    pages["preview"] = hers.post(box, {**wish, "do": "preview"}).text
    pages["refused"] = hers.post(box, {"text": "a" * 301}).text
    pages["conflict"] = hers.post(f"/notes/{note.pk}/edit", {**wish, "base": 7}).text

    assert faults_of(pages) == []


def test_an_operator_verifies_a_role(client: Client, alice: Reader) -> None:
    row = Signature.objects.create(reader=alice, name="Alice", role="Nurse")
    client.force_login(Reader.objects.create_reader("op@merrow.test", is_operator=True))
    wish = {"action": "verify", "_selected_action": [row.pk]}

    client.post("/admin/notes/signature/", wish)

    row.refresh_from_db()
    assert row.role_verified_at is not None
    assert "the role “Nurse” verified" in Change.objects.get().what
    client.post("/admin/notes/signature/", {**wish, "action": "doubt"})
    row.refresh_from_db()
    assert row.role_verified_at is None


def test_the_hints_are_made_from_the_dialects_own_table(
    client: Client, article: Article
) -> None:
    page = client.get(f"/articles/{article.pmid}").text

    assert "<code>[^1](" in page or "[^1](This is a footnote.)" in page
    assert "at most 5,000 characters" in page
