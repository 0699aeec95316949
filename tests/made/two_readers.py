"""A site on which Hera has a thing of every kind, and those who knock at it.

Nothing of hers is public, so whatever of hers another is shown can be told by her
words. `made.addresses` names her things.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.core.signing import Signer
from django.test import Client

from made.articles import an_article
from made.everything import leave_traces, words_of
from made.passkeys import a_passkey
from made.shelf import shelve
from ownjournal.collections import addresses
from ownjournal.collections.groups.models import Group, GroupInvitation, Meeting
from ownjournal.collections.models import Collection, CuratorInvitation, Suggestion
from ownjournal.collections.posts.models import Editor, Post
from ownjournal.issues import feeding
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.models import Ban, Moderator, Report
from ownjournal.readers import signin
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.membership.models import Trial
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.links import path_of
from ownjournal.readers.searches import keeping

PMID = 99_100_001
NOBODYS = 777_777_777
"""A number that no row has."""
WORDS = words_of("hera")
BACKEND = "ownjournal.readers.accounts.passwords.ReaderBackend"
KNOCKING = ("visitor", "reader", "expired", "moderator")
FORM = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


class Site(NamedTuple):
    """Hera, and the parts of addresses that name her things."""

    hera: Reader
    things: dict[str, str]

    def nobodys(self) -> dict[str, str]:
        """Parts of the same form that name nothing."""
        return {name: _wrong(name, part) for name, part in self.things.items()}


def a_site() -> Site:
    """Hera's things, all kept from others, and the articles they are about."""
    shelve(*(an_article(pmid=PMID + each) for each in range(3)))
    hera = leave_traces("hera", 876_543_210_987)
    for model in (Moderator, Ban, Report, Editor):
        model.objects.all().delete()
    Reader.objects.filter(pk=hera.pk).update(
        is_operator=False, has_feed=True, keeps_log=True
    )
    hera.refresh_from_db()
    Note.objects.filter(author=hera).update(visibility="private", group=None)
    Collection.objects.update(visibility="link", group=None)
    a_passkey(hera, WORDS[10])
    return Site(hera, {**_own(hera), **_shared(hera), **_links(hera)})


def knock(who: str, *, checked: bool = False) -> Client:
    """The browser of one of KNOCKING, or of "operator"; all but a visitor are in.

    checked   the forms need the token of this browser, as everywhere but in tests
    """
    client = Client(enforce_csrf_checks=checked, raise_request_exception=False)
    if who != "visitor":
        client.force_login(_reader(who), backend=BACKEND)
    return client


def as_owner(site: Site, *, checked: bool = False) -> Client:
    """Hera's browser."""
    client = Client(enforce_csrf_checks=checked, raise_request_exception=False)
    client.force_login(site.hera, backend=BACKEND)
    return client


def alike(text: str, parts: dict[str, str], path: str) -> str:
    """A page without its form's token and without what the address named."""
    text = FORM.sub("", text).replace(path, "")
    for part in sorted(parts.values(), key=len, reverse=True):
        if len(part) > 5:  # a short number may stand anywhere
            text = text.replace(part, "")
    return text


def _reader(who: str) -> Reader:
    address = f"{who}@elsewhere.test"
    found = Reader.objects.filter(email=address).first()
    if found is not None:
        return found
    reader = Reader.objects.create_reader(address, is_operator=who == "operator")
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    if who == "moderator":
        Moderator.objects.create(reader=reader, since_at=long_ago)
    if who == "expired":
        Trial.objects.create(reader=reader, began_at=long_ago, ends_at=long_ago)
    return reader


def _own(hera: Reader) -> dict[str, str]:
    """What she alone has."""
    rows = {
        "interest": hera.interests.get(),
        "search": hera.searches.get(),
        "row": hera.log.first(),
        "note": Note.objects.filter(author=hera).first(),
        "post": Post.objects.get(authors__reader=hera),
        "passkey": Authenticator.objects.get(user=hera, type="webauthn"),
        "library": Institution.objects.filter(state="proposed").first(),
    }
    found = {name: str(row.pk) for name, row in rows.items() if row is not None}
    issue, picture = hera.issues.get(), hera.pictures.get()
    return {**found, "issue": str(issue.number), "picture": picture.name}


def _shared(hera: Reader) -> dict[str, str]:
    """What she has with others, of whom there are none."""
    group = Group.objects.get(memberships__reader=hera)
    collection = Collection.objects.get(curators__reader=hera)
    now = datetime.now(UTC)
    meeting = Meeting.objects.create(
        group=group, starts_at=now, place=WORDS[1], minutes=WORDS[2], made_at=now
    )
    month = {"expires_at": now + timedelta(days=30)}
    for model in (GroupInvitation, CuratorInvitation):
        model.objects.update(**month)
    rows = {
        "group": group,
        "collection": collection,
        "meeting": meeting,
        "suggestion": Suggestion.objects.get(),
    }
    return {name: str(row.pk) for name, row in rows.items()}


def _links(hera: Reader) -> dict[str, str]:
    """Secrets that open something of hers to whoever has them."""
    search = hera.searches.get()
    keeping.open_feed(search)
    search.refresh_from_db()
    feed = keeping.feed_path(search) or ""
    joining = GroupInvitation.objects.get()
    keeping_together = CuratorInvitation.objects.get()
    collection = Collection.objects.get(curators__reader=hera)
    return {
        "searchfeed": feed.removeprefix("/searches/feeds/").removesuffix(".atom"),
        "feed": feeding.feed_paths(hera)[0].split("/")[3].split(".")[0],
        "say": path_of(hera.pk, PMID).removeprefix("/say/"),
        "stop": Signer(salt="no more issues by mail", sep=".").sign(str(hera.pk)),
        "joining": f"{joining.pk}-{joining.token()}",
        "curating": f"{keeping_together.pk}-{keeping_together.token()}",
        "shared": addresses.start_of(collection, by_link=True).split("/")[2],
        "entry": signin.make_link(hera, datetime.now(UTC)).rsplit("/", 1)[1],
    }


def _wrong(name: str, part: str) -> str:
    """Of the same form, and nobody's."""
    if name == "picture":
        return "0" * 40 + part[40:]
    if part.isdecimal():
        return str(NOBODYS)
    head, mark, secret = part.rpartition("-" if "." not in part else ".")
    return head + mark + "0" * len(secret)
