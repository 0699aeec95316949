"""Members: how they come in, what owners may do, and who is left."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from made.door import mail_to
from ownjournal.collections import forgetting
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.groups import inviting, membership
from ownjournal.collections.groups.models import Group, GroupInvitation
from ownjournal.notes import seeing
from ownjournal.notes.models import Note
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter

from ..conftest import FIRST, NOW, signed_in


def names(group: Group) -> list[str]:
    rows = group.memberships.select_related("reader")
    return [each.reader.email.partition("@")[0] for each in rows]


def test_a_group_is_not_there_for_others(club: Group, cleo: Reader) -> None:
    start, stranger = f"/groups/{club.pk}", signed_in(cleo)

    assert stranger.get(start).status_code == 404
    assert Client().get(start).status_code == 302  # to the door
    for path in ("join", "leave", "members", "settings", "delete"):
        form = {"do": "invite", "address": "x@y.test", "name": club.name}
        assert stranger.post(f"{start}/{path}", form).status_code == 404, path
    assert stranger.get(f"{start}/meetings/new").status_code == 404
    assert "Journal club" not in stranger.get("/groups").text


def test_members_are_no_owners(club: Group, ada: Reader, bea: Reader) -> None:
    membership.join(club, bea, NOW)
    start, member = f"/groups/{club.pk}", signed_in(bea)

    page = member.get(start).text
    assert "ada@merrow.test" in page
    assert "Invite somebody" not in page
    for path in ("members", "settings", "delete"):
        form = {"do": "remove", "whom": ada.pk, "name": club.name}
        assert member.post(f"{start}/{path}", form).status_code == 404, path


def test_an_invitation_brings_in_whoever_has_its_link_once(
    club: Group, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    form = {"do": "invite", "address": "Bea@Merrow.test"}
    signed_in(ada).post(f"/groups/{club.pk}/members", form)
    mail = mail_to("bea@merrow.test")
    found = re.search(r"/groups/invitations/\S+", mail.text)
    assert found is not None
    assert "ada@merrow.test" in mail.subject
    path, member = found[0], signed_in(bea)
    assert path in member.get("/groups").text
    assert signed_in(cleo).get(path[:-1] + "x").status_code == 404

    member.get(path)
    assert names(club) == ["ada"]
    member.post(path)

    assert names(club) == ["ada", "bea"]
    assert signed_in(cleo).post(path).status_code == 404
    letter = Letter.objects.get(kind="group-invitation")
    assert inviting.mail(letter) is None


def test_of_two_readers_with_one_link_at_once_the_first_comes_in(
    club: Group, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    inviting.invite(club, ada, "bea@merrow.test", NOW)
    first, second = GroupInvitation.objects.get(), GroupInvitation.objects.get()

    inviting.accept(first, bea, NOW)
    inviting.accept(second, bea, NOW)  # a button pressed twice
    with pytest.raises(CannotArrange, match="was used"):
        inviting.accept(second, cleo, NOW)

    assert names(club) == ["ada", "bea"]


def test_an_invitation_into_a_full_group_is_not_used_up(
    club: Group, ada: Reader, bea: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(membership, "MOST_MEMBERS", 1)
    inviting.invite(club, ada, "bea@merrow.test", NOW)

    with pytest.raises(CannotArrange, match="at most"):
        inviting.accept(GroupInvitation.objects.get(), bea, NOW)

    assert GroupInvitation.objects.exists()


def test_the_domain_of_an_address_lets_in(
    club: Group, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    form = {"name": "Journal club", "domain": "@Merrow.test"}
    signed_in(ada).post(f"/groups/{club.pk}/settings", form)
    club.refresh_from_db()
    assert club.domain == "merrow.test"

    assert "Journal club" in signed_in(bea).get("/groups").text
    signed_in(bea).post(f"/groups/{club.pk}/join")
    stranger = signed_in(cleo)
    assert "Journal club" not in stranger.get("/groups").text
    assert stranger.post(f"/groups/{club.pk}/join").status_code == 404

    assert names(club) == ["ada", "bea"]


@pytest.mark.parametrize("typed", ["elsewhere.test", "gmail.com", "nothing", "a b.c"])
def test_only_ones_own_domain_can_be_let_in(typed: str, ada: Reader) -> None:
    with pytest.raises(CannotArrange):
        membership.domain_of(typed, ada)


def test_where_the_last_owner_goes_the_oldest_member_is_owner(
    club: Group, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    for reader in (bea, cleo):
        membership.join(club, reader, NOW)
    with pytest.raises(CannotArrange, match="needs an owner"):
        membership.set_role(club, ada.pk, "member")

    signed_in(ada).post(f"/groups/{club.pk}/leave")
    assert membership.is_owner(club, bea)
    membership.see_off(bea, keeps_notes=False)
    assert membership.is_owner(club, cleo)
    membership.leave(club, cleo)
    assert not Group.objects.exists()


def test_owners_send_away_and_make_owners(
    club: Group, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    for reader in (bea, cleo):
        membership.join(club, reader, NOW)
    owner, path = signed_in(ada), f"/groups/{club.pk}/members"

    owner.post(path, {"do": "owner", "whom": bea.pk})
    owner.post(path, {"do": "remove", "whom": cleo.pk})
    owner.post(path, {"do": "remove", "whom": "9" * 40})
    assert owner.post(path, {"do": "burn", "whom": bea.pk}).status_code == 404

    assert names(club) == ["ada", "bea"]
    assert membership.is_owner(club, bea)


def test_notes_may_be_shared_with_groups(
    club: Group, ada: Reader, cleo: Reader
) -> None:
    assert list(seeing.groups_of(ada)) == [(club.pk, "Journal club")]
    assert list(seeing.groups_of(cleo)) == []


def test_an_invitation_goes_with_who_made_it(
    club: Group, ada: Reader, bea: Reader
) -> None:
    membership.join(club, bea, NOW)
    membership.set_role(club, bea.pk, "owner")
    inviting.invite(club, bea, "dora@merrow.test", NOW)

    bea.delete()

    assert not GroupInvitation.objects.exists()


def test_notes_among_members_stand_on_the_page_of_the_group(
    club: Group, ada: Reader, bea: Reader, shelf: object
) -> None:
    other = membership.make(bea, "Another group", NOW)
    for group, text in ((club, "For the club."), (other, "For the others.")):
        Note.objects.create(
            author=bea,
            pmid=FIRST,
            kind="pearl",
            text=text,
            visibility="group",
            group=group.pk,
            created_at=NOW,
            review_on=NOW.date(),
        )

    page = signed_in(ada).get(f"/groups/{club.pk}").text

    assert "For the club." in page
    assert "For the others." not in page


def test_old_invitations_are_erased(club: Group, ada: Reader) -> None:
    inviting.invite(club, ada, "dora@merrow.test", NOW)

    forgetting.forget(NOW + timedelta(days=29))
    assert GroupInvitation.objects.exists()
    forgetting.forget(NOW + timedelta(days=31))
    assert not GroupInvitation.objects.exists()
