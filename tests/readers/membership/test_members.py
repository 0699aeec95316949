"""Members: by a code, by an operator, by a domain; each until its last day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from made.together import together
from ownjournal.readers.membership import members
from ownjournal.readers.membership.domains import canonical_domain, covering
from ownjournal.readers.membership.joining import joined
from ownjournal.readers.membership.members import NoInvitation, admits, invite, use
from ownjournal.readers.membership.models import (
    Change,
    Invitation,
    Member,
    MemberDomain,
)
from ownjournal.readers.membership.standing import (
    Kind,
    may_receive,
    receiving,
    standing,
)
from ownjournal.readers.membership.words import told
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=90)


@pytest.fixture(autouse=True)
def gives_trials(settings: Any) -> None:
    settings.MEMBERSHIP, settings.TRIAL_DAYS = "trial", 30


@pytest.fixture
def ada(db: None) -> Reader:
    """Her trial is long over in `LATER`."""
    reader = Reader.objects.create_reader("ada@ward.merrow.test")
    joined(reader, NOW)
    return reader


def test_a_code_makes_a_member_and_is_used_then(ada: Reader) -> None:
    invitation, code = invite(note="Ward round")

    use(ada, code.lower().replace("-", " "), LATER)

    assert may_receive(ada, LATER)
    assert told(standing(ada, LATER)) == "You are a member by an invitation."
    invitation.refresh_from_db()
    assert invitation.used == 1
    bob = Reader.objects.create_reader("bob@merrow.test")
    with pytest.raises(NoInvitation, match="does not work, or does so no longer"):
        use(bob, code, LATER)


def test_letters_that_look_alike_are_the_same() -> None:
    assert members.code_hash("OIL0-1111") == members.code_hash("0110 1LiI")


@pytest.mark.parametrize("wrong", ["", "AAAA-AAAA-AAAA-AAAA", "\0", "é" * 64])
def test_a_wrong_code_makes_nobody_a_member(ada: Reader, wrong: str) -> None:
    invite()
    with pytest.raises(NoInvitation):
        use(ada, wrong, NOW)

    assert not Member.objects.exists()
    assert not Change.objects.filter(reader=ada).exists()


def test_the_database_holds_no_code(db: None) -> None:
    _, code = invite(note="For somebody")

    row = Invitation.objects.values().get()
    kept = " ".join(map(str, row.values()))
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert not Change.objects.filter(what__contains=code[:4]).exists()


def test_a_code_has_a_last_day(ada: Reader) -> None:
    _, code = invite(until_on=date(2026, 11, 25))

    with pytest.raises(NoInvitation):
        use(ada, code, datetime(2026, 11, 26, tzinfo=UTC))
    use(ada, code, datetime(2026, 11, 25, 23, 59, tzinfo=UTC))


def test_a_member_wastes_no_code(ada: Reader) -> None:
    members.grant(ada, None, NOW)
    invitation, code = invite(members_until_on=date(2030, 1, 1))

    with pytest.raises(NoInvitation, match="a member already"):
        use(ada, code, NOW)

    invitation.refresh_from_db()
    assert invitation.used == 0
    assert Member.objects.get().until_on is None


def test_a_code_can_lengthen_a_membership_and_never_shortens_it(ada: Reader) -> None:
    members.grant(ada, date(2027, 6, 30), NOW)
    _, shorter = invite(members_until_on=date(2027, 6, 30))
    _, longer = invite(members_until_on=date(2027, 7, 1))

    with pytest.raises(NoInvitation):
        use(ada, shorter, NOW)
    use(ada, longer, NOW)

    assert Member.objects.get().until_on == date(2027, 7, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_use_a_code_than_may() -> None:
    invitation, code = invite(uses=3)
    waiting = [
        Reader.objects.create_reader(f"r{number}@merrow.test") for number in range(8)
    ]

    def one() -> bool:
        try:
            use(waiting.pop(), code, NOW)
        except NoInvitation:
            return False
        return True

    assert sum(together(one, workers=8)) == 3
    invitation.refresh_from_db()
    assert invitation.used == Member.objects.count() == 3


def test_a_membership_ends_with_its_day_by_the_readers_clock(ada: Reader) -> None:
    ada.time_zone = "Asia/Tokyo"
    members.grant(ada, date(2027, 3, 31), NOW)

    assert may_receive(ada, datetime(2027, 3, 31, 14, 59, tzinfo=UTC))
    over = datetime(2027, 3, 31, 15, tzinfo=UTC)
    assert not may_receive(ada, over)
    assert told(standing(ada, over)) == (
        "Your membership ended with Wednesday, 31 March 2027."
    )


def test_where_nobody_needs_to_be_a_member_none_is_over(
    ada: Reader, settings: Any
) -> None:
    members.grant(ada, date(2026, 11, 30), NOW)
    settings.MEMBERSHIP = "open"

    assert standing(ada, NOW).kind == Kind.MEMBER
    assert standing(ada, LATER).kind == Kind.OPEN


def test_a_membership_that_ends_leaves_the_rest_of_a_trial(ada: Reader) -> None:
    members.grant(ada, date(2026, 11, 26), NOW)

    assert standing(ada, NOW).kind == Kind.MEMBER
    assert standing(ada, NOW + timedelta(days=2)).kind == Kind.TRIAL
    assert may_receive(ada, NOW + timedelta(days=2))


def test_a_domain_makes_members_of_its_addresses_at_once(ada: Reader) -> None:
    row = MemberDomain.objects.create(domain="ward.merrow.test")
    assert may_receive(ada, LATER)
    assert standing(ada, LATER).way == "by the domain ward.merrow.test"

    row.delete()
    assert not may_receive(ada, LATER)


@pytest.mark.parametrize(
    ("domain", "below", "covers"),
    [
        ("ward.merrow.test", False, True),
        ("merrow.test", False, False),
        ("merrow.test", True, True),
        ("test", True, True),  # the form does not let it in
        ("row.test", True, False),
        ("d.merrow.test", True, False),
        ("a.ward.merrow.test", True, False),
    ],
)
def test_a_domain_covers_what_is_below_it_only_if_it_says_so(
    ada: Reader, domain: str, below: bool, covers: bool
) -> None:
    MemberDomain.objects.create(domain=domain, has_subdomains=below)

    assert bool(covering(ada.email)) is covers
    assert not covering("ada@evil.test.example")


def test_a_domain_has_a_last_day(ada: Reader) -> None:
    MemberDomain.objects.create(
        domain="ward.merrow.test", until_on=LATER.date() - timedelta(days=1)
    )
    assert not may_receive(ada, LATER)
    assert standing(ada, LATER).kind == Kind.MEMBER


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Merrow.TEST ", "merrow.test"),
        ("@merrow.test", "merrow.test"),
        ("*.merrow.test", "merrow.test"),
        ("bücher.test", "xn--bcher-kva.test"),
    ],
)
def test_a_domain_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert canonical_domain(typed) == kept


@pytest.mark.parametrize("wrong", ["", "test", "a b.test", "x@y@merrow.test", "-.test"])
def test_what_is_no_domain_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        canonical_domain(wrong)


def test_an_invitation_or_a_domain_lets_in(db: None) -> None:
    _, code = invite()
    MemberDomain.objects.create(domain="merrow.test")

    assert admits("ada@elsewhere.test", code)
    assert admits("ada@merrow.test", None)
    assert not admits("ada@elsewhere.test", "no code")
    assert not admits("ada@elsewhere.test", None)


def test_joining_with_a_code_makes_a_member(db: None) -> None:
    _, code = invite()
    bob = Reader.objects.create_reader("bob@merrow.test")

    joined(bob, NOW, code)
    assert may_receive(bob, LATER)

    eve = Reader.objects.create_reader("eve@merrow.test")
    joined(eve, NOW, code)
    assert standing(eve, NOW).kind == Kind.TRIAL


def test_a_change_outlives_whoever_made_it_and_goes_with_whom_it_is_about(
    ada: Reader,
) -> None:
    members.grant(ada, None, NOW)
    _, code = invite()
    assert Change.objects.filter(what__startswith="Invitation").count() == 1

    ada.delete()

    assert [each.what.partition(":")[2] for each in Change.objects.all()] == [
        " made, 1 use."
    ]
    assert code


def test_of_many_is_known_at_once_what_each_would_be_told_alone(ada: Reader) -> None:
    MemberDomain.objects.create(domain="below.test", has_subdomains=True)
    MemberDomain.objects.create(domain="exact.test")
    MemberDomain.objects.create(domain="over.test", until_on=date(2026, 12, 1))
    names = ("a@ward.below.test", "b@exact.test", "c@ward.exact.test", "d@over.test")
    others = [Reader.objects.create_reader(email) for email in names]
    for each in others:
        joined(each, NOW)
    member = Reader.objects.create_reader("e@merrow.test")
    Member.objects.create(reader=member, until_on=date(2027, 12, 1))
    operator = Reader.objects.create_reader("f@merrow.test", is_operator=True)
    people = [ada, *others, member, operator]

    with CaptureQueriesContext(connection) as asked:
        found = receiving(people, LATER)

    assert found == {others[0].pk, others[1].pk, member.pk, operator.pk}
    assert found == {each.pk for each in people if may_receive(each, LATER)}
    assert len(asked) <= 5
