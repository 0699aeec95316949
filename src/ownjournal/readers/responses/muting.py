"""Mute a topic, a journal, an author or words: no issue chooses what is about them.

What a reader mutes she no longer follows, and the other way round. Searches hide
nothing, and news of a retraction always comes.
"""

from django.utils import timezone

from ownjournal.catalogue import mesh
from ownjournal.ranking.muted import Muted
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.naming import LABEL, CannotFollow, Found, find
from ownjournal.readers.responses.models import Mute

MOST = 200  # mutes of one reader


def mute(reader: Reader, kind: str, text: str) -> Mute:
    """Mute what the text names. Raises CannotFollow."""
    if kind not in Mute.Kind.values:
        raise CannotFollow("A topic, words, a journal or an author can be muted.")
    found = find(kind, text)
    _forget_interest(reader, found)
    row = reader.mutes.filter(kind=found.kind, value__iexact=found.value).first()
    if row is not None:
        return row
    if reader.mutes.count() >= MOST:
        raise CannotFollow(f"You mute {MOST} things, which is the most we allow.")
    row, _ = Mute.objects.get_or_create(
        reader=reader,
        kind=found.kind,
        value=found.value,
        defaults={"label": found.label[:LABEL], "muted_at": timezone.now()},
    )
    return row


def unmute(reader: Reader, kind: str, value: str) -> None:
    """Let it be chosen again."""
    reader.mutes.filter(kind=kind, value__iexact=value).delete()


def mutes_of(reader: Reader) -> tuple[Mute, ...]:
    """By kind, the first muted first."""
    return tuple(reader.mutes.all())


def muted_by(reader: Reader) -> Muted:
    """The reader's mutes as ranking takes them; topics with the narrower ones."""
    rows = mutes_of(reader)
    topics = [row.value for row in rows if row.kind == Mute.Kind.TOPIC]
    return Muted(
        topics=tuple(sorted({ui for each in topics for ui in mesh.narrower(each)})),
        words=_values(rows, Mute.Kind.WORDS),
        journals=_values(rows, Mute.Kind.JOURNAL),
        authors=_values(rows, Mute.Kind.AUTHOR),
    )


def _values(rows: tuple[Mute, ...], kind: str) -> tuple[str, ...]:
    return tuple(sorted(row.value for row in rows if row.kind == kind))


def _forget_interest(reader: Reader, found: Found) -> None:
    Interest.objects.filter(
        reader=reader, kind=found.kind, value__iexact=found.value
    ).delete()
