"""What one reader has said, kept, followed and muted, read once for a whole page."""

from functools import cached_property

from django.http import HttpRequest

from ownjournal.readers.models import Reader
from ownjournal.readers.responses.models import Response

READ_AT_ONCE = 500
"""Of each kind, the newest; a reader with more is asked of single articles too."""


class State:
    """The buttons of one page in one request."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def said(self, pmid: int) -> str | None:
        """What the reader said of an article, of Response.Kind."""
        return self._said.get(pmid) or (
            self._reader.responses.filter(pmid=pmid)
            .values_list("kind", flat=True)
            .first()
            if len(self._said) == READ_AT_ONCE
            else None
        )

    def is_read(self, pmid: int) -> bool | None:
        """Whether a saved article was read; None for one that is not saved."""
        if pmid not in self._saved and len(self._saved) == READ_AT_ONCE:
            row = self._reader.saved.filter(pmid=pmid).first()
            return None if row is None else row.read_at is not None
        return self._saved.get(pmid)

    def follows(self, kind: str, value: str) -> bool:
        """Whether the reader follows this."""
        return (kind, value.lower()) in self._followed

    def mutes(self, kind: str, value: str) -> bool:
        """Whether the reader mutes this."""
        return (kind, value.lower()) in self._muted

    @cached_property
    def _said(self) -> dict[int, str]:
        rows: dict[int, str] = dict(
            Response.objects.filter(reader=self._reader).values_list("pmid", "kind")[
                :READ_AT_ONCE
            ]
        )
        return rows

    @cached_property
    def _saved(self) -> dict[int, bool]:
        rows = self._reader.saved.values_list("pmid", "read_at")[:READ_AT_ONCE]
        return {pmid: read_at is not None for pmid, read_at in rows}

    @cached_property
    def _followed(self) -> frozenset[tuple[str, str]]:
        rows = self._reader.interests.values_list("kind", "value")
        return frozenset((kind, value.lower()) for kind, value in rows)

    @cached_property
    def _muted(self) -> frozenset[tuple[str, str]]:
        rows = self._reader.mutes.values_list("kind", "value")
        return frozenset((kind, value.lower()) for kind, value in rows)


def state_of(request: HttpRequest) -> State | None:
    """That of the reader who asks, the same for the whole request; None for others."""
    user = getattr(request, "user", None)
    if not isinstance(user, Reader):
        return None
    state: State = vars(request).setdefault("reader_state", State(user))
    return state
