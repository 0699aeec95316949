"""Opinions: what a reader said, by its age, and which interest it belongs to.

An opinion on an article that an issue chose for an interest belongs to that
interest, and is forgotten with it unless it is "more". Every other one belongs to
the interest that speaks for the article most by what was declared:

    its topics, words, journals and authors, weighed as relevance weighs them

Where none does, "more" joins the articles that the reader named as examples, and
"less" teaches nothing. "Already knew" never teaches anything.

Passed over is what stood above the deepest article of an issue that the reader
opened, saved or said something of, and was itself left alone.

The newest MOST of each are taken, so that no reader's issue takes long to make.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.declared import topic_of
from ownjournal.ranking.feedback import Opinion, faded
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.names import is_by
from ownjournal.ranking.relevance import AUTHORS, JOURNALS, TOPICS, WORDS
from ownjournal.ranking.terms import term_of, words_of
from ownjournal.readers.at_hand import AtHand
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.models import Response
from ownjournal.readers.responses.shown import Shown, opened_by, shown_to

SEEDS = "seeds"  # the key of the one interest that all examples make together
MOST = 500  # responses, the newest; and of what was passed over as many
LOOKED_AT = 1_000  # places in issues, the newest
A_DAY = 24 * 3600  # seconds


class Held(Struct, frozen=True):
    """An opinion and the interest that an issue chose the article for."""

    opinion: Opinion
    interest: str | None  # Interest.key; None where no issue did


class Opinions(Struct, frozen=True):
    """What a reader said and left unsaid, each the newest first."""

    liked: tuple[Held, ...] = ()
    dismissed: tuple[Held, ...] = ()
    passed: tuple[Held, ...] = ()


class _Mark(Struct, frozen=True):
    pmid: int
    at: datetime


def opinions_of(
    reader: Reader,
    now: datetime,
    at_hand: AtHand | None = None,
    shown: Sequence[Shown] | None = None,
) -> Opinions:
    """The newest opinions of a reader with the weight they have at a time.

    `shown` is what issues have shown, the newest first; None: it is read now.
    Articles are read as they are now; one that is no longer kept is left out.
    """
    # all of them, as whoever makes many issues has them at hand
    responses = list(reader.responses.all())
    shown = (shown_to(reader, LOOKED_AT) if shown is None else shown)[:LOOKED_AT]
    chosen_for: dict[int, str | None] = {}
    for each in shown:  # the newest issue of an article counts
        chosen_for.setdefault(each.pmid, each.interest)
    by_kind = {
        kind: [_Mark(row.pmid, row.at) for row in responses[:MOST] if row.kind == kind]
        for kind in (Response.Kind.MORE, Response.Kind.LESS)
    }
    touched = {
        *(row.pmid for row in responses),
        *(row.pmid for row in reader.saved.all()),
        *opened_by(reader, {each.pmid for each in shown}),
    }
    left = [_Mark(each.pmid, each.at) for each in _passed(shown, touched)]
    marks = [*by_kind[Response.Kind.MORE], *by_kind[Response.Kind.LESS], *left]
    known = (at_hand or AtHand()).articles([mark.pmid for mark in marks])

    def held(some: Iterable[_Mark]) -> tuple[Held, ...]:
        return tuple(
            Held(
                Opinion(known[mark.pmid], _weight(mark.at, now)),
                chosen_for.get(mark.pmid),
            )
            for mark in some
            if mark.pmid in known
        )

    return Opinions(
        held(by_kind[Response.Kind.MORE]),
        held(by_kind[Response.Kind.LESS]),
        held(left),
    )


def _weight(at: datetime, now: datetime) -> float:
    return faded((now - at).total_seconds() / A_DAY)


def _passed(shown: Sequence[Shown], touched: Collection[int]) -> list[Shown]:
    """What was passed over, the newest first, for an interest that chose it."""
    deepest: dict[int, int] = defaultdict(int)
    for each in shown:
        if each.pmid in touched:
            deepest[each.issue] = max(deepest[each.issue], each.position)
    left = [
        each
        for each in shown
        if each.pmid not in touched
        and each.interest is not None
        and each.position < deepest[each.issue]
    ]
    return left[:MOST]


def placed(declared: Sequence[Interest], opinions: Opinions) -> tuple[Interest, ...]:
    """The interests, in their order, with the opinions that belong to each.

    One of them must have the key SEEDS.
    """
    keys = {each.key for each in declared}
    given: dict[str, dict[str, list[Opinion]]]
    given = {key: {"liked": [], "dismissed": [], "passed": []} for key in keys}
    for held in opinions.liked:
        key = _own(held, keys) or speaker(declared, held.opinion.candidate) or SEEDS
        given[key]["liked"].append(held.opinion)
    for held in opinions.dismissed:
        own = _own(held, keys)
        if own is None and held.interest is None:
            own = speaker(declared, held.opinion.candidate)
        if own is not None:
            given[own]["dismissed"].append(held.opinion)
    for held in opinions.passed:
        if (own := _own(held, keys)) is not None:
            given[own]["passed"].append(held.opinion)
    return tuple(
        replace(each, **{part: tuple(some) for part, some in given[each.key].items()})
        for each in declared
    )


def _own(held: Held, keys: set[str]) -> str | None:
    return held.interest if held.interest in keys else None


def speaker(declared: Iterable[Interest], article: Candidate) -> str | None:
    """The key of the interest that speaks for an article most; None where none does.

    Of equals the first by its key.
    """
    heard = [(-_speaks(each, article), each.key) for each in declared]
    heard = [each for each in heard if each[0] < 0]
    return min(heard)[1] if heard else None


def _speaks(interest: Interest, article: Candidate) -> float:
    return (
        TOPICS * topic_of(article, interest)
        + WORDS * any(_has_all(article, words) for words in interest.words)
        + JOURNALS * (article.journal in interest.journals)
        + AUTHORS * any(is_by(article, author) for author in interest.authors)
    )


def _has_all(article: Candidate, words: str) -> bool:
    wanted = {term_of(word) for word in words_of(words)} - {None}
    text = words_of(f"{article.title} {article.abstract}")
    return bool(wanted) and wanted <= {term_of(word) for word in text}
