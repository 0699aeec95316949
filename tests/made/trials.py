"""Trials of invented drugs, for issues to be chosen from."""

from msgspec.structs import replace

from made.articles import PLAIN_ARTICLE, an_article
from ownjournal.pubmed.article import (
    Article,
    DataBank,
    Identifiers,
    Journal,
    PublicationType,
)

TRIAL = PublicationType("D016449", "Randomized Controlled Trial")
TOPICS = ("fever", "fractures", "asthma", "sleep", "migraine", "gout")


def a_trial(pmid: int, topic: str) -> Article:
    """No two of the same wording; journals change, as an issue takes two of each."""
    drug = f"drug{pmid % 1000}olin"
    return an_article(
        pmid=pmid,
        journal=_journal(pmid % 40),
        title=f"{drug.title()} for {topic} in adults: a randomised controlled trial.",
        abstract={
            "BACKGROUND": f"Whether {drug} helps people with {topic} is not known.",
            "METHODS": f"We randomised {2000 + pmid % 100} adults with {topic} to "
            f"{drug} or placebo, double-blind, at {pmid % 7 + 2} hospitals.",
            "RESULTS": f"{topic.title()} eased in more adults with {drug} "
            f"(risk ratio 1.{pmid % 9 + 1}).",
            "CONCLUSIONS": f"{drug.title()} eases {topic}.",
        },
        publication_types=(TRIAL,),
        data_banks=(DataBank("ClinicalTrials.gov", (f"NCT{pmid:08}",)),),
        identifiers=Identifiers(doi=f"10.99999/trial.{pmid}"),
    )


def trials(first: int, count: int) -> list[Article]:
    """So many, on one topic after the other."""
    return [
        a_trial(pmid, TOPICS[pmid % len(TOPICS)])
        for pmid in range(first, first + count)
    ]


def _journal(number: int) -> Journal:
    """One of forty, and the first of them the journal of other tests."""
    plain = PLAIN_ARTICLE.journal or Journal()
    return replace(plain, nlm_id=f"99{number:06}1X") if number else plain
