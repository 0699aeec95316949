"""Known items: does what a reader types lead to the one article that is meant?

    question   the title with a question mark → its own abstract, first of those of
               the whole pool, which have no titles then
    title      the title as it is → the article, first of the pool
    reference  "Title. Journal. Year.", with a line break → the same

The navigational suite asks for complete records among the pool by PMID, DOI, author
and year, and journal with four words of the title. A case counts only where a plain
look at every article finds no second one that it could mean.
"""

import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from bench.figures import Row
from bench.searched import Searched, names_of, pool, real
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.markup import plain
from ownjournal.search.analysis import code, words
from ownjournal.search.document import Document, document

ASKED = 500
OF_EACH_KIND = 75
FRAGMENT = 4  # words
SEED = 20


def rows(shared: Path, every: int) -> Iterator[Row]:
    """Success at 1: the article itself is opened, or is the first one shown."""
    articles = [each for each in pool(shared) if each.title]
    whole = [each for each in articles if each.abstract and _is_placed(each)]
    asked = random.Random(SEED).sample(whole, ASKED)[::every]
    with tempfile.TemporaryDirectory() as place:
        untitled = (replace(each, title=None) for each in articles if each.abstract)
        catalogue = Searched(shared, Path(place) / "untitled", untitled)
        question = _share(catalogue, [(_question(each), each.pmid) for each in asked])
        complete = list(real(shared))
        held = {each.pmid: each for each in (*articles, *complete)}
        catalogue = Searched(shared, Path(place) / "titled", held.values())
        title = _share(catalogue, [(_title(each), each.pmid) for each in asked])
        reference = _share(catalogue, [(_reference(each), each.pmid) for each in asked])
        cases = _cases(complete, list(held.values()), OF_EACH_KIND // every)
        led = _share(catalogue, cases)
    yield _row(
        "known item: the article first, mean of three ways to ask",
        (question + title + reference) / 3,
        0.93,
        0.97,
        f"{len(asked)} articles among {len(articles):,}; title as a question to text "
        f"without title {question:.3f}, exact title {title:.3f}, pasted reference "
        f"{reference:.3f}",
    )
    yield _row(
        "navigation: the article first (PMID, DOI, author + year, journal + title)",
        led,
        None,
        1.0,
        f"{len(cases)} cases from real records among {len(held):,} articles",
    )


def _row(
    figure: str, value: float, floor: float | None, target: float, note: str
) -> Row:
    return Row("search", figure, value, "share", "higher", floor, target, note=note)


def _share(catalogue: Searched, cases: Sequence[tuple[str, int]]) -> float:
    return sum(catalogue.first(text) == pmid for text, pmid in cases) / len(cases)


def _is_placed(article: Article) -> bool:
    issue = article.journal_issue
    return article.journal is not None and issue is not None and bool(issue.date.year)


def _title(article: Article) -> str:
    title = article.title or article.vernacular_title
    return plain(title).rstrip(". ") if title else ""


def _question(article: Article) -> str:
    return f"{_title(article).rstrip('?')}?"


def _reference(article: Article) -> str:
    journal, issue = article.journal, article.journal_issue
    year = issue.date.year if issue else None
    return f"{_title(article)}.\n{journal.title if journal else ''}. {year}."


# Navigation


def _cases(
    complete: Sequence[Article], held: Sequence[Article], most: int
) -> list[tuple[str, int]]:
    drawn = random.Random(SEED).sample(complete, len(complete))
    makers = (_by_pmid, _by_doi, _Authors(held), _Fragments(held))
    cases: list[tuple[str, int]] = []
    for maker in makers:
        made = ((maker(each), each.pmid) for each in drawn)
        cases += islice(((text, pmid) for text, pmid in made if text), most)
    return cases


def _by_pmid(article: Article) -> str | None:
    return f"PMID: {article.pmid}"


def _by_doi(article: Article) -> str | None:
    return article.identifiers.doi


class _Authors:
    """ "quill 2019": the first author's last name and a year that no other has."""

    def __init__(self, held: Iterable[Article]) -> None:
        self._documents = [document(each, judge(each)) for each in held if each.authors]

    def __call__(self, article: Article) -> str | None:
        author = next(iter(article.authors), None)
        issue = article.journal_issue
        if author is None or not author.last_name or not issue or not issue.date.year:
            return None
        name, year = author.last_name, issue.date.year
        meant = [each for each in self._documents if _wrote(each, name, year)]
        return f"{name} {year}" if len(meant) == 1 else None


def _wrote(document: Document, name: str, year: int) -> bool:
    return f"au:{code(name)}" in document.codes and any(
        day.year == year for day in document.published_on
    )


class _Fragments:
    """ "Ann Bog fever after a fall": a journal, and words of a title only it has."""

    def __init__(self, held: Iterable[Article]) -> None:
        self._held = [(set(names_of(each.journal)), _said(each)) for each in held]

    def __call__(self, article: Article) -> str | None:
        parts = _title(article).split()
        names = [*names_of(article.journal)]
        if len(parts) < FRAGMENT + 2 or not names:
            return None
        start = article.pmid % (len(parts) - FRAGMENT)
        fragment = " ".join(parts[start : start + FRAGMENT])
        said = f" {' '.join(words(fragment))} "
        meant = [
            held for held in self._held if said in held[1] and held[0] & set(names)
        ]
        return f"{names[-1]} {fragment}" if len(meant) == 1 else None


def _said(article: Article) -> str:
    return f" {' '.join(words(_title(article)))} "
