import pytest
from django.test import Client

from ownjournal.readers import trial
from ownjournal.readers.models import Reader, TrialRequest


def ask(client: Client, email: str):
    return client.post("/trial", {"email": email})


def test_an_address_is_noted_once(db: None, client: Client) -> None:
    ask(client, "Alice@Merrow.test")
    ask(client, "alice@merrow.TEST ")

    assert TrialRequest.objects.get().email == "alice@merrow.test"


def test_known_and_unknown_addresses_get_the_same_answer(
    db: None, client: Client
) -> None:
    Reader.objects.create_reader("known@merrow.test")
    ask(client, "asked@merrow.test")

    answers = [
        ask(Client(), email)
        for email in ("new@merrow.test", "known@merrow.test", "asked@merrow.test")
    ]

    assert {(a.status_code, a.content, a["Location"]) for a in answers} == {
        (302, b"", "/trial/thanks")
    }
    assert client.get("/trial/thanks").status_code == 200


def test_a_wrong_address_is_given_back_with_the_reason(
    db: None, client: Client
) -> None:
    answer = ask(client, 'alice"><b>@merrow')

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="alice&quot;&gt;&lt;b&gt;@merrow"' in page
    assert 'role="alert"' in page
    assert not TrialRequest.objects.exists()


def test_too_many_requests_wait(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "PER_CLIENT", trial.Limit("few", times=2, seconds=600))
    for name in ("a", "b"):
        assert ask(client, f"{name}@merrow.test").status_code == 302

    answer = client.post(
        "/trial", {"email": "c@merrow.test"}, headers={"x-forwarded-for": "192.0.2.9"}
    )

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600
    assert "c@merrow.test" in answer.content.decode()
    assert TrialRequest.objects.count() == 2


def test_a_form_from_elsewhere_is_refused(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert ask(strict, "alice@merrow.test").status_code == 403


def test_the_panel_can_be_opened_by_itself(db: None, client: Client) -> None:
    assert b'name="email"' in client.get("/trial").content
