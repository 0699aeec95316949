"""Readers by command: make one, or add to what one follows."""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils import timezone

from ownjournal.readers.address import canonical
from ownjournal.readers.interests import follow
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.schedule import next_issue


class UnknownTimeZone(ValueError):
    """A name that is no time zone; the message is a sentence for its writer."""


def add(
    email: str,
    *,
    topics: Iterable[str] = (),
    words: Iterable[str] = (),
    journals: Iterable[str] = (),
    seeds: Iterable[str | int] = (),
    is_operator: bool | None = None,
    time_zone: str | None = None,
    say: Callable[[str], None] | None = None,
) -> Reader:
    """The reader with this address, made if there is none, following these too.

    What is None stays as it is. `say` is given a sentence for each interest.

    Raises BadAddress, CannotFollow or UnknownTimeZone with a sentence; nothing
    is changed then.
    """
    wishes = (
        (Interest.Kind.TOPIC, topics),
        (Interest.Kind.WORDS, words),
        (Interest.Kind.JOURNAL, journals),
        (Interest.Kind.SEED, seeds),
    )
    with transaction.atomic():
        reader = _reader(canonical(email), is_operator, time_zone)
        followed = [
            follow(reader, kind.value, str(text))
            for kind, texts in wishes
            for text in texts
        ]
    if say is not None:
        for each in followed:
            say(each.sentence)
    return reader


def _reader(email: str, is_operator: bool | None, time_zone: str | None) -> Reader:
    reader = Reader.objects.filter(email=email).first()
    if reader is None:
        reader = Reader.objects.create_reader(email)
    if is_operator is not None:
        reader.is_operator = is_operator
    if time_zone is not None:
        reader.time_zone = _checked(time_zone)
    if time_zone is not None or reader.next_issue_at is None:
        reader.next_issue_at = next_issue(reader, timezone.now())
    reader.save()
    return reader


def _checked(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownTimeZone(
            f"“{name}” is no time zone; write it as in Europe/Berlin."
        ) from None
