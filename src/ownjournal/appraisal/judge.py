"""Judge an article: the one door to the appraisal rules."""

from collections.abc import Sequence

from ownjournal.appraisal.choosing import designs_of
from ownjournal.appraisal.evidence import signs_of
from ownjournal.appraisal.finding import Finding
from ownjournal.appraisal.integrity import integrity_of
from ownjournal.appraisal.levels import level_of
from ownjournal.appraisal.living import animal_words
from ownjournal.appraisal.model import RULES_ALONE, Models
from ownjournal.appraisal.reading import Reading, reading
from ownjournal.appraisal.variety import variety_of
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import Article

RULES_VERSION = 3
"""Goes up with any change of rules or points; stored with each appraisal."""


def judge(article: Article, models: Models = RULES_ALONE) -> Appraisal:
    """Appraise one article from its own record alone.

    Never fails: an article without title, abstract or date gets the design
    "unclear" and the few points of that.
    """
    return judge_all([article], models)[0]


def judge_all(
    articles: Sequence[Article], models: Models = RULES_ALONE
) -> list[Appraisal]:
    """The same for many, in their order: a model is asked once for all of them."""
    reads = [reading(each) for each in articles]
    found = designs_of(reads, models.designs)
    return [
        _appraisal(read, *each, models) for read, each in zip(reads, found, strict=True)
    ]


def _appraisal(
    read: Reading, finding: Finding, probability: float | None, models: Models
) -> Appraisal:
    level, question = level_of(finding.design, read)
    integrity, where = integrity_of(read.article, read.title.text)
    clinical = _clinical(finding.design, read)
    signs = signs_of(
        read,
        finding.design,
        clinical=clinical,
        integrity=integrity,
        yields=models.yields,
    )
    return Appraisal(
        design=finding.design,
        level=level,
        quality=sum([each.quality for each in signs]),
        significance=sum([each.significance for each in signs]),
        clinical=clinical,
        integrity=integrity,
        design_source=finding.source,
        design_words=finding.words,
        question=question,
        signs=signs,
        integrity_words=where,
        rules_version=RULES_VERSION,
        design_probability=probability,
        variety=variety_of(finding.design, read),
        model=models.id,
    )


def _clinical(design: str, read: Reading) -> bool:
    """About people and their care; a review of animal studies is not."""
    if design in ("animal", "bench"):
        return False
    return design not in _MAYBE_OF_ANIMALS or animal_words(read) is None


_MAYBE_OF_ANIMALS = frozenset(
    {
        "systematic-review",
        "meta-analysis",
        "scoping-review",
        "review",
        "guideline",
        "protocol",
        "case-report",
        "case-series",
        "editorial",
        "unclear",
    }
)
"""Designs that the animal rules have not looked at before."""
