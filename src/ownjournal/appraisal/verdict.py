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
from ownjournal.appraisal.variety import VARIETIES


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
    design_probability: float | None = None  # 0 to 1; None where it is unclear
    variety: str | None = None  # of a trial: a key of variety.VARIETIES
    model: str | None = None  # id of the model that was asked beside the rules

    @property
    def design_name(self) -> str:
        """The design for a reader; of a trial its variety, where it is told."""
        return VARIETIES.get(self.variety or "") or design_named(self.design).name

    @property
    def design_reason(self) -> str:
        """One sentence: how sure the design is, and the words it rests on."""
        source = SOURCES.get(self.design_source or "")
        if source is None:
            return design_named("unclear").explanation
        told = source.format(words=self.design_words or "no single one")
        if self.design_probability is None or self.design in _CERTAIN:
            return told[0].upper() + told[1:]
        percent = min(99, round(100 * self.design_probability))
        word = "Likely" if self.design_probability >= LIKELY else "Perhaps"
        return f"{word} {_one(self.design_name)} ({percent} %): {told}"

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
    "title": 'the title says "{words}".',
    "abstract": 'the abstract says "{words}".',
    "type": 'PubMed lists it as "{words}".',
    "journal": "the journal publishes nothing else: {words}.",
    "mesh": 'PubMed indexes it under "{words}".',
    "model": "it reads like one, most by these words: {words}.",
}
"""Where the words of a design stand, and how a sentence names the place."""

LIKELY = 0.75
"""From here on a design is told as likely; below, as perhaps."""

_CERTAIN = frozenset({"notice", "news", "editorial", "comment", "letter"})
"""Forms of a record, not of a study: how probable they are says nothing."""


def _one(name: str) -> str:
    """ "a cohort study", "an economic evaluation": with an article, in a sentence."""
    lower = name if name.startswith("Mendelian") else name[0].lower() + name[1:]
    return f"{'an' if lower[0] in 'aeio' else 'a'} {lower}"


def _part(each: Sign, points: int) -> ScorePart:
    kind = KINDS.get(each.code)
    return ScorePart(kind.name if kind else each.code, points, told(each))
