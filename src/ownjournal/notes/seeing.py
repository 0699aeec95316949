"""Who may see which note: the one place that says it.

Every page, list, export and mail takes its notes from here and narrows them. Groups
belong to collections, which notes know nothing of: whoever keeps groups names its
function in the setting NOTE_GROUPS.
"""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from ownjournal.notes.models import Note, Visibility
from ownjournal.notes.moderation.standing import banned
from ownjournal.readers.models import Reader

Group = tuple[int, str]  # its id and its name


def public() -> QuerySet[Note]:
    """Notes that everybody may see: neither deleted nor hidden by a moderator.

    Nor by a reader who is banned from publishing.
    """
    return kept().filter(_open(), visibility=Visibility.PUBLIC)


def visible_to(
    reader: Reader | AbstractBaseUser | AnonymousUser | None,
) -> QuerySet[Note]:
    """What this reader may see; with None, or a visitor, what is public.

    Her own notes of every kind, hidden ones too, so that she can learn of it; those
    of her groups; and what is public. Deleted notes are in no list.
    """
    if not isinstance(reader, Reader):
        return public()
    shared = Q(visibility=Visibility.PUBLIC)
    if groups := groups_of(reader):
        ids = [group for group, _ in groups]
        shared |= Q(visibility=Visibility.GROUP, group__in=ids)
    return kept().filter(Q(author=reader) | (shared & _open()))


def kept() -> QuerySet[Note]:
    """Notes that are not deleted, whoever may see them."""
    return Note.objects.filter(deleted_at=None)


def _open() -> Q:
    """What moderators let others see."""
    return Q(hidden_at=None) & ~Q(author__in=banned())


def groups_of(reader: Reader) -> Sequence[Group]:
    """The groups that a reader may share notes with; () on a site without groups."""
    name: str | None = settings.NOTE_GROUPS
    if name is None:
        return ()
    source: Callable[[Reader], Sequence[Group]] = import_string(name)
    return source(reader)
