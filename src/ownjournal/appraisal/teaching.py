"""Articles as examples of study designs: what the model of designs learns from.

Two teachers, neither asked for by hand. Indexers: publication types and study
headings of records that people indexed, before 2022; later ones are a machine's.
And authors: where a title or an abstract names the design beyond doubt, the
article is an example of it without those words and without the rules, so that
the model learns how such a study reads when nothing names it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date

from ownjournal.appraisal.features import GROUPS, PLAIN_FLAGS, terms_of
from ownjournal.appraisal.finding import Finding, likely_design, sure_design
from ownjournal.appraisal.labels import SURE_TYPES, TYPES_TAUGHT, by_heading, by_type
from ownjournal.appraisal.living import ANIMALS_HEADING, HUMANS
from ownjournal.appraisal.model import SparseModel
from ownjournal.appraisal.reading import Reading, reading
from ownjournal.appraisal.training import Example, train
from ownjournal.pubmed.article import Article

KIND = "designs"

BELIEVED = 0.6
"""Probability from which a design is told."""

BELIEVED_TRIAL = 0.7
"""Of a randomised trial, which nearly always says that it is one."""

LAST_YEAR = 2021
"""In which people indexed MEDLINE; NLM's machine has done it since April 2022."""

TAUGHT_BY_TYPES = frozenset(TYPES_TAUGHT.values()) | frozenset(SURE_TYPES.values())
"""Designs that every indexed record of one is given a type for."""

BY_AUTHORS = 0.3
"""Weight of an example whose label is what its own text says."""

NOT_TAUGHT = frozenset(
    {"notice", "news", "letter", "comment", "unclear", "observational"}
)
"""No designs, or told by the form of a record rather than by its words."""

_SMALL = {"a", "an", "the", "of", "in", "and", "to", "with", "for", "we"}
_SMALL |= {"was", "were", "is", "are", "on", "by", "or", "at"}
_WORD = re.compile(r"[a-z0-9]+")


def examples(articles: Iterable[Article]) -> Iterator[Example]:
    """The examples among articles; those that teach nothing are passed over."""
    for article in articles:
        read = reading(article)
        if by_people(article):
            label = _of_indexers(read)
            if label not in NOT_TAUGHT:
                yield Example(terms_of(read), label, _year(article), article.pmid)
            continue
        finding = _of_authors(read)
        if finding is not None:
            terms = _without(terms_of(read), finding)
            yield Example(
                terms, finding.design, _year(article), article.pmid, BY_AUTHORS
            )


def by_people(article: Article) -> bool:
    """Whether people indexed the record, as far as it tells."""
    if article.indexing_method in ("Automated", "Curated") or not article.mesh:
        return False
    return 0 < _year(article) <= LAST_YEAR


def _year(article: Article) -> int:
    """Of indexing, else of publication; 0 where neither is told."""
    if article.completed_on is not None and article.completed_on.year:
        return article.completed_on.year
    printed = article.journal_issue.date.year if article.journal_issue else None
    return printed or 0


def _of_indexers(read: Reading) -> str | None:
    """The design that types and headings tell; None: of none that types tell."""
    for found in (
        by_type(read, SURE_TYPES),
        by_heading(read),
        by_type(read, TYPES_TAUGHT),
    ):
        if found is not None:
            return found[0]
    if ANIMALS_HEADING in read.mesh and HUMANS not in read.mesh:
        return "animal"
    return None


def _of_authors(read: Reading) -> Finding | None:
    """The design that the text names; PubMed's own words are not asked."""
    bare = _bare(read)
    finding = sure_design(bare) or likely_design(bare)
    return None if finding.design in NOT_TAUGHT else finding


def _bare(read: Reading) -> Reading:
    if not read.types and not read.mesh:
        return read
    return Reading(read.title, read.abstract, {}, frozenset(), read.article)


def _without(terms: set[str], finding: Finding) -> set[str]:
    """The terms but the words that name the design, and no rule that holds.

    Rules made the label: what else holds beside them would teach that, say, a
    study that was randomised is none, where only other studies keep that flag.
    """
    named = set(_WORD.findall(finding.words or "")) - _SMALL
    return {
        each
        for each in terms
        if each in PLAIN_FLAGS
        or (
            not each.startswith("flag:")
            and named.isdisjoint(each.split(":")[1].split())
        )
    }


def taught(
    articles: Iterable[Article],
    *,
    today: date,
    told: Callable[[str], None] = lambda line: None,
    only: Collection[str] | None = None,
) -> SparseModel:
    """A model of study designs, or of some of them; raises TooFew."""
    return train(
        KIND,
        examples(articles),
        GROUPS,
        closed=TAUGHT_BY_TYPES,
        data={
            "source": "types and headings by indexers until 2021; designs that"
            " authors name, without those words"
        },
        thresholds={"": BELIEVED, "rct": BELIEVED_TRIAL},
        versions={},
        today=today,
        only=only,
        told=told,
    )
