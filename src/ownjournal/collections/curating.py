"""Who keeps a collection: made, asked to keep it together, come in, gone.

Curators are equals. The name of each on the collection is her own choice; without one
it is how she signs her notes, or "A reader".
"""

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string

from ownjournal.collections import history
from ownjournal.collections.addresses import whole
from ownjournal.collections.arranging import CannotArrange, lock, one_line
from ownjournal.collections.invitations import (
    USED,
    of_letter,
    open_one,
    send,
    use_up,
)
from ownjournal.collections.models import Collection, Curator, CuratorInvitation
from ownjournal.notes.models import Signature
from ownjournal.readers.address import BadAddress, canonical
from ownjournal.readers.limits import Limit, take
from ownjournal.readers.models import Reader
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter

MOST_KEPT = 500  # collections of one reader
MOST_CURATORS = 20
INVITING = Limit("invitations", 20, 24 * 3600)  # mails that one reader may cause
TITLE = 200  # characters
NAME = 100


@transaction.atomic
def make(reader: Reader, text: str, at: datetime) -> Collection:
    """A new private collection of this reader. Raises CannotArrange."""
    title = title_of(text)
    if reader.curated.count() >= MOST_KEPT:
        raise CannotArrange(f"You keep {MOST_KEPT} collections, the most we allow.")
    collection = Collection.objects.create(title=title, created_at=at, updated_at=at)
    _join(collection, reader, at)
    history.note(collection, "made", at, by=reader)
    return collection


def title_of(text: str) -> str:
    """A title as typed, on one line. Raises CannotArrange."""
    title = one_line(text, TITLE)
    if title is None:
        raise CannotArrange("Please give the collection a title.")
    return title


def _join(collection: Collection, reader: Reader, at: datetime) -> None:
    signs = Signature.objects.filter(reader=reader).first()
    Curator.objects.get_or_create(
        collection=collection,
        reader=reader,
        defaults={"since_at": at, "name": signs.name if signs else None},
    )


def rename(collection: Collection, reader: Reader, text: str) -> None:
    """The name that a curator has on it; "A reader" without any."""
    name = one_line(text, NAME)
    collection.curators.filter(reader=reader).update(name=name)


def invite(collection: Collection, by: Reader, address: str, at: datetime) -> None:
    """Mail a link to an address, whoever has it. Raises CannotArrange."""
    asked = collection.curators.count() + collection.invitations.count()
    if asked >= MOST_CURATORS:
        raise CannotArrange(f"A collection has at most {MOST_CURATORS} curators.")
    to = allowed_address(by, address, at)
    send(collection.invitations, "curator-invitation", by, to, at)


def allowed_address(by: Reader, text: str, at: datetime) -> str:
    """An address in its one form, where this reader may still invite today.

    Raises CannotArrange.
    """
    try:
        address = canonical(text)
    except BadAddress as problem:
        raise CannotArrange(str(problem)) from None
    if take(INVITING, str(by.pk), at) is not None:
        raise CannotArrange(
            f"You have invited {INVITING.times} people today, the most we allow."
        )
    return address


def mail(letter: Letter) -> Mail | None:
    """The invitation's mail; None where it was taken back or is over."""
    rows = CuratorInvitation.objects.select_related("collection", "by")
    invitation = of_letter(rows, letter)
    if invitation is None:
        return None
    title = invitation.collection.title
    path = f"/collections/invitations/{invitation.pk}-{invitation.token()}"
    context = {"title": title, "by": invitation.by.email, "address": whole(path)}
    return Mail(
        subject=f"Would you keep “{title}” together with {invitation.by.email}?",
        text=render_to_string("collections/mail/invitation.txt", context),
    )


def invited(number: int, token: str, at: datetime) -> CuratorInvitation | None:
    """The invitation of a link, while it can be used."""
    rows = CuratorInvitation.objects.select_related("collection", "by")
    return open_one(rows, number, token, at)


@transaction.atomic
def accept(invitation: CuratorInvitation, reader: Reader, at: datetime) -> None:
    """Come in; the invitation is used up. Raises CannotArrange."""
    collection = invitation.collection
    lock(collection)
    served, is_in = use_up(invitation), _keeps(collection, reader)
    if is_in:  # by a button pressed twice, say
        return
    if not served:
        raise CannotArrange(USED)
    _join(collection, reader, at)
    history.note(collection, "curator", at, by=reader, detail="one more")


def _keeps(collection: Collection, reader: Reader) -> bool:
    return collection.curators.filter(reader=reader).exists()


@transaction.atomic
def leave(collection: Collection, reader: Reader, at: datetime) -> None:
    """Keep it no longer; others do. Raises CannotArrange where nobody would."""
    lock(collection)
    if not collection.curators.exclude(reader=reader).exists():
        raise CannotArrange("Nobody else keeps this collection any more.")
    if collection.curators.filter(reader=reader).delete()[0]:
        history.note(collection, "curator", at, detail="one less")


@transaction.atomic
def end(collection: Collection) -> None:
    """Delete it, for its only curator. Raises CannotArrange where there are others."""
    lock(collection)
    if collection.curators.count() > 1:
        raise CannotArrange("Others keep this collection too: leave it to them.")
    collection.delete()
