"""Readers propose libraries and report broken links; the operator decides."""

import pytest
from django.test import Client

from made.institutions import an_institution
from ownjournal.readers.institutions import asked
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.limits import Limit
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db

GOOD = {
    "name": "Merrow Hospital",
    "country": "Merrowland",
    "link": "https://p.test/login?url=https://doi.org/10.5555/x",
    "kind": "find-out",
    "remark": "",
}


def propose(client: Client, **changes: str):
    return client.post("/libraries/propose", {**GOOD, **changes})


def test_a_proposal_waits_for_the_operator(client: Client) -> None:
    answer = propose(client)

    assert answer["Location"] == "/libraries/thanks"
    assert client.get("/libraries/thanks").status_code == 200
    row = Institution.objects.get()
    assert (row.kind, row.template) == ("proxy", "https://p.test/login?url=$@")
    assert (row.state, row.source, row.added_by) == ("proposed", "a reader", None)
    assert (row.country, row.remark) == ("Merrowland", None)


def test_a_signed_in_reader_is_named_to_the_operator(client: Client) -> None:
    ada = Reader.objects.create_reader("ada@merrow.test")
    client.force_login(ada)

    propose(client, kind="openurl", link="https://r.test/find", remark="Ask the desk.")

    row = Institution.objects.get()
    assert (row.added_by, row.remark) == (ada, "Ask the desk.")
    assert (row.kind, row.template) == ("openurl", "https://r.test/find")


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"name": " \u202e"}, "Please give the name of the institution."),
        ({"name": "M" * 201}, "This is longer than 200 characters."),
        ({"link": "http://p.test/login?url="}, "must begin with https://"),
        ({"link": "javascript:alert(1)"}, "must begin with https://"),
        ({"link": "https://a.test/"}, "We cannot tell what kind of link this is."),
        ({"kind": "other"}, "Please choose what kind of link it is."),
        ({"country": "C" * 81}, "This is longer than 80 characters."),
        ({"remark": "r" * 501}, "This is longer than 500 characters."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = propose(client, **changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert not Institution.objects.exists()


def test_typed_text_is_given_back_harmless(client: Client) -> None:
    answer = propose(client, link='"><script>alert(1)</script>')

    assert "<script>alert" not in answer.text
    assert 'value="Merrow Hospital"' in answer.text


def test_what_is_here_already_is_said(client: Client) -> None:
    template = "https://p.test/login?url=$@"
    an_institution("MERROW hospital", kind="proxy", template=template)

    answer = propose(client)

    assert "is here already" in answer.text
    assert propose(client, name="Another on the same proxy").status_code == 302


def test_too_many_proposals_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "PER_CLIENT", Limit("few", times=1, seconds=600))
    assert propose(client).status_code == 302

    answer = propose(client, name="Another")

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600
    assert Institution.objects.count() == 1


def test_a_broken_link_is_reported_by_a_button(client: Client) -> None:
    row = an_institution()

    assert "The link is broken" in client.get(f"/libraries/{row.pk}/report").text
    row.refresh_from_db()
    assert row.reports == 0

    answer = client.post(f"/libraries/{row.pk}/report")

    row.refresh_from_db()
    assert answer["Location"] == "/libraries/thanks"
    assert row.reports == 1
    assert row.reported_at is not None


def test_too_many_reports_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "REPORTS_PER_CLIENT", Limit("f", times=1, seconds=600))
    row = an_institution()
    client.post(f"/libraries/{row.pk}/report")

    assert client.post(f"/libraries/{row.pk}/report").status_code == 429
    row.refresh_from_db()
    assert row.reports == 1


def test_forms_from_elsewhere_are_refused_and_proposals_not_shown() -> None:
    strict = Client(enforce_csrf_checks=True)
    row = an_institution(state="proposed")

    assert propose(strict).status_code == 403
    assert strict.get(f"/libraries/{row.pk}/report").status_code == 404
