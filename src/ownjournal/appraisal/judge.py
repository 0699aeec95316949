"""Judge an article: the one door to the appraisal rules."""

from ownjournal.appraisal.integrity import integrity_of
from ownjournal.appraisal.signs import design_sign
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import Article

RULES_VERSION = 1
"""Goes up with any change of rules or points; stored with each appraisal."""


def judge(article: Article) -> Appraisal:
    """Appraise one article from its own record alone.

    Never fails: an article without title, abstract or date gets the design
    "unclear" and the few points of that.
    """
    state, words = integrity_of(article, (article.title or "").lower())
    points = design_sign("unclear")
    return Appraisal(
        design="unclear",
        level=None,
        quality=points.quality,
        significance=points.significance,
        clinical=True,
        integrity=state,
        design_source=None,
        design_words=None,
        question=None,
        signs=(points,),
        integrity_words=words,
        rules_version=RULES_VERSION,
    )
