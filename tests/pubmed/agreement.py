"""Hold what the product writes against the independent reading, fact by fact."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pubmed.independent import Said


@dataclass(frozen=True)
class Fact:
    """One fact in two readings, and how many real records have it at least.

    Without that number a reading that finds nothing would agree with a page
    that says nothing.
    """

    said: Callable[[Said], Any]
    seen: Callable[[Any], Any]
    least: int


Facts = Mapping[str, Fact]


def single_spaced(value: Any) -> Any:
    """The value with one space for any run of white space, as in the reading."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, tuple):
        return tuple(map(single_spaced, value))
    return value


def differences(
    facts: Facts,
    pairs: Iterable[tuple[Said, Any]],
    least: Mapping[str, int] | None = None,
) -> list[str]:
    """A line for each fact that what was written tells otherwise than the record.

    Fails where fewer records than there are have a fact; `least` are other
    numbers for other records.
    """
    if least is None:
        least = {name: fact.least for name, fact in facts.items()}
    found = []
    there: Counter[str] = Counter()
    for record, written in pairs:
        for name, fact in facts.items():
            said, seen = fact.said(record), single_spaced(fact.seen(written))
            there[name] += bool(said)
            if said != seen:
                found.append(f"{record.pmid} {name}: said {said!r}, written {seen!r}")
    short = {
        name: f"{there[name]} of {number}"
        for name, number in least.items()
        if there[name] < number
    }
    assert short == {}, f"fewer records have these facts than there are: {short}"
    return found
