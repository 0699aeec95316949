"""What reading a query needs to know of names, and of nothing else.

A query names topics by any of their words and means the narrower ones too;
which these are, a `Vocabulary` knows. The catalogue's looks into the database,
that of the tests is a small dictionary. It is asked for all names of a query
at once, so that a long query costs a few look-ups and not hundreds.
"""

from collections.abc import Collection, Mapping
from typing import Protocol

from msgspec import Struct

from ownjournal.pubmed.mesh import Kind


class Topic(Struct, frozen=True):
    """A descriptor of MeSH: a heading, or a publication type."""

    ui: str  # "D006333"
    name: str  # "Heart Failure"
    kind: Kind | None = None  # None where nothing tells


class KnownJournal(Struct, frozen=True):
    """A journal that has articles here."""

    nlm_id: str
    title: str | None = None
    abbreviation: str | None = None


class Vocabulary(Protocol):
    """Answers hold only what was found, by the texts that were asked for.

    Case and outer spaces of a name do not count.
    """

    def topics(self, names: Collection[str]) -> Mapping[str, Topic]:
        """The topics with these names, entry terms or UIs; a name goes first."""

    def narrower(self, uis: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Each topic and all below it in the tree, by their UIs."""

    def journals(
        self, names: Collection[str]
    ) -> Mapping[str, tuple[KnownJournal, ...]]:
        """The journals with these titles, abbreviations, linking ISSNs or NLM IDs."""

    def authors(self, names: Collection[str]) -> frozenset[str]:
        """Those of these names, "smith j", by which somebody wrote an article."""

    def abbreviations(self, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """What short forms mostly stand for, and what long ones are shortened to."""
