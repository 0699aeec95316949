"""Addresses of pages to browse, which carry a name for people to read.

The name in an address may be an old one; pages lead to the present one.
"""

from urllib.parse import quote

from django.utils.text import slugify

from ownjournal.search.codes import codes_of

LONGEST_SLUG = 80  # characters
LONGEST_NAME = 300  # characters of a name form that is looked at


def slug(name: str) -> str:
    """A name as part of an address, "fever-of-unknown-origin"; "-" for no letters."""
    return slugify(name)[:LONGEST_SLUG].strip("-") or "-"


def topic_address(ui: str, name: str) -> str:
    """The page of a topic."""
    return f"/topics/{ui}/{slug(name)}"


def pair_address(one: str, other: str) -> str:
    """The page of two topics, the same in either order."""
    return f"/topics/{'+'.join(sorted((one, other)))}"


def author_address(name: str) -> str:
    """The page of a name form."""
    return f"/authors/{quote(author_value(name))}"


def author_value(name: str) -> str:
    """A name form as the index keeps it, "smith_ja"; "" without letter or digit."""
    return codes_of(name[:LONGEST_NAME], "au:noexp")[0].removeprefix("an:")
