"""A request for a search: the parameters of its address, checked.

The same parameters mean the same on the page, in downloads, feeds, saved searches
and the JSON API, so an address can be shared and kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from ownjournal.catalogue.search_filters import KINDS, MOST_VALUES, Filter, Filtered
from ownjournal.search.index import MAX_DEPTH, Order
from ownjournal.search.lexer import MAX_CHARACTERS

A_PAGE = 20  # articles
LAST_PAGE = MAX_DEPTH // A_PAGE
ORDERS: dict[Order, str] = {
    "best": "Best match",
    "newest": "Newest first",
    "evidence": "By evidence",
}
NO_INDEX = (
    "Search is down at the moment. Articles can be opened by their PMID all the same. "
    "Whoever runs this site can see to it: ownjournal check."
)
LONGEST_LINKED = 8_000
"""Characters of an address that pages repeat for each filter and order."""

CLIPPED = 40  # characters of something wrong that are repeated to the reader


@dataclass(frozen=True, slots=True)
class Asked(Filtered):
    """A request for a search, checked."""

    query: str
    order: Order = "best"
    page: int = 1
    filters: tuple[Filter, ...] = ()
    mapped: bool = True  # whether untagged words are also read as names they stand for
    jump: bool = True  # whether a citation leads to its article
    grouped: bool = False  # by type of evidence, a few of each
    since: int | None = None  # only what was first received after this revision

    @property
    def wanted(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.query or self.filters or self.since is not None)

    @property
    def is_linked(self) -> bool:
        """Whether it is short enough to stand in many links of a page."""
        return len(self.address()) <= LONGEST_LINKED

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Of its address, without those that have their usual value."""
        return (
            ("q", self.query),
            *((each.kind, each.value) for each in self.filters),
            *((("since", str(self.since)),) if self.since is not None else ()),
            *((("order", self.order),) if self.order != "best" else ()),
            *((("group", "evidence"),) if self.grouped else ()),
            *((("map", "off"),) if not self.mapped else ()),
            *((("jump", "off"),) if not self.jump else ()),
            *((("page", str(self.page)),) if self.page != 1 else ()),
        )

    def address(self, path: str = "/search", **changes: object) -> str:
        """The same search with changes, at its first page unless they say another."""
        changed = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        return f"{path}?{urlencode(changed.parameters())}"


class BadRequest(Exception):
    """A parameter that no page of this site sends; the message says which."""


def read_request(given: QueryDict) -> Asked:
    """The parameters; raises BadRequest for one that cannot be meant."""
    order = next((each for each in ORDERS if each == given.get("order", "best")), None)
    if order is None:
        raise BadRequest(f"Articles are ordered by {_choice(ORDERS.values())}.")
    return Asked(
        query=_query(given.get("q", "")),
        order=order,
        page=_page(given.get("page", "1")),
        filters=read_filters(given),
        mapped=_switch(given, "map"),
        jump=_switch(given, "jump"),
        grouped=_grouped(given.get("group", "")),
        since=_revision(given.get("since", "")),
    )


def _query(text: str) -> str:
    """As long as is read and a little more, which is how the parser tells of it.

    Without NUL, as no name has it and PostgreSQL cannot look for it.
    """
    return text.replace("\x00", " ").strip()[: MAX_CHARACTERS + 1]


def _choice(names: Iterable[str]) -> str:
    *others, last = (name.lower() for name in names)
    return f"{', '.join(others)} or {last}"


def _page(page: str) -> int:
    if not (page.isascii() and page.isdigit() and len(page) < 5):
        raise BadRequest(f"Pages are numbered from 1 to {LAST_PAGE}.")
    if not 1 <= int(page) <= LAST_PAGE:
        raise BadRequest(f"Pages are numbered from 1 to {LAST_PAGE}.")
    return int(page)


def _switch(given: QueryDict, name: str) -> bool:
    value = given.get(name, "on")
    if value not in ("on", "off"):
        raise BadRequest(f"“{name}” can be on or off.")
    return value == "on"


def _grouped(value: str) -> bool:
    if value not in ("", "evidence"):
        raise BadRequest("Results can be grouped by evidence.")
    return value == "evidence"


def _revision(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise BadRequest("“since” takes a revision of this site, a whole number.")
    return int(value)


def read_filters(
    given: QueryDict, kinds: Iterable[str] = tuple(KINDS)
) -> tuple[Filter, ...]:
    """Each once; raises BadRequest for a value that there is not.

    Two fields, `from` and `to`, are another way to write the years.
    """
    values = {name: _values(given.getlist(name)) for name in kinds}
    first, last = given.get("from", "").strip(), given.get("to", "").strip()
    if "year" in values and (first or last):
        values["year"] = [f"{first}-{last}"]
    found = [
        Filter(name, value) for name, some in values.items() for value in some if value
    ]
    if len(found) > MOST_VALUES:
        raise BadRequest(f"A search has at most {MOST_VALUES} filters.")
    for each in found:
        if KINDS[each.kind].query(each.value) is None:
            raise BadRequest(_not_there(each))
    return tuple(
        each for each in found if not KINDS[each.kind].single or _last(each, found)
    )


def _values(given: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(value.strip() for value in given[: MOST_VALUES + 1]))


def _last(one: Filter, found: Sequence[Filter]) -> bool:
    return [each for each in found if each.kind == one.kind][-1] == one


def _not_there(one: Filter) -> str:
    kind, value = KINDS[one.kind], one.value
    shown = value if len(value) <= CLIPPED else f"{value[:CLIPPED]}…"
    return f"“{shown}” is no value of the filter “{kind.name}”: it takes {kind.means}."
