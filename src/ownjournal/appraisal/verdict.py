"""Appraisal: what an article is worth, with all that is needed to say why.

It is stored with every article, so it keeps codes and the words it rests on,
and makes the sentences when they are asked for. A field's position is part of
the stored form: new fields go to the end and have a default.
"""

from msgspec import Struct

from ownjournal.appraisal.designs import design_named
from ownjournal.appraisal.integrity import Listed, integrity_told, listed_told
from ownjournal.appraisal.levels import level_told
from ownjournal.appraisal.signs import KINDS, Sign, told


class ScorePart(Struct, frozen=True):
    """One line of the sum that makes a score."""

    name: str
    points: int  # below 0 where it takes away
    reason: str  # one sentence


class Appraisal(Struct, frozen=True, array_like=True):
    """Design, level, the two scores and integrity, each with its reason."""

    design: str  # a code of designs.DESIGNS
    level: int | None  # Oxford 2011, 1 to 5; None where no level applies
    quality: int  # 0 to 100, the sum of the signs' quality points
    significance: int  # 0 to 100, the sum of the signs' significance points
    clinical: bool  # about people and care, not bench or animal work
    integrity: str | None  # a code of integrity.STATES; None: nothing is known
    design_source: str | None  # a key of SOURCES; None: nothing was found
    design_words: str | None  # what was found there, in lower case
    question: str | None  # a key of levels.QUESTIONS; None without a level
    signs: tuple[Sign, ...]
    integrity_words: str | None  # the notice: "PMID 123", or where it stands
    rules_version: int
    listed: Listed | None = None  # what Retraction Watch's list says, if loaded

    @property
    def design_reason(self) -> str:
        """One sentence with the words that the design rests on."""
        if self.design_source is None:
            return design_named("unclear").explanation
        return SOURCES[self.design_source].format(words=self.design_words)

    @property
    def level_reason(self) -> str:
        """One sentence: where the level comes from, or why there is none."""
        name = design_named(self.design).name
        return level_told(self.design, name, self.question, self.level)

    @property
    def integrity_reason(self) -> str | None:
        """One sentence about a retraction or correction; None: nothing is known."""
        if self.integrity is None:
            return None
        if self.told_by_list and self.listed is not None:
            return listed_told(self.listed)
        return integrity_told(self.integrity, self.integrity_words)

    @property
    def told_by_list(self) -> bool:
        """Whether only the list says what `integrity` does, and NLM not yet."""
        return self.listed is not None and self.integrity_words is None

    @property
    def quality_parts(self) -> tuple[ScorePart, ...]:
        """The signs that count for quality; their points add up to it."""
        return tuple(_part(each, each.quality) for each in self.signs if each.quality)

    @property
    def significance_parts(self) -> tuple[ScorePart, ...]:
        """The signs that count for significance; their points add up to it."""
        counted = (each for each in self.signs if each.significance)
        return tuple(_part(each, each.significance) for each in counted)


SOURCES = {
    "title": 'The title says "{words}".',
    "abstract": 'The abstract says "{words}".',
    "type": 'PubMed lists it as "{words}".',
    "journal": "The journal publishes nothing else: {words}.",
    "mesh": 'PubMed indexes it under "{words}".',
}
"""Where the words of a design stand, and how a sentence names the place."""


def _part(each: Sign, points: int) -> ScorePart:
    kind = KINDS.get(each.code)
    return ScorePart(kind.name if kind else each.code, points, told(each))
