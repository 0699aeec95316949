"""Sentences of abstracts: which are claims, by the labels of experts.

The labels are those of Achakulvisut et al. 2019. What is trained on them is
measured here and kept nowhere; the product learns from section labels instead,
and is measured on the same sentences.
"""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bench.figures import Row
from ownjournal.appraisal.digest import conclusion_of, digest
from ownjournal.appraisal.model import SparseModel
from ownjournal.appraisal.sentence_features import GROUPS, terms_of
from ownjournal.appraisal.sentence_teaching import FLAG, KIND, STRENGTH, taught
from ownjournal.appraisal.training import Example, train
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.markup import plain
from ownjournal.pubmed.records import read_records

FOLDS = 5
SPLITS = 6
ANY_DAY = date(2026, 1, 1)
PEER = "TF-IDF, neighbours, place (as measured by others)"


class Labelled(Struct, frozen=True):
    """The sentences of an abstract and whether experts call each a claim."""

    sentences: list[str]
    claims: list[bool]


def rows(folder: Path) -> Iterator[Row]:
    """Trained on 750 abstracts, or on the sections of others; measured on 375."""
    training, held = (_labelled(folder, each) for each in ("train", "validation"))
    model, threshold = _trained(training), _threshold(training)
    by_model = _chosen(model, "claim")
    found = _scores(model, "claim", held) >= threshold
    yield _row("claim sentences: F1", f1(found, _gold(held)), 0.80, PEER, 0.78)
    top = right(held, by_model)
    yield _row("claim sentences: the first one is right", top, 0.95, PEER, 0.938)
    articles = _articles(folder.parent)
    ours = taught(articles, today=ANY_DAY)
    least = float(ours.thresholds[ours.classes.index("conclusion")])
    told = np.log(least / (1 - least))
    found = _scores(ours, "conclusion", held) >= told
    yield _row("claims, taught by section labels: F1", f1(found, _gold(held)))
    last = right(held, lambda sentences: len(sentences) - 1)
    for name, choose in (
        ("rule", lambda sentences: conclusion_of(sentences) or 0),
        ("taught by section labels", _chosen(ours, "conclusion")),
    ):
        figure = f"the conclusion of running text is a claim: {name}"
        yield _row(figure, right(held, choose), 0.95, "last sentence", last)
    yield _row("structured abstracts: conclusion exact", exact(articles), 1.0)


def _row(
    figure: str,
    value: float,
    target: float | None = None,
    peer: str | None = None,
    peer_value: float | None = None,
) -> Row:
    return Row(
        "ranking",
        figure,
        value,
        "share",
        "higher",
        target=target,
        peer=peer,
        peer_value=peer_value,
    )


def _labelled(folder: Path, name: str) -> list[Labelled]:
    lines = (folder / f"claim_sentences_{name}.json").read_text().splitlines()
    read = [json.loads(line) for line in lines]
    return [
        Labelled(each["sentences"], [str(label) == "1" for label in each["labels"]])
        for each in read
    ]


def _gold(abstracts: Sequence[Labelled]) -> NDArray[np.bool_]:
    return np.array([claim for each in abstracts for claim in each.claims])


def _trained(abstracts: Sequence[Labelled]) -> SparseModel:
    return train(
        KIND,
        (
            Example(terms, "claim" if claim else None, number, number)
            for number, each in enumerate(abstracts)
            for terms, claim in zip(terms_of(each.sentences), each.claims, strict=True)
        ),
        GROUPS,
        closed=frozenset({"claim"}),
        data={},
        thresholds={"": 0.5},
        versions={},
        today=ANY_DAY,
        flag=FLAG,
        strength=STRENGTH,
    )


def _scores(
    model: SparseModel, role: str, abstracts: Sequence[Labelled]
) -> NDArray[np.float32]:
    """Log-odds of every sentence, one abstract after the other."""
    column = model.classes.index(role)
    scores = [model.scores(terms_of(each.sentences)) for each in abstracts]
    return np.concatenate(scores)[:, column]


def _threshold(abstracts: Sequence[Labelled]) -> float:
    """The log-odds for the best F1 in training, by cross-validation.

    A mean over several splits: the best of one jumps about on a flat top.
    """
    splits = [
        np.random.default_rng(each).permutation(len(abstracts))
        for each in range(SPLITS)
    ]
    return float(np.mean([_threshold_of(abstracts, each) for each in splits]))


def _threshold_of(abstracts: Sequence[Labelled], order: NDArray[np.int64]) -> float:
    """The best where every abstract is scored by a model that has not seen it."""
    scores, gold = [], []
    for fold in range(FOLDS):
        kept = set(order[fold::FOLDS].tolist())
        model = _trained([e for n, e in enumerate(abstracts) if n not in kept])
        scored = [abstracts[each] for each in sorted(kept)]
        scores.append(_scores(model, "claim", scored))
        gold.append(_gold(scored))
    return best_threshold(np.concatenate(scores), np.concatenate(gold))


def best_threshold(scores: NDArray[np.float32], gold: NDArray[np.bool_]) -> float:
    """The score from which sentences must be taken for the highest F1."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(gold[order])
    reached = 2 * hits / (np.arange(1, len(gold) + 1) + gold.sum())
    return float(scores[order][reached.argmax()])


def f1(found: NDArray[np.bool_], gold: NDArray[np.bool_]) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (found & gold).sum() / (found.sum() + gold.sum()))


def _chosen(model: SparseModel, role: str) -> Callable[[Sequence[str]], int]:
    """Chooses the sentence that is most likely of a role."""
    column = model.classes.index(role)
    return lambda sentences: int(model.scores(terms_of(sentences))[:, column].argmax())


def right(
    abstracts: Sequence[Labelled], choose: Callable[[Sequence[str]], int]
) -> float:
    """How often the sentence chosen is a claim, where there is one at all."""
    asked = [each for each in abstracts if any(each.claims)]
    return sum(each.claims[choose(each.sentences)] for each in asked) / len(asked)


def _articles(shared: Path) -> list[Article]:
    files = [*(shared / "demo").glob("*.xml.gz"), *(shared / "pubmed").glob("*/*.gz")]
    found: list[Article] = []
    for path in sorted(files):
        with gzip.open(path) as file:
            found += [
                each
                for each in read_records(cast(BinaryIO, file))
                if isinstance(each, Article)
            ]
    return found


def exact(articles: Sequence[Article]) -> float:
    """How often a conclusion is the beginning of a section labelled conclusions."""
    asked = [(each, texts) for each in articles if (texts := _concluding(each))]
    told = [
        any(part.role == "conclusion" and text.startswith(part.text) for text in texts)
        for article, texts in asked
        for part in digest(article)[-1:]
    ]
    return sum(told) / len(asked)


def _concluding(article: Article) -> list[str]:
    """The texts of the sections that say they conclude."""
    sections = article.abstract.sections if article.abstract else ()
    return [
        plain(each.text).strip()
        for each in sections
        if (each.label or "").lower().startswith("conclusion")
    ]
