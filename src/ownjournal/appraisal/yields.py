"""A journal's clinical yield: how many of its past articles had strong designs.

No impact factor and no list of names: only what the catalogue itself holds of a
journal, counted by our own rules (after McKibbon et al. 2004, BMC Med 2:33, who
found that journals differ more in this than in anything else that helps a
clinician). A journal with few articles is drawn to the mean of all.
"""

from collections.abc import Mapping

from msgspec import Struct

from ownjournal.pubmed.article import Article

STRONG_LEVELS = frozenset({1, 2})

PRIOR_ARTICLES = 50
"""How many articles of the mean journal are added to each: a Beta prior."""


class Yield(Struct, frozen=True, array_like=True):
    """What was counted of one journal."""

    strong: int  # articles of evidence level 1 or 2
    articles: int  # all with an abstract, but letters, news and notices
    share: float  # strong of articles, smoothed


NO_YIELDS: Mapping[str, Yield] = {}
"""By NLM id; without any, no article has points for its journal."""


def counted(article: Article, design: str, level: int | None) -> tuple[int, int]:
    """(strong, articles) of one article; letters, news and notices say nothing."""
    if article.abstract is None or design in ("notice", "news", "letter", "comment"):
        return 0, 0
    return int(level in STRONG_LEVELS), 1


def smoothed(counts: Mapping[str, tuple[int, int]]) -> dict[str, Yield]:
    """Yields from (strong, articles) of each journal.

    share = (strong + PRIOR_ARTICLES × mean) / (articles + PRIOR_ARTICLES), the mean
    being that of all articles counted.
    """
    articles = sum(each for _, each in counts.values())
    mean = sum(strong for strong, _ in counts.values()) / articles if articles else 0.0
    return {
        journal: Yield(
            strong, each, (strong + PRIOR_ARTICLES * mean) / (each + PRIOR_ARTICLES)
        )
        for journal, (strong, each) in counts.items()
    }
