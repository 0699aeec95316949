"""Who may see, fill and keep which collection: the one place that says it.

Private ones are their curators' alone. What belongs to a group is seen and filled by
its members, whatever else it is. What has a link is seen by whoever has the link,
and stands in no list. Somebody else's collection is as if it were not there.
"""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from ownjournal.collections.models import Collection, Visibility
from ownjournal.readers.models import Reader

User = Reader | AbstractBaseUser | AnonymousUser | None


def public() -> QuerySet[Collection]:
    """Those that everybody may see."""
    return Collection.objects.filter(visibility=Visibility.PUBLIC)


def kept_by(reader: Reader) -> QuerySet[Collection]:
    """Those that the reader keeps."""
    return Collection.objects.filter(curators__reader=reader)


def filled_by(reader: Reader) -> QuerySet[Collection]:
    """Those that the reader may add to: kept ones and those of her groups."""
    return Collection.objects.filter(_fills(reader)).distinct()


def visible_to(user: User) -> QuerySet[Collection]:
    """Those that this reader, or a visitor, may see without a link."""
    if not isinstance(user, Reader):
        return public()
    seen = Q(visibility=Visibility.PUBLIC) | _fills(user)
    return Collection.objects.filter(seen).distinct()


def seen_or_404(request: HttpRequest, number: int) -> Collection:
    """The collection with this id, for who may see it. Raises Http404."""
    return _first(visible_to(request.user), number)


def filled_or_404(reader: Reader, number: int) -> Collection:
    """The same for who may add to it."""
    return _first(filled_by(reader), number)


def kept_or_404(reader: Reader, number: int) -> Collection:
    """The same for its curators."""
    return _first(kept_by(reader), number)


def keeps(user: User, collection: Collection) -> bool:
    """Whether this is one of its curators."""
    return isinstance(user, Reader) and kept_by(user).filter(pk=collection.pk).exists()


def fills(user: User, collection: Collection) -> bool:
    """Whether this reader may add to it."""
    return (
        isinstance(user, Reader) and filled_by(user).filter(pk=collection.pk).exists()
    )


def _fills(reader: Reader) -> Q:
    of_group = Q(group__memberships__reader=reader) & ~Q(visibility=Visibility.PRIVATE)
    return Q(curators__reader=reader) | of_group


def _first(rows: QuerySet[Collection], number: int) -> Collection:
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
