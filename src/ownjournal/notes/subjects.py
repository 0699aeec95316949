"""What a note can be about: an article, or a collection.

Collections stand above notes. Who keeps them names its function in the setting
NOTE_SUBJECTS: the id of a collection and a reader (None for a visitor) → the path of
its page and its title, or None where there is none that they may see.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from ownjournal.catalogue import store
from ownjournal.catalogue.titles import title_of
from ownjournal.notes.models import Note
from ownjournal.readers.models import Reader


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to write about. Of pmid and collection one is None."""

    pmid: int | None
    collection: int | None
    address: str  # the path of its page
    title: str  # plain
    takes_notes: bool = True  # not what NLM took back

    @property
    def box(self) -> str:
        """The path that its notes are posted to, and where all of them stand."""
        return f"{self.path}/notes"

    @property
    def path(self) -> str:
        """The path by its number alone."""
        if self.pmid is not None:
            return f"/articles/{self.pmid}"
        return f"/collections/{self.collection}"

    @property
    def columns(self) -> dict[str, int | None]:
        """As rows about it have it."""
        return {"pmid": self.pmid, "collection": self.collection}


def article(pmid: int) -> Subject | None:
    """An article that is here, or was before NLM took it back."""
    kept = store.get(pmid)
    if kept is not None:
        return Subject(pmid, None, f"/articles/{pmid}", title_of(kept.article))
    gone = store.tombstone(pmid)
    if gone is None:
        return None
    title = title_of(gone.article) if gone.article else f"PubMed {pmid}"
    return Subject(pmid, None, f"/articles/{pmid}", title, takes_notes=False)


def collection(number: int, reader: Reader | None) -> Subject | None:
    """A collection that the reader may see."""
    name: str | None = settings.NOTE_SUBJECTS
    if name is None:
        return None
    source: Callable[[int, Reader | None], tuple[str, str] | None]
    source = import_string(name)
    found = source(number, reader)
    return None if found is None else Subject(None, number, *found)


def subject_of(note: Note, reader: Reader | None) -> Subject | None:
    """What a note is about, as far as the reader may see it."""
    if note.pmid is not None:
        return article(note.pmid)
    return None if note.collection is None else collection(note.collection, reader)


def subjects_of(
    notes: Iterable[Note], reader: Reader | None
) -> Mapping[int, Subject | None]:
    """By the notes' ids: what each is about; articles are looked up in one go."""
    notes = tuple(notes)
    kept = store.get_many([note.pmid for note in notes if note.pmid is not None])
    found: dict[int, Subject | None] = {}
    for note in notes:
        if note.pmid is not None and (here := kept.get(note.pmid)):
            path, title = f"/articles/{note.pmid}", title_of(here.article)
            found[note.pk] = Subject(note.pmid, None, path, title)
        else:
            found[note.pk] = subject_of(note, reader)
    return found


def reader_or_none(request: HttpRequest) -> Reader | None:
    """Who is signed in; None for a visitor."""
    return request.user if isinstance(request.user, Reader) else None
