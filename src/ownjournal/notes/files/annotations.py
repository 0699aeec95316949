"""Notes as W3C Web Annotations, in JSON-LD.

The model: Web Annotation Data Model, W3C Recommendation of 23 February 2017.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from ownjournal.notes.models import Kind, Licence, Note
from ownjournal.notes.signing import LICENCE_ADDRESSES, byline
from ownjournal.pubmed.fulltext import record_address
from ownjournal.readers.models import Reader

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
MOTIVATIONS = {
    Kind.PEARL: "highlighting",
    Kind.COMMENT: "commenting",
    Kind.SUMMARY: "describing",
}


def collection(reader: Reader, notes: Sequence[Note]) -> dict[str, Any]:
    """All of them as one AnnotationCollection with one page."""
    items = [annotation(note, reader) for note in notes]
    return {
        "@context": CONTEXT,
        "id": f"{settings.SITE_URL}/notes/annotations.jsonld",
        "type": "AnnotationCollection",
        "label": f"Notes at {settings.SITE_NAME}",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def annotation(note: Note, author: Reader | None) -> dict[str, Any]:
    """One note; its text as it was typed."""
    licence = LICENCE_ADDRESSES.get(Licence(note.licence))
    values = {
        "id": f"{settings.SITE_URL}/notes/{note.pk}",
        "type": "Annotation",
        "motivation": MOTIVATIONS[Kind(note.kind)],
        "creator": {"type": "Person", "name": byline(author).name},
        "created": _moment(note.created_at),
        "modified": _moment(note.edited_at),
        "rights": licence,
        "body": {
            "type": "TextualBody",
            "value": note.text,
            "format": "text/markdown",
            "purpose": MOTIVATIONS[Kind(note.kind)],
        },
        "target": _target(note),
    }
    return {name: value for name, value in values.items() if value is not None}


def _target(note: Note) -> str:
    if note.pmid is not None:
        return record_address(note.pmid)
    return f"{settings.SITE_URL}/collections/{note.collection}"


def _moment(at: Any) -> str | None:
    """As xsd:dateTime in UTC, "2026-11-30T05:00:00Z"."""
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
