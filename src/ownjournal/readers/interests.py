"""From what a reader names to what ranking works with.

`wishes_of` gives all that chooses a reader's issue: interests, with topics widened
to the narrower descriptors, seeds read from the catalogue as it is now, saved
searches as what they find, and what was said of articles beside the interest that
it belongs to; what need not be shown; and what is muted.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.ranking.interest import Interest as Ranked
from ownjournal.ranking.muted import Muted
from ownjournal.readers.at_hand import AtHand
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.naming import LABEL, find
from ownjournal.readers.naming import CannotFollow as CannotFollow
from ownjournal.readers.responses.muting import muted_by, unmute
from ownjournal.readers.responses.opinions import SEEDS, opinions_of, placed
from ownjournal.readers.responses.saying import known_to
from ownjournal.readers.responses.shown import Shown
from ownjournal.readers.searches.matching import Matching

MOST = 200  # interests of one reader


class Followed(Struct, frozen=True):
    """What came of a wish to follow something."""

    interest: Interest
    sentence: str
    as_asked: bool = True  # False: something else, or with a doubt, as it says


class Wishes(Struct, frozen=True):
    """All that chooses a reader's issue."""

    interests: tuple[Ranked, ...]
    known: frozenset[int] = frozenset()  # PMIDs that need not be shown
    muted: Muted = Muted()


def follow(reader: Reader, kind: str, text: str) -> Followed:
    """Add an interest; one that is there already stays as it is.

    Raises CannotFollow.
    """
    found = find(kind, text)
    same = reader.interests.filter(kind=found.kind, value__iexact=found.value).first()
    if same is not None:
        return Followed(same, f"You follow {same.label} already.")
    if reader.interests.count() >= MOST:
        raise CannotFollow(f"You follow {MOST} things, which is the most we allow.")
    unmute(reader, found.kind, found.value)
    interest, _ = Interest.objects.get_or_create(
        reader=reader,
        kind=found.kind,
        value=found.value,
        defaults={"label": found.label[:LABEL]},
    )
    sentence = found.sentence or f"You now follow {interest.label}."
    return Followed(interest, sentence, as_asked=found.sentence is None)


def unfollow(reader: Reader, kind: str, value: str) -> None:
    """Follow it no longer."""
    reader.interests.filter(kind=kind, value__iexact=value).delete()


def wishes_of(
    reader: Reader,
    matching: Matching,
    now: datetime,
    *,
    at_hand: AtHand | None = None,
    shown: Sequence[Shown] | None = None,
) -> Wishes:
    """What an issue made at that time is chosen by; arguments as of `of_reader`."""
    return Wishes(
        interests=of_reader(reader, matching, now, at_hand=at_hand, shown=shown),
        known=known_to(reader),
        muted=muted_by(reader),
    )


def of_reader(
    reader: Reader,
    matching: Matching,
    now: datetime,
    *,
    at_hand: AtHand | None = None,
    shown: Sequence[Shown] | None = None,
) -> tuple[Ranked, ...]:
    """All that the reader follows, one after the other; the seeds together.

    matching   asks what searches find; one that finds nothing, and of whose articles
               nothing was said, is no interest
    now        the time that what was said has faded by
    at_hand    what interests name, where much of it was read already
    shown      what issues have shown the reader, if it is known
    Raises IndexUnusable where the reader follows a search.
    """
    at_hand = at_hand or AtHand()
    rows = list(reader.interests.all())
    made = [_ranked(row, at_hand) for row in rows if row.kind != Interest.Kind.SEED]
    seeds = [int(row.value) for row in rows if row.kind == Interest.Kind.SEED]
    read = tuple(at_hand.articles(sorted(seeds)).values())
    liked = Ranked(SEEDS, "Articles like those you named", seeds=read)
    declared = [*made, liked, *_searches(reader, matching)]
    interests = placed(declared, opinions_of(reader, now, at_hand, shown))
    return tuple(each for each in interests if not _is_nothing(each))


def _is_nothing(interest: Ranked) -> bool:
    """Whether there is nothing in it to choose by."""
    if interest.articles() or interest.matches:
        return False
    return interest.key == SEEDS or interest.key.startswith("search:")


def _searches(reader: Reader, matching: Matching) -> Iterator[Ranked]:
    lists = ReaderLists(reader)
    for search in reader.searches.all():
        found = matching.of(search, lists)
        yield Ranked(f"search:{search.pk}", search.name, matches=found)


def _ranked(row: Interest, at_hand: AtHand) -> Ranked:
    key = f"{row.kind}:{row.value}"
    if row.kind == Interest.Kind.TOPIC:
        topic = at_hand.topic(row.value)
        return Ranked(key, topic.name or row.label, topics=topic.narrower)
    if row.kind == Interest.Kind.JOURNAL:
        return Ranked(key, row.label, journals=(row.value,))
    if row.kind == Interest.Kind.AUTHOR:
        return Ranked(key, row.label, authors=(row.value,))
    return Ranked(key, row.label, words=(row.label,))
