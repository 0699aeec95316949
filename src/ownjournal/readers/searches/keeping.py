"""Keep searches: save, rename, order, count what is new, look, forget."""

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.http import QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac

from ownjournal.catalogue.following import reached
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.catalogue.received import count_since
from ownjournal.catalogue.search_reading import understood
from ownjournal.catalogue.search_request import Asked, BadRequest, read_request
from ownjournal.readers.models import Reader
from ownjournal.readers.searches.models import SavedSearch

MOST = 200  # searches of one reader
LONGEST = 4_000  # characters of one
LONGEST_NAME = 200
TOKEN = 32  # hexadecimal digits, 128 bits


class CannotSave(ValueError):
    """A search that cannot be kept; the message is a sentence for the reader."""


def save(reader: Reader, parameters: str) -> tuple[SavedSearch, bool]:
    """Keep a search, and whether it is new; one that is kept stays as it is.

    Raises CannotSave.
    """
    asked = asked_of(parameters)
    if asked is None or not asked.wanted:
        raise CannotSave("There is nothing in this search to keep.")
    wanted = kept_form(asked)
    if len(wanted) > LONGEST:
        raise CannotSave(f"A search of more than {LONGEST:,} characters is not kept.")
    found = reader.searches.filter(parameters=wanted).first()
    if found is not None:
        return found, False
    if reader.searches.count() >= MOST:
        raise CannotSave(f"You keep {MOST} searches, which is the most we allow.")
    try:
        with transaction.atomic():
            return _saved(reader, wanted, name_of(asked)), True
    except IntegrityError:  # two at once
        return reader.searches.get(parameters=wanted), False


def _saved(reader: Reader, parameters: str, name: str) -> SavedSearch:
    last = reader.searches.aggregate(last=Max("place"))["last"]
    now = reached()
    return SavedSearch.objects.create(
        reader=reader,
        name=name,
        parameters=parameters,
        place=1 if last is None else last + 1,
        seen_revision=now,
        counted_revision=now,
    )


def followed(reader: Reader, parameters: str) -> SavedSearch | None:
    """The reader's own search that is this one, if there is one."""
    asked = asked_of(parameters)
    if asked is None:
        return None
    return reader.searches.filter(parameters=kept_form(asked)).first()


def asked_of(parameters: str) -> Asked | None:
    """The search of an address; None where a later version cannot read it."""
    try:
        return read_request(QueryDict(parameters))
    except BadRequest:
        return None


def kept_form(asked: Asked) -> str:
    """What is kept of a search: neither its page nor what was new once."""
    return asked.address(since=None).partition("?")[2]


def name_of(asked: Asked) -> str:
    """What it is called until the reader calls it otherwise."""
    parts = [asked.query, *(each.label for each in asked.filters)]
    name = ", ".join(_line(part) for part in parts if _line(part)) or "A search"
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _line(text: str) -> str:
    """One line of what can be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def rename(search: SavedSearch, name: str) -> None:
    """Call it otherwise. Raises CannotSave for no name."""
    line = _line(name)
    if not line:
        raise CannotSave("A search needs a name.")
    search.name = line[:LONGEST_NAME]
    search.save(update_fields=["name"])


def move_up(search: SavedSearch) -> None:
    """One place up in the reader's list; the first stays where it is."""
    with transaction.atomic():
        ordered = list(SavedSearch.objects.filter(reader=search.reader_id))
        at = ordered.index(search)
        if at:
            ordered[at - 1], ordered[at] = ordered[at], ordered[at - 1]
        for place, each in enumerate(ordered, start=1):
            SavedSearch.objects.filter(pk=each.pk).update(place=place)


def count_new(search: SavedSearch, lists: ReaderLists) -> int:
    """Hits received since the reader last looked; counts what came since the last
    count, and nothing where nothing came. What the index does not have yet is
    counted later. Raises IndexUnusable.
    """
    now = reached()
    asked = asked_of(search.parameters)
    if now <= search.counted_revision or asked is None:
        return search.new
    query = understood(asked, lists).query
    added = 0 if query is None else count_since(query, search.counted_revision, now)
    # Another process may have counted the same meanwhile.
    SavedSearch.objects.filter(
        pk=search.pk, counted_revision=search.counted_revision
    ).update(counted_revision=now, new=F("new") + added)
    search.refresh_from_db()
    return search.new


def look(search: SavedSearch) -> str:
    """Take the new ones as seen; the address where they are."""
    asked = asked_of(search.parameters) or Asked("")
    since = search.seen_revision
    now = max(reached(), search.counted_revision)
    SavedSearch.objects.filter(pk=search.pk).update(
        seen_revision=now, counted_revision=now, new=0
    )
    return asked.address(since=since)


def open_feed(search: SavedSearch) -> None:
    """Give it a secret address, which no address before it had."""
    SavedSearch.objects.filter(pk=search.pk).update(
        feed_number=F("feed_number") + 1, has_feed=True
    )


def close_feed(search: SavedSearch) -> None:
    """Let its address lead nowhere, for good."""
    SavedSearch.objects.filter(pk=search.pk).update(has_feed=False)


def feed_path(search: SavedSearch) -> str | None:
    """The path of its feed. The address is computed, so that a stolen copy of the
    database opens no feed.
    """
    if not search.has_feed:
        return None
    return f"/searches/feeds/{search.pk}-{_token(search)}.atom"


def of_feed(pk: int, token: str) -> SavedSearch | None:
    """The search whose feed has this secret, of a reader who may still sign in."""
    found = SavedSearch.objects.filter(
        pk=pk, has_feed=True, reader__is_active=True
    ).select_related("reader")
    search = found.first()
    if search is None or not constant_time_compare(_token(search), token):
        return None
    return search


def _token(search: SavedSearch) -> str:
    what = f"{search.pk}.{search.feed_number}"
    return salted_hmac("feed of a search", what, algorithm="sha256").hexdigest()[:TOKEN]
