"""Things to follow as a list to tick: what is ticked is followed, the rest is not.

A form says which things it showed, so that one in an old tab takes away nothing
that it did not show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ownjournal.catalogue import mesh
from ownjournal.readers.interests import CannotFollow, follow
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.profile.specialties import specialties

MOST = 300  # things of one form


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing that can be ticked."""

    value: str  # "topic:D006973": a kind of interest, and what `follow` takes
    name: str
    ticked: bool


def key(kind: str, text: str) -> str:
    """What two ways to write one thing have in common."""
    return f"{kind}:{text.lower()}"


def followed(reader: Reader, kinds: Sequence[str]) -> dict[str, Interest]:
    """What the reader follows of these kinds, by key, oldest first."""
    rows = reader.interests.filter(kind__in=kinds)
    return {key(each.kind, each.value): each for each in rows}


def choice_of(interest: Interest) -> Choice:
    """A thing that is followed."""
    return Choice(f"{interest.kind}:{interest.value}", interest.label, ticked=True)


def settle(reader: Reader, shown: Iterable[str], picked: Iterable[str]) -> list[str]:
    """Follow what was picked, and no longer what was shown and was not picked.

    Gives a sentence for each that cannot be followed.
    """
    had = followed(reader, list(Interest.Kind.values))
    wanted = {key(*_parts(each)): each for each in list(picked)[:MOST]}
    unwanted = {key(*_parts(each)) for each in list(shown)[:MOST]} - wanted.keys()
    gone = [had[each].pk for each in unwanted if each in had]
    reader.interests.filter(pk__in=gone).delete()
    problems = []
    for code, value in wanted.items():
        if code not in had:
            try:
                _follow(reader, *_parts(value))
            except CannotFollow as problem:
                problems.append(str(problem))
    return problems


def follow_lines(reader: Reader, kind: str, text: str) -> tuple[list[str], list[str]]:
    """Follow what each line names: sentences of those that could not, and their lines.

    What is followed with a remark is followed, and the remark is among the sentences.
    """
    problems, lines = [], []
    for line in text.splitlines()[:MOST]:
        if line.strip():
            try:
                said = follow(reader, kind, line)
            except CannotFollow as problem:
                problems.append(str(problem))
                lines.append(line.strip())
            else:
                problems += [] if said.as_asked else [said.sentence]
    return problems, lines


def _follow(reader: Reader, kind: str, text: str) -> None:
    """Also a topic of a specialty that no article here has yet: it will come."""
    names = {
        each.ui: each.name for one in specialties().values() for each in one.topics
    }
    if kind == Interest.Kind.TOPIC and text in names and mesh.name(text) is None:
        Interest.objects.get_or_create(
            reader=reader, kind=kind, value=text, defaults={"label": names[text]}
        )
        return
    follow(reader, kind, text)


def _parts(value: str) -> tuple[str, str]:
    kind, _, text = value.partition(":")
    return kind, text
