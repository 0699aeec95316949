"""Remember what was made of a text, within bounds."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memory(dict[K, V]):
    """What was made of some key before; when full, all of it is forgotten.

    `size` bounds what a long run keeps: with some hundred bytes an entry,
    100,000 entries take some tens of megabytes.
    """

    def __init__(self, make: Callable[[K], V], size: int) -> None:
        super().__init__()
        self._make = make
        self._size = size

    def __missing__(self, key: K) -> V:
        if len(self) >= self._size:
            self.clear()
        value = self[key] = self._make(key)
        return value
