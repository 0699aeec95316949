"""The steps of the practice profile, in their order: one page each.

Every step can be left out, gone back to, and come to again later from /practice.
The two that show articles of the catalogue as an issue would, the cards and the
first issue, are pages of `issues`; they use the same frame.
"""

from dataclasses import dataclass

from msgspec import Struct

from ownjournal.readers.models import Reader

SETTINGS = "/practice"


class Step(Struct, frozen=True):
    """One page of the profile."""

    code: str
    name: str

    def path(self) -> str:
        """Its address."""
        return f"{SETTINGS}/{self.code}"


STEPS = (
    Step("specialty", "Specialty"),
    Step("topics", "Topics"),
    Step("follows", "Journals and authors"),
    Step("seeds", "Articles you value"),
    Step("cards", "Keep or skip"),
    Step("schedule", "When and how much"),
    Step("issue", "Your first issue"),
)


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step in the line of steps."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What every step's page has around it: readers/practice/step.html.

    A reader who has been through comes for one thing, saves it and is back at the
    settings; a new one goes on to the next step.
    """

    name: str
    number: int  # from 1
    total: int
    steps: tuple[StepLink, ...]
    back: str  # the address before this one
    skip: str  # the address after it; "" after the last
    onward: str  # the word on its button
    is_new: bool  # asked for the first time


def frame(code: str, reader: Reader) -> Frame:
    """The frame of a step for a reader. Raises StopIteration for no such step."""
    place = next(place for place, step in enumerate(STEPS) if step.code == code)
    is_new = reader.profiled_at is None
    return Frame(
        name=STEPS[place].name,
        number=place + 1,
        total=len(STEPS),
        steps=tuple(
            StepLink(each.name, each.path(), each.code == code) for each in STEPS
        ),
        back=STEPS[place - 1].path() if is_new and place else SETTINGS,
        skip=after(code, reader) if place + 1 < len(STEPS) else "",
        onward=_onward(code, is_new=is_new),
        is_new=is_new,
    )


def after(code: str, reader: Reader) -> str:
    """Where a step leads: for a new reader the next one, else the settings."""
    codes = [each.code for each in STEPS]
    following = codes.index(code) + 1
    if reader.profiled_at is not None or following == len(STEPS):
        return SETTINGS
    return STEPS[following].path()


def _onward(code: str, *, is_new: bool) -> str:
    if code == STEPS[-1].code:
        return "Make my first issue"
    return "Continue" if is_new else "Save"
