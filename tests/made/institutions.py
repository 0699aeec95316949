"""Institutions for tests, invented."""

from typing import Any

from ownjournal.readers.institutions.models import Institution


def an_institution(name: str = "University of Merrow", **fields: Any) -> Institution:
    """A link resolver in use, in Merrowland, with some fields changed."""
    plain = {
        "country": "Merrowland",
        "kind": "openurl",
        "template": "https://resolver.merrow.test/openurl",
    }
    return Institution.objects.create(name=name, **{**plain, **fields})
