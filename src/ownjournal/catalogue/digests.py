"""Digests as this site shows them: with its model of sentences, if it has one."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from ownjournal.appraisal.digest import DigestPart, digest
from ownjournal.appraisal.model import ModelUnusable, SparseModel, load
from ownjournal.catalogue.appraising import MODELS
from ownjournal.pubmed.article import Article

KIND = "sentences"


def digest_of(article: Article) -> tuple[DigestPart, ...]:
    """By the model that is in DATA_DIR now, else by rules alone."""
    folder = settings.DATA_DIR / MODELS / KIND
    try:
        stamp = (folder / "card.json").stat().st_mtime_ns
    except OSError:
        return digest(article)
    return digest(article, _model(folder, stamp))


@lru_cache(maxsize=1)
def _model(folder: Path, stamp: int) -> SparseModel | None:
    """Read once for each time it was saved; a damaged one is none."""
    try:
        return load(folder, KIND)
    except ModelUnusable:
        return None
