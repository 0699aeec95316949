"""Readers, invitations and domains on the operators' pages."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from ownjournal.readers.membership import members, trials
from ownjournal.readers.membership.joining import joined
from ownjournal.readers.membership.models import (
    Change,
    Invitation,
    Member,
    MemberDomain,
    Trial,
)
from ownjournal.readers.membership.standing import may_receive
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Suppression

# Django's own templates ask for what may not be there.
pytestmark = [pytest.mark.ignore_template_errors]

READERS = "/admin/readers/reader/"
INVITATIONS = "/admin/membership/invitation/"
DOMAINS = "/admin/membership/memberdomain/"
CHANGES = "/admin/membership/change/"
NONE = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}


@pytest.fixture
def operator(db: None, client: Client, settings: Any) -> Reader:
    settings.MEMBERSHIP, settings.TRIAL_DAYS = "trial", 30
    reader = Reader.objects.create_reader("op@merrow.test", is_operator=True)
    client.force_login(reader)
    return reader


@pytest.fixture
def ada(operator: Reader) -> Reader:
    reader = Reader.objects.create_reader("ada@merrow.test")
    joined(reader, timezone.now())
    return reader


def inline(prefix: str, **fields: object) -> dict[str, object]:
    """One row of a reader's page, there already or (without `reader`) new."""
    counts = {"TOTAL_FORMS": "1", "INITIAL_FORMS": str(int("reader" in fields))}
    named = {f"{prefix}-{name}": value for name, value in counts.items()}
    return {**named, **{f"{prefix}-0-{name}": each for name, each in fields.items()}}


def none(prefix: str) -> dict[str, object]:
    return {f"{prefix}-{name}": value for name, value in NONE.items()}


def change(client: Client, reader: Reader, **fields: object) -> str:
    answer = client.post(f"{READERS}{reader.pk}/change/", fields, follow=True)
    assert answer.status_code == 200
    assert "Please correct" not in answer.text
    return answer.text


@pytest.mark.parametrize("path", [READERS, INVITATIONS, DOMAINS, CHANGES])
def test_readers_who_are_no_operators_see_none_of_it(
    ada: Reader, client: Client, path: str
) -> None:
    client.force_login(ada)

    for each in (path, f"{path}add/"):
        assert client.get(each, follow=True).status_code == 403
        assert client.post(each, {}, follow=True).status_code == 403


def test_readers_are_listed_with_what_they_are(ada: Reader, client: Client) -> None:
    Suppression.objects.create(
        reader=ada, reason="hard", said="550", since_at=timezone.now()
    )
    bob = Reader.objects.create_reader("bob@merrow.test")
    members.grant(bob, datetime(2027, 12, 31, tzinfo=UTC).date(), timezone.now())

    page = client.get(READERS).text
    cells = [re.sub("<[^>]+>", "", each) for each in re.findall("<td.*?</td>", page)]

    assert cells.count("trial") == 1
    assert "No such mailbox" in cells
    assert "member, by an operator" in cells
    assert "Dec. 31, 2027" in cells
    assert "ada@merrow.test" not in client.get(READERS + "?kind=member").text
    assert "bob@merrow.test" not in client.get(READERS + "?kind=trial").text
    assert "bob@merrow.test" in client.get(READERS + "?q=BOB").text


def test_a_trial_can_be_made_longer(ada: Reader, client: Client) -> None:
    last = "2099-01-31"
    rows = inline("trial", reader=ada.pk, last_day=last)

    change(client, ada, is_active="on", **rows, **none("member"))

    trial = Trial.objects.get()
    assert trial.ends_at == datetime(2099, 2, 1, tzinfo=UTC)
    line = Change.objects.get()
    assert (line.by.email if line.by else None) == "op@merrow.test"
    assert line.reader == ada
    assert "Trial until 2099-02-01" in line.what


def test_a_trial_that_is_over_can_go_on(ada: Reader, client: Client) -> None:
    trials.move_end(ada.trial, timezone.now().date().replace(year=2020), timezone.now())
    assert not may_receive(ada, timezone.now())

    change(
        client,
        ada,
        is_active="on",
        **inline("trial", reader=ada.pk, last_day="2099-01-31"),
        **none("member"),
    )

    assert may_receive(ada, timezone.now())


def test_a_reader_is_made_a_member_and_no_longer_is(
    ada: Reader, client: Client
) -> None:
    kept = inline("trial", reader=ada.pk, last_day=trials.last_day(ada.trial))
    change(
        client,
        ada,
        is_active="on",
        **kept,
        **inline("member", until_on="2030-06-30"),
    )
    assert str(Member.objects.get().until_on) == "2030-06-30"

    rows = inline("member", reader=ada.pk, until_on="2030-06-30", DELETE="on")
    change(client, ada, is_active="on", **kept, **rows)

    assert not Member.objects.exists()
    told = [each.what for each in Change.objects.filter(reader=ada)]
    assert told == [
        "Deleted member “Member until 2030-06-30”.",
        "Added member “Member until 2030-06-30”.",
    ]


def test_many_are_made_members_at_once_and_get_mail_again(
    ada: Reader, client: Client
) -> None:
    Suppression.objects.create(
        reader=ada, reason="soft", said="452", since_at=timezone.now()
    )
    for action in ("make_members", "mail_again"):
        client.post(READERS, {"action": action, "_selected_action": [ada.pk]})

    assert Member.objects.get().reader == ada
    assert not Suppression.objects.exists()
    assert Change.objects.filter(reader=ada).count() == 2


def test_no_line_of_a_change_holds_an_address(ada: Reader, client: Client) -> None:
    kept = inline("trial", reader=ada.pk, last_day="2099-01-31")
    change(client, ada, is_operator="on", **kept, **none("member"))

    assert Change.objects.exists()
    assert not Change.objects.filter(what__contains="@").exists()
    assert not LogEntry.objects.exists()


def test_operators_cannot_shut_themselves_out(operator: Reader, client: Client) -> None:
    change(client, operator, **none("trial"), **none("member"))

    operator.refresh_from_db()
    assert operator.is_operator
    assert operator.is_active
    assert client.get(f"{READERS}add/").status_code == 403
    assert client.get(f"{READERS}{operator.pk}/delete/").status_code == 403


def test_a_code_is_shown_once(operator: Reader, client: Client) -> None:
    fields = {"note": "Ward round", "uses": "5"}

    page = client.post(f"{INVITATIONS}add/", fields, follow=True).text

    [code] = re.findall("The code is ([0-9A-Z-]{19})", page)
    row = Invitation.objects.get()
    members.use(operator, code, timezone.now())
    assert code not in client.get(INVITATIONS).text
    assert code not in client.get(f"{INVITATIONS}{row.pk}/change/").text
    assert (
        Change.objects.filter(where="admin").get().what.endswith("Ward round: added.")
    )


def test_a_code_keeps_the_uses_it_had(operator: Reader, client: Client) -> None:
    row, code = members.invite(uses=2)
    members.use(operator, code, timezone.now())
    address = f"{INVITATIONS}{row.pk}/change/"

    refused = client.post(address, {"uses": "0"})
    assert "Write 1 or more; so many used it." in refused.text
    client.post(address, {"uses": "1", "until_on": "2027-01-31"})

    row.refresh_from_db()
    assert (row.uses, row.used) == (1, 1)
    assert client.get(f"{INVITATIONS}{row.pk}/delete/").status_code == 403


def test_a_domain_is_added_in_its_one_form(operator: Reader, client: Client) -> None:
    refused = client.post(f"{DOMAINS}add/", {"domain": "com"})
    assert "A domain is as in hospital.org." in refused.text

    client.post(f"{DOMAINS}add/", {"domain": " @Merrow.TEST", "has_subdomains": "on"})
    row = MemberDomain.objects.get()
    assert (row.domain, row.has_subdomains) == ("merrow.test", True)
    twice = client.post(f"{DOMAINS}add/", {"domain": "MERROW.test"})
    assert "already exists" in twice.text

    client.post(f"{DOMAINS}{row.pk}/delete/", {"post": "yes"})
    assert [each.what for each in Change.objects.all()] == [
        "*.merrow.test: deleted.",
        "*.merrow.test: added.",
    ]


def test_changes_are_read_and_never_changed(ada: Reader, client: Client) -> None:
    members.grant(ada, None, timezone.now())
    line = Change.objects.get()

    page = client.get(f"{READERS}{ada.pk}/history/", follow=True)
    assert page.redirect_chain == [(f"{CHANGES}?reader={ada.pk}", 302)]
    assert "Made a member, for good." in page.text
    assert client.get(f"{CHANGES}add/").status_code == 403
    assert client.post(f"{CHANGES}{line.pk}/change/", {"what": "x"}).status_code == 403
    assert (
        client.post(f"{CHANGES}{line.pk}/delete/", {"post": "yes"}).status_code == 403
    )
