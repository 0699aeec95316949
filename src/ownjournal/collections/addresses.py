"""Where a collection stands: /collections/ID/SLUG, or for a link ID-SECRET/SLUG.

The secret is computed, so that a stolen copy of the database opens nothing; a new
one ends the old. What stands behind the id is for people and is never compared.
"""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import slugify

from ownjournal.collections.models import Collection, Visibility

TOKEN = 32  # hexadecimal digits, 128 bits
LONGEST = 60  # characters of a slug
RESERVED = frozenset(
    (
        *("notes", "history", "edit", "add", "export", "suggest", "curators"),
        *("sections", "articles", "delete", "link", "settings", "mine", "new"),
        *("invitations", "follow"),
    )
)
"""What stands behind the id of a collection and is no title's."""


def slug_of(title: str) -> str:
    """A title as an address has it; "collection" where no letter is left."""
    slug = slugify(title)[:LONGEST].strip("-_") or "collection"
    return f"{slug}-collection" if slug in RESERVED else slug


def start_of(collection: Collection, *, by_link: bool = False) -> str:
    """What all its addresses begin with, without a slash at the end."""
    token = f"-{_token(collection)}" if by_link else ""
    return f"/collections/{collection.pk}{token}"


def path_of(collection: Collection) -> str:
    """Its page, for those who may see it without a link."""
    return f"{start_of(collection)}/{slug_of(collection.title)}"


def link_of(collection: Collection) -> str | None:
    """Its page for whoever has the link; None where no link is in use."""
    if collection.visibility != Visibility.LINK:
        return None
    return f"{start_of(collection, by_link=True)}/{slug_of(collection.title)}"


def shared_path(collection: Collection) -> str:
    """What to give to others: the link where there is one, else the page."""
    return link_of(collection) or path_of(collection)


def feed_path(collection: Collection, form: str) -> str | None:
    """Of its feed, where a program without an account may read it."""
    if collection.visibility not in (Visibility.PUBLIC, Visibility.LINK):
        return None
    by_link = collection.visibility == Visibility.LINK
    return f"{start_of(collection, by_link=by_link)}/feed.{form}"


def whole(path: str) -> str:
    """With the site's address before it."""
    return settings.SITE_URL + path


def by_link(number: int, token: str) -> Collection | None:
    """The collection of a link in use; None for any other address."""
    found = Collection.objects.filter(pk=number, visibility=Visibility.LINK).first()
    if found is None or not constant_time_compare(_token(found), token):
        return None
    return found


def _token(collection: Collection) -> str:
    said = f"{collection.pk} {collection.link_number}"
    hashed = salted_hmac("link of a collection", said, algorithm="sha256")
    return hashed.hexdigest()[:TOKEN]
