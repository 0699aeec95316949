import pytest
from django.test import Client
from django.utils import timezone

from ownjournal.readers import signin
from ownjournal.readers.models import Reader


@pytest.fixture
def link(alice: Reader) -> str:
    return signin.make_link(alice, timezone.now())


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_scanners_that_open_the_link_change_nothing(client: Client, link: str) -> None:
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert not signed_in(client)

    answer = client.post(link)

    assert answer.status_code == 302
    assert signed_in(client)


def test_the_button_page_is_not_kept_by_any_cache(client: Client, link: str) -> None:
    answer = client.get(link)

    assert "no-store" in answer["Cache-Control"]
    assert b"<button" in answer.content


def test_a_used_link_says_how_to_get_a_new_one(client: Client, link: str) -> None:
    Client().post(link)

    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert b"no longer works" in answer.content
        assert b"ownjournal reader link" in answer.content
    assert not signed_in(client)


def test_a_link_cut_short_says_the_same(client: Client, link: str) -> None:
    assert client.get(link[:-1]).status_code == 410


def test_a_form_from_elsewhere_signs_nobody_in(link: str) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link).status_code == 403
    assert not signed_in(strict)


def test_going_out_takes_a_button(client: Client, alice: Reader) -> None:
    client.force_login(alice)
    assert client.get("/sign-out").status_code == 405
    assert signed_in(client)

    client.post("/sign-out")

    assert not signed_in(client)


def test_a_closed_account_ends_its_sessions(client: Client, alice: Reader) -> None:
    client.force_login(alice)
    Reader.objects.update(is_active=False)

    assert client.get("/interests").status_code == 302
