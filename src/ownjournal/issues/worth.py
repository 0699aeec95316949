"""Relevance, the third value: what an article is to one reader.

It is known where an issue chose the article for an interest, and told nowhere
else: an article that no interest speaks for has none, which is not the same as 0.
"""

from collections.abc import Iterator

from ownjournal.catalogue.worth import RULES, PartView, ValueView, word_of
from ownjournal.issues.models import IssueArticle

HIGH_RELEVANCE = 3.0
"""Standard deviations above the average of all new articles from which relevance
is told as high."""


def relevance_view(row: IssueArticle) -> ValueView | None:
    """The relevance that an article had in its issue; None where no interest spoke."""
    if row.interest_name is None:
        return None
    word = word_of(row.relevance, HIGH_RELEVANCE)
    number = f"{round(row.relevance, 1) + 0:.1f}"  # and never "-0.0"
    return ValueView(
        name="Relevance",
        word=word,
        high=row.relevance >= HIGH_RELEVANCE,
        number=number,
        scale="standard deviations",
        bar=None,
        begins=None,
        parts=tuple(_parts(row)),
        sum=(
            f"It stands {number} standard deviations from the average of the articles "
            f"that this issue was chosen from: {word}. High begins at "
            f"{HIGH_RELEVANCE:g}."
        ),
        about=f"{RULES}#relevance",
    )


def _parts(row: IssueArticle) -> Iterator[PartView]:
    """The facts that the choice was stored with."""
    if row.slot == "exploration":
        told = f"It is near your interest “{row.interest_name}” without being about it."
    else:
        told = f"Your interest “{row.interest_name}” speaks for it."
    yield PartView(None, told)
    if row.terms:
        yield PartView(None, f"Words that count most: {', '.join(row.terms)}.")
    if row.nearest_seed is not None:
        yield PartView(None, f"Nearest of your articles: PMID {row.nearest_seed}.")
