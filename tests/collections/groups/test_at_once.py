"""Two who change who is in a group at the same moment: it keeps an owner."""

import pytest
from django.db import transaction

from made.overlapping import overlapping
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.groups import inviting, membership
from ownjournal.collections.groups.models import Group
from ownjournal.readers.models import Reader

from ..conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(club: Group, bea: Reader, cleo: Reader) -> Group:
    """Ada and Bea own it, Cleo is a member."""
    for reader in (bea, cleo):
        membership.join(club, reader, NOW)
    membership.set_role(club, bea.pk, "owner")
    return club


def owners(group: Group) -> list[Reader]:
    return [each.reader for each in group.memberships.filter(role="owner")]


def test_where_both_owners_leave_the_oldest_member_is_owner(
    shared: Group, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    overlapping(
        lambda: membership.leave(shared, ada), lambda: membership.leave(shared, bea)
    )

    assert owners(shared) == [cleo]


def test_where_both_owners_are_erased_the_oldest_member_is_owner(
    shared: Group, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    def erase(reader: Reader) -> None:
        with transaction.atomic():
            membership.see_off(reader, keeps_notes=False)
            reader.delete()

    overlapping(lambda: erase(ada), lambda: erase(bea))

    assert owners(shared) == [cleo]


def test_owners_who_make_each_other_members_leave_one(
    shared: Group, ada: Reader, bea: Reader
) -> None:
    with pytest.raises(CannotArrange, match="needs an owner"):
        overlapping(
            lambda: membership.set_role(shared, bea.pk, "member"),
            lambda: membership.set_role(shared, ada.pk, "member"),
        )

    assert owners(shared) == [ada]


def test_whoever_comes_into_a_group_that_ends_is_told(
    club: Group, ada: Reader, bea: Reader
) -> None:
    inviting.invite(club, ada, "bea@merrow.test", NOW)
    invitation = club.invitations.get()

    with pytest.raises(CannotArrange, match="no longer there"):
        overlapping(
            lambda: membership.end(Group.objects.get()),
            lambda: inviting.accept(invitation, bea, NOW),
        )
