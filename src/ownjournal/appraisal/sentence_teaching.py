"""Structured abstracts as teachers: what the model of sentences learns from.

Authors who divide an abstract say what each sentence of it is: those of its
conclusions conclude, those of its results tell a result, those of its objective an
aim. The model reads the sentences without their labels and so learns to tell them
apart where nobody has.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from ownjournal.appraisal.digest import labelled_sentences
from ownjournal.appraisal.model import SparseModel
from ownjournal.appraisal.sentence_features import GROUPS, terms_of
from ownjournal.appraisal.training import Example, train
from ownjournal.pubmed.article import Article

KIND = "sentences"
CLASSES = frozenset({"aim", "result", "conclusion"})

MOST_ABSTRACTS = 10_000
"""Enough by far; some 100,000 sentences."""

FLAG, STRENGTH = 0.2, 12.0
"""As cross-validation chose them, on sentences that experts labelled."""

BELIEVED = 0.5
"""Probability from which a sentence is shown in its role."""


def examples(articles: Iterable[Article]) -> Iterator[Example]:
    """The sentences of the first `MOST_ABSTRACTS` that have results and conclusions."""
    taught = (each for each in map(_lesson, articles) if each)
    for lesson in islice(taught, MOST_ABSTRACTS):
        yield from lesson


def _lesson(article: Article) -> list[Example]:
    """The sentences of an abstract with its parts; [] where it has not both."""
    labelled = labelled_sentences(article)
    if not {"result", "conclusion"} <= {role for role, _ in labelled}:
        return []
    documents = terms_of([sentence for _, sentence in labelled])
    when = _year(article)
    return [
        Example(terms, role if role in CLASSES else None, when, article.pmid)
        for terms, (role, _) in zip(documents, labelled, strict=True)
    ]


def _year(article: Article) -> int:
    printed = article.journal_issue.date.year if article.journal_issue else None
    return printed or 0


def taught(
    articles: Iterable[Article],
    *,
    today: date,
    told: Callable[[str], None] = lambda line: None,
) -> SparseModel:
    """A model of aims, results and conclusions; raises TooFew."""
    return train(
        KIND,
        examples(articles),
        GROUPS,
        closed=CLASSES,
        data={"source": "sections of structured abstracts"},
        thresholds={"": BELIEVED},
        versions={},
        today=today,
        flag=FLAG,
        strength=STRENGTH,
        told=told,
    )
