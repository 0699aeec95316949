"""`ownjournal reader member` and `ownjournal invite`, as an operator uses them."""

import re
from datetime import date

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from ownjournal.cli.main import cli
from ownjournal.readers.membership import members
from ownjournal.readers.membership.models import Change, Invitation, Member
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db(transaction=True)


def ownjournal(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def test_a_reader_is_made_a_member() -> None:
    ada = Reader.objects.create_reader("ada@merrow.test")

    first = ownjournal("reader", "member", "ADA@merrow.test")
    assert first.output == "ada@merrow.test is a member, for good.\n"
    assert Member.objects.get().until_on is None

    again = ownjournal("reader", "member", "ada@merrow.test", "--until", "2027-12-31")
    assert "until 2027-12-31" in again.output
    assert Member.objects.get().until_on == date(2027, 12, 31)
    lines = Change.objects.filter(reader=ada, where="command", by=None)
    assert [each.what for each in lines] == [
        "Made a member, until 2027-12-31.",
        "Made a member, for good.",
    ]


def test_an_unknown_reader_or_day_is_refused() -> None:
    unknown = ownjournal("reader", "member", "bob@merrow.test")
    assert unknown.exit_code == 1
    assert "no reader has the address" in unknown.output

    no_day = ownjournal("reader", "member", "bob@merrow.test", "--until", "soon")
    assert no_day.exit_code == 2
    assert not Member.objects.exists()


def test_an_invitation_is_printed_once_and_works() -> None:
    made = ownjournal(
        *("invite", "--uses", "2", "--until", "2099-01-31"),
        *("--members-until", "2099-12-31", "--note", "Ward round"),
    )

    code = made.output.strip()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    row = Invitation.objects.get()
    assert (row.uses, row.until_on, row.note) == (2, date(2099, 1, 31), "Ward round")
    assert code not in row.code_hash

    ada = Reader.objects.create_reader("ada@merrow.test")
    members.use(ada, code, timezone.now())
    assert Member.objects.get().until_on == date(2099, 12, 31)


def test_no_use_is_no_invitation() -> None:
    assert ownjournal("invite", "--uses", "0").exit_code == 2
    assert not Invitation.objects.exists()
