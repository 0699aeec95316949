"""Chance, the same on every machine: a seed makes the same draws for ever.

Only `random.Random.random` is used, the one method whose numbers Python
promises never to change.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A stream of chances; each article has its own."""

    __slots__ = ("random",)

    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely as the others."""
        return choices[int(self.random() * len(choices))]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different choices, in no order; all of them where too few."""
        left = list(choices)
        count = min(count, len(left))
        for place in range(count):
            other = place + int(self.random() * (len(left) - place))
            left[place], left[other] = left[other], left[place]
        return left[:count]

    def chance(self, share: float) -> bool:
        """True in the given share of cases."""
        return self.random() < share

    def whole(self, low: int, high: int) -> int:
        """From low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """From low up to, not including, high."""
        return low + self.random() * (high - low)

    def normal(self) -> float:
        """A standard normal value (Box and Muller)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.random()))
        return radius * math.cos(2.0 * math.pi * self.random())

    def events(self, people: int, risk: float) -> int:
        """How many of the people have the event, near enough to binomial."""
        spread = math.sqrt(people * risk * (1.0 - risk))
        return max(0, min(people, round(people * risk + spread * self.normal())))


class Weights:
    """Choices of unequal frequency."""

    __slots__ = ("choices", "bounds", "total")

    def __init__(self, shares: dict[str, int]) -> None:
        self.choices = tuple(shares)
        self.bounds = list(accumulate(shares.values()))
        self.total = self.bounds[-1]

    def draw(self, draw: Draw) -> str:
        """One of the choices, as often as its share says."""
        return self.choices[bisect_right(self.bounds, draw.random() * self.total)]
