"""/account/membership, and the line on each page when it is over."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ownjournal.readers.membership import members
from ownjournal.readers.membership.joining import joined
from ownjournal.readers.membership.models import Invitation, Member, Trial
from ownjournal.readers.models import Reader

PAGE = "/account/membership"
OVER = "No new issue comes; your notes, your reading log, your issues so far"


@pytest.fixture
def ada(db: None, client: Client, settings: Any) -> Reader:
    settings.MEMBERSHIP, settings.TRIAL_DAYS = "trial", 30
    reader = Reader.objects.create_reader("ada@merrow.test")
    joined(reader, timezone.now())
    client.force_login(reader)
    return reader


def end_trial() -> None:
    Trial.objects.update(ends_at=timezone.now())


def test_visitors_are_asked_to_sign_in(db: None, client: Client) -> None:
    assert client.get(PAGE)["Location"] == "/sign-in"


def test_it_says_what_one_is(ada: Reader, client: Client) -> None:
    page = client.get(PAGE).text

    assert "You are on a free trial, to the end of" in page
    assert "No new issue comes" not in page
    assert OVER not in client.get("/appraisal").text


def test_every_page_says_so_when_a_trial_is_over(ada: Reader, client: Client) -> None:
    end_trial()

    for path in ("/appraisal", "/interests", "/nowhere"):
        page = client.get(path).text
        assert OVER in page
        assert "Your free trial ended with" in page
        assert f'href="{PAGE}"' in page
    assert "All else stays" in client.get(PAGE).text


def test_nothing_but_issues_stops(ada: Reader, client: Client) -> None:
    end_trial()

    for path in ("/search?q=fever", "/issues", "/searches", "/libraries", "/interests"):
        assert client.get(path).status_code == 200


def test_it_says_so_to_nobody_else(ada: Reader, client: Client, settings: Any) -> None:
    end_trial()

    assert OVER not in Client().get("/appraisal").text
    settings.MEMBERSHIP = "open"
    assert OVER not in client.get("/appraisal").text
    page = client.get(PAGE).text
    assert "Everybody who reads here gets issues" in page
    assert "Invitation code" not in page


def test_who_had_a_trial_before_is_told(ada: Reader, client: Client) -> None:
    ada.delete()
    again = Reader.objects.create_reader("ada@merrow.test")
    joined(again, timezone.now())
    client.force_login(again)

    assert "There was a free trial for this address before." in client.get(PAGE).text


def test_a_code_typed_there_works(ada: Reader, client: Client) -> None:
    end_trial()
    _, code = members.invite()

    answer = client.post(PAGE, {"code": code}, follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert "You are a member by an invitation." in answer.text
    assert OVER not in answer.text


def test_a_wrong_code_is_given_back_as_text(ada: Reader, client: Client) -> None:
    answer = client.post(PAGE, {"code": '"><b>no</b>'})

    assert answer.status_code == 422
    assert "This code does not work" in answer.text
    assert "&quot;&gt;&lt;b&gt;no" in answer.text


def test_codes_cannot_be_guessed_without_end(ada: Reader, client: Client) -> None:
    _, code = members.invite()
    for _ in range(10):
        assert client.post(PAGE, {"code": "guess"}).status_code == 422

    answer = client.post(PAGE, {"code": code})

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert not Member.objects.exists()
    assert Invitation.objects.get().used == 0
