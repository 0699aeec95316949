"""Below a note, the form of a report, and the pages of moderators."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from made.notes import a_note
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.models import Ban, Decision, Helpful, Moderator, Report
from ownjournal.notes.moderation.rates import REPORTS_OF_CLIENT
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def page(client: Client, pearl: Note, bob: Reader) -> Client:
    client.force_login(bob)
    return client


def article_of(note: Note) -> str:
    return f"/articles/{note.pmid}"


def test_a_mark_is_set_seen_and_taken_back(page: Client, pearl: Note) -> None:
    path = f"/notes/{pearl.pk}/helpful"
    back = {"back": article_of(pearl)}
    answer = page.post(path, {"do": "mark", **back})
    assert answer["Location"] == f"{article_of(pearl)}#note-{pearl.pk}"

    shown = page.get(article_of(pearl)).text
    assert 'value="unmark" aria-pressed="true">Helpful <span>1</span>' in shown
    visitor = Client().get(article_of(pearl)).text
    assert "1 reader found this helpful" in visitor
    assert "/helpful" not in visitor

    page.post(path, {"do": "unmark", **back})
    assert "found this helpful" not in Client().get(article_of(pearl)).text
    assert not Helpful.objects.exists()


def test_an_author_marks_and_reports_no_note_of_her_own(
    client: Client, pearl: Note, alice: Reader
) -> None:
    client.force_login(alice)

    shown = client.get(article_of(pearl)).text
    answer = client.post(f"/notes/{pearl.pk}/helpful", {"do": "mark"}, follow=True)

    assert "/helpful" not in shown
    assert f"/notes/{pearl.pk}/report" not in shown
    assert "for others to say" in answer.text
    assert client.get(f"/notes/{pearl.pk}/report").status_code == 404


def test_all_notes_of_a_page_are_looked_up_at_once(
    page: Client, pearl: Note, alice: Reader, django_assert_max_num_queries: object
) -> None:
    page.get(article_of(pearl))  # what is asked once is at hand
    with django_assert_max_num_queries(100) as one:  # type: ignore[operator]
        page.get(article_of(pearl))
    for number in range(8):
        a_note(author=alice, text=f"Note {number}.")

    with django_assert_max_num_queries(len(one)):  # type: ignore[operator]
        page.get(article_of(pearl))


def test_a_visitor_reports_without_an_account(
    client: Client, pearl: Note, olga: Reader
) -> None:
    path = f"/notes/{pearl.pk}/report"
    assert "It is wrong, or could harm a patient" in client.get(path).text

    refused = client.post(path, {"reason": "other", "text": ""})
    assert refused.status_code == 422
    assert "Say in a few words" in refused.text
    assert 'value="other" required checked' in refused.text
    answer = client.post(path, {"reason": "wrong", "text": "Ten <b>times</b>."})

    assert answer["Location"] == f"/notes/{pearl.pk}"
    client.force_login(olga)
    queue = client.get("/moderation").text
    assert "Reported (1)" in queue
    assert "Ten &lt;b&gt;times&lt;/b&gt;." in queue
    assert "a visitor" in queue


def test_one_client_reports_so_often_and_then_waits(
    client: Client, pearl: Note
) -> None:
    path = f"/notes/{pearl.pk}/report"
    for _ in range(REPORTS_OF_CLIENT.times):
        assert client.post(path, {"reason": "rude"}).status_code == 302

    answer = client.post(path, {"reason": "rude"})

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert Report.objects.count() == REPORTS_OF_CLIENT.times


def test_nobody_else_finds_the_pages_of_moderators(
    page: Client, pearl: Note, bob: Reader
) -> None:
    paths = ("/moderation", f"/moderation/notes/{pearl.pk}")
    for path in paths:
        assert page.get(path).status_code == 404
        assert Client().get(path)["Location"] == "/sign-in"
    page.post(paths[1], {"do": "hide", "why": "I like it not."})
    page.post(f"/moderation/readers/{bob.pk}/unban", {"why": "Please."})
    assert not Decision.objects.exists()
    assert "Moderate" not in page.get(article_of(pearl)).text
    assert "/moderation" not in page.get("/").text

    Moderator.objects.create(reader=bob)
    assert page.get("/moderation").status_code == 200
    assert "Moderate" in page.get(article_of(pearl)).text
    assert 'href="/moderation">' in page.get("/").text  # the menu
    bob.moderator.delete()
    assert page.get("/moderation").status_code == 404


def test_a_moderator_hides_shows_and_bans(
    client: Client, pearl: Note, mona: Reader, alice: Reader
) -> None:
    client.force_login(mona)
    path = f"/moderation/notes/{pearl.pk}"
    refused = client.post(path, {"do": "hide", "why": ""})
    assert refused.status_code == 422
    assert "Say why" in refused.text

    client.post(path, {"do": "hide", "why": "Names a patient."})
    assert "Fever fades" not in Client().get(article_of(pearl)).text
    assert "Names a patient." in client.get(path).text
    assert "Fever fades" in client.get("/moderation?show=hidden").text
    client.post(path, {"do": "restore", "why": "Name is out."})
    assert "Fever fades" in Client().get(article_of(pearl)).text

    client.post(path, {"do": "ban", "why": "Advertises."})
    assert "Advertises." in client.get("/moderation?show=banned").text
    assert "Fever fades" not in Client().get(article_of(pearl)).text
    client.post(f"/moderation/readers/{alice.pk}/unban", {"why": "Over."})
    assert not Ban.objects.exists()
    record = client.get("/moderation?show=record").text
    assert [each in record for each in ("hid the note", "Over.")] == [True, True]


def test_a_moderator_sees_nothing_private(
    client: Client, alice: Reader, mona: Reader
) -> None:
    note = a_note(author=alice, visibility="private", text="Mrs X of room 4")
    client.force_login(mona)

    for show in ("reported", "newest", "hidden", "pinned", "banned", "record", "x"):
        assert "Mrs X" not in client.get(f"/moderation?show={show}&page=9").text
    assert client.get(f"/moderation/notes/{note.pk}").status_code == 404
    assert client.get("/moderation/notes/99999").status_code == 404


def test_its_author_says_that_it_is_still_true(
    client: Client, pearl: Note, alice: Reader, bob: Reader
) -> None:
    pearl.outdated_at, pearl.outdated_because = NOW, "The article was corrected."
    pearl.save()
    path = f"/notes/{pearl.pk}/still-true"
    client.force_login(bob)
    assert client.post(path).status_code == 404

    client.force_login(alice)
    assert "It is still true" in client.get(article_of(pearl)).text
    client.post(path)

    pearl.refresh_from_db()
    assert (pearl.outdated_at, pearl.outdated_because) == (None, None)
    assert "It is still true" not in client.get(article_of(pearl)).text


@pytest.mark.parametrize("deed", ["helpful", "still-true"])
def test_a_note_that_is_not_there_is_not_found(page: Client, deed: str) -> None:
    assert page.post(f"/notes/9999999/{deed}").status_code == 404
    assert page.get(f"/notes/1/{deed}").status_code == 405


def test_of_a_note_that_is_not_hers_to_see_nobody_is_told(
    page: Client, pearl: Note
) -> None:
    pearl.visibility = "private"
    pearl.save()

    assert page.post(f"/notes/{pearl.pk}/helpful", {"do": "mark"}).status_code == 404
