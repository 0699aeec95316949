"""Replay a stream of articles to readers, one issue after the other.

The stream comes in issues of 400; a method orders each of them, knowing the seeds
and what its own earlier issues taught it, and nothing of what comes after.

Protocols P1, P4 and P5 of the ranking notes. A course with feedback tells a method
of each of the 20 articles it showed whether the reader wanted it; noise is drawn
once for each article, so that all methods meet the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bench.stream import Issue, Reader, Wish

SHOWN = 20
SEED = 11

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Told:
    """What a method knows of a subject, in places of the stream."""

    names: tuple[str, ...]
    seeds: tuple[int, ...]
    liked: tuple[int, ...] = ()
    passed: tuple[int, ...] = ()  # shown and not wanted
    answered: bool = True  # the reader said so of each; else it only went by

    @property
    def positives(self) -> list[int]:
        """Seeds, and what was liked since."""
        return [*self.seeds, *self.liked]

    @staticmethod
    def together(parts: Sequence["Told"]) -> "Told":
        """One profile for all subjects of a reader."""
        return Told(
            tuple(name for each in parts for name in each.names),
            tuple(place for each in parts for place in each.seeds),
            tuple(place for each in parts for place in each.liked),
            tuple(place for each in parts for place in each.passed),
            all(each.answered for each in parts),
        )


Method = Callable[[Issue, Sequence[Told]], Scores]
"""Scores the articles of an issue, in the order of the stream."""


def one_profile(order: Callable[[Issue, Told], Scores]) -> Method:
    """A method that knows of no subjects."""

    def method(issue: Issue, told: Sequence[Told]) -> Scores:
        return order(issue, Told.together(told))

    return method


@dataclass(frozen=True)
class Course:
    """How readers behave, and which methods serve them."""

    name: str
    readers: tuple[Reader, ...]
    methods: Mapping[str, Method]
    feedback: bool = False
    flipped: float = 0.0  # the share of feedback that says the opposite
    unclicked: float = 0.0  # the share of wanted articles that are never liked
    from_above: bool = False  # clicks, not answers: fewer by place, 1 / log2(place + 1)


@dataclass
class Record:
    """One reader served by one method."""

    reader: Reader
    answers: bool = True  # of every article shown
    places: list[NDArray[np.intp]] = field(default_factory=list)
    scores: list[Scores] = field(default_factory=list)
    liked: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)

    def told(self, start: int) -> list[Told]:
        """What a method knows when an issue begins at this place."""
        first, *others = self.reader.wishes
        saved = tuple(place for place in first.saved if place < start)
        liked, passed = (*saved, *self.liked), tuple(self.passed)
        rest = [Told((each.name,), each.seeds) for each in others]
        return [Told((first.name,), first.seeds, liked, passed, self.answers), *rest]

    def shown(self) -> NDArray[np.intp]:
        """What the latest issue showed, best first."""
        return self.places[-1][order(self.scores[-1])][:SHOWN]


Records = dict[tuple[str, str], list[Record]]  # by course and method, one a reader


def replay(issues: Iterable[Issue], courses: Sequence[Course]) -> Records:
    """Serve every reader of every course by each of its methods."""
    records: Records = {
        (course.name, name): [
            Record(reader, not course.from_above) for reader in course.readers
        ]
        for course in courses
        for name in course.methods
    }
    for issue in issues:
        for course in courses:
            for name, method in course.methods.items():
                for record in records[course.name, name]:
                    _serve(issue, course, method, record)
    return records


def _serve(issue: Issue, course: Course, method: Method, record: Record) -> None:
    later = issue.places > record.reader.starts()
    if not later.any():
        return
    found = method(issue, record.told(issue.start))
    record.places.append(issue.places[later])
    record.scores.append(found[later])
    if course.feedback:
        _answer(course, record)


def _answer(course: Course, record: Record) -> None:
    """The reader says what it thinks of the latest issue."""
    for above, place in enumerate(record.shown().tolist()):
        wanted = place in record.reader.wanted
        draw = np.random.default_rng((SEED, place)).random(3)
        if wanted and draw[0] < course.unclicked:
            wanted = False
        if course.from_above and draw[1] > 1 / np.log2(above + 2):
            wanted = False
        if draw[2] < course.flipped:
            wanted = not wanted
        (record.liked if wanted else record.passed).append(place)


def order(found: Scores) -> NDArray[np.intp]:
    """Best first; of equals the later in the stream, which is the newer."""
    return np.lexsort((-np.arange(len(found)), -found))


def drifting(before: Wish, after: Wish, middle: int) -> Reader:
    """Who wants one subject until the middle of the stream, then another.

    The first three articles of the other one after the middle are the change: the
    reader comes upon them and saves them.
    """
    saved = tuple(place for place in after.wanted if place >= middle)[:3]
    old = tuple(place for place in before.wanted if place <= saved[-1])
    new = tuple(place for place in after.wanted if place > saved[-1])
    wish = Wish(f"{before.name} to {after.name}", (*old, *new), before.seeds, saved)
    return Reader(wish.name, (wish,))
