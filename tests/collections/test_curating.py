"""Who keeps a collection: invitations, names, and what is left when somebody goes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from made.door import mail_to
from ownjournal.collections import addresses, curating, leaving, settings_page
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.models import Collection, CuratorInvitation
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter

from .conftest import NOW, signed_in


def invited_path(collection: Collection, by: Reader, address: str) -> str:
    start = addresses.start_of(collection)
    form = {"do": "invite", "address": address}
    signed_in(by).post(f"{start}/curators", form)
    found = re.search(r"/collections/invitations/\S+", mail_to(address).text)
    assert found is not None
    return found[0]


def test_whoever_has_the_link_comes_in_once(
    fevers: Collection, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    path = invited_path(fevers, ada, "bea@merrow.test")
    start = addresses.start_of(fevers)
    assert Client().post(path).status_code == 302  # to the door
    assert not fevers.curators.filter(reader=bea).exists()

    member = signed_in(bea)
    assert "asks you to keep" in member.get(path).text
    assert path in member.get("/collections/mine").text
    assert member.get(start).status_code == 404
    member.post(path)

    assert member.get(f"{start}/settings").status_code == 200
    assert signed_in(cleo).post(path).status_code == 404
    assert "one more" in member.get(f"{start}/history").text


def test_a_link_that_was_changed_taken_back_or_is_old_opens_nothing(
    fevers: Collection, ada: Reader, bea: Reader
) -> None:
    path, member = invited_path(fevers, ada, "bea@merrow.test"), signed_in(bea)
    other = path[:-1] + ("0" if path[-1] != "0" else "1")
    assert member.get(other).status_code == 404

    rows = CuratorInvitation.objects.all()
    rows.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert member.get(path).status_code == 404
    rows.update(expires_at=timezone.now() + timedelta(days=1))
    assert member.get(path).status_code == 200
    form = {"do": "take-back", "invitation": rows.get().pk}
    signed_in(ada).post(f"{addresses.start_of(fevers)}/curators", form)
    assert member.get(path).status_code == 404
    letter = Letter.objects.get(kind="curator-invitation")
    assert curating.mail(letter) is None


def test_of_two_readers_with_one_link_at_once_the_first_comes_in(
    fevers: Collection, ada: Reader, bea: Reader, cleo: Reader
) -> None:
    curating.invite(fevers, ada, "bea@merrow.test", NOW)
    first, second = CuratorInvitation.objects.get(), CuratorInvitation.objects.get()

    curating.accept(first, bea, NOW)
    curating.accept(second, bea, NOW)  # a button pressed twice
    with pytest.raises(CannotArrange, match="was used"):
        curating.accept(second, cleo, NOW)

    assert [each.reader for each in fevers.curators.all()] == [ada, bea]
    assert fevers.changes.filter(what="curator").count() == 1


def test_a_link_that_another_uses_at_this_moment_is_told_to_be_used(
    fevers: Collection, ada: Reader, bea: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = invited_path(fevers, ada, "bea@merrow.test")
    found = CuratorInvitation.objects.get()
    monkeypatch.setattr(curating, "invited", lambda *_: found)
    CuratorInvitation.objects.all().delete()

    page = signed_in(bea).post(path, follow=True)

    assert "was used, or taken back" in page.text
    assert not fevers.curators.filter(reader=bea).exists()


@pytest.mark.parametrize("address", ["", "nobody", "a@b\r\nBcc: c@d.test", "x" * 400])
def test_what_is_no_address_is_not_invited(
    address: str, fevers: Collection, ada: Reader
) -> None:
    with pytest.raises(CannotArrange):
        curating.invite(fevers, ada, address, NOW)
    assert not Letter.objects.exists()


def test_what_others_keep_stays_with_them(
    fevers: Collection, ada: Reader, bea: Reader
) -> None:
    fevers.curators.create(reader=bea, since_at=NOW)
    alone = curating.make(ada, "Alone", NOW)

    leaving.see_off(ada, keeps_notes=False)
    ada.delete()

    assert [each.pk for each in Collection.objects.all()] == [fevers.pk]
    assert [each.reader for each in fevers.curators.all()] == [bea]
    assert not Collection.objects.filter(pk=alone.pk).exists()


def test_a_collection_is_deleted_by_its_only_curator_who_types_the_title(
    fevers: Collection, ada: Reader, bea: Reader
) -> None:
    path, client = f"{addresses.start_of(fevers)}/delete", signed_in(ada)
    client.post(path, {"title": "fevers"})
    assert Collection.objects.exists()
    other = fevers.curators.create(reader=bea, since_at=NOW)
    assert client.post(path, {"title": fevers.title}).status_code == 404
    other.delete()

    client.post(path, {"title": fevers.title})

    assert not Collection.objects.exists()


def test_settings_come_back_as_typed_when_something_is_wrong(
    fevers: Collection, ada: Reader
) -> None:
    path, client = f"{addresses.start_of(fevers)}/settings", signed_in(ada)
    good = {"title": "Falls", "description": "## Why", "visibility": "public"}

    for wrong in (
        {"title": " \n"},
        {"title": "x" * 201},
        {"description": "x" * 10_001},
        {"visibility": "all"},
        {"visibility": "group"},
        {"group": "77"},
    ):
        page = client.post(path, good | wrong)
        assert page.status_code == 422, wrong
    fevers.refresh_from_db()
    assert (fevers.title, fevers.visibility) == ("Fevers of Merrow", "private")
    assert client.post(path, good).status_code == 302
    fevers.refresh_from_db()
    assert (fevers.title, fevers.description) == ("Falls", "## Why")


def test_settings_do_not_take_back_what_others_changed_meanwhile(
    fevers: Collection, ada: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, client = addresses.start_of(fevers), signed_in(ada)

    def title_of(text: str) -> str:
        client.post(f"{start}/link")
        return text

    monkeypatch.setattr(settings_page, "title_of", title_of)
    client.post(f"{start}/settings", {"title": "Falls", "visibility": "link"})

    fevers.refresh_from_db()
    assert (fevers.title, fevers.link_number) == ("Falls", 1)


def test_what_is_hostile_in_a_description_is_text(
    fevers: Collection, ada: Reader
) -> None:
    fevers.description = "<script>alert(1)</script> [x](javascript:alert(1)) **b**"
    fevers.title = "<img src=x onerror=alert(1)>"
    fevers.save()

    page = signed_in(ada).get(addresses.path_of(fevers)).text

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert "<strong>b</strong>" in page
