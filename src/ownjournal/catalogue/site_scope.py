"""The part of PubMed that this site's settings ask for."""

from django.conf import settings

from ownjournal.catalogue import mesh
from ownjournal.catalogue.scope import Scope


class UnknownTopic(ValueError):
    """SCOPE_MESH names what is no heading here; the message says what to do."""


def site_scope() -> Scope:
    """What this site keeps, with all narrower topics. Raises UnknownTopic."""
    first, last = settings.SCOPE_YEARS
    return Scope(
        journals=frozenset(settings.SCOPE_JOURNALS),
        mesh=frozenset(
            ui for text in settings.SCOPE_MESH for ui in mesh.narrower(_topic(text))
        ),
        languages=frozenset(settings.SCOPE_LANGUAGES),
        first_year=first,
        last_year=last,
        humans_only=settings.SCOPE_HUMANS_ONLY,
    )


def _topic(text: str) -> str:
    found = mesh.find(text)
    if found is not None:
        return found[0]
    if text[:1] == "D" and text[1:].isdigit():
        return text
    raise UnknownTopic(
        f"{text!r} is no MeSH heading known here; load NLM's descriptors first"
        " (ownjournal mesh) or give its UI, such as D006973."
    )
