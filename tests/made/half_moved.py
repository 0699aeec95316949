"""A site that is copied and not switched yet, for tests in this process."""

from typing import NamedTuple

from made.backups import Site
from ownjournal.site.moving.moving import Move


class Half(NamedTuple):
    """A site before its switch, and the database it is copied to."""

    site: Site
    url: str
    moves: list[Move]  # that are to be closed

    def move(self) -> Move:
        """Goes on with it, in this process."""
        made = Move.to(self.url, None, lambda _: None)
        self.moves.append(made)
        return made
