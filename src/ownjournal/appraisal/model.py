"""SparseModel: linear models over words, kept as plain arrays and a card.

A document is a set of terms: strings that its maker chose ("title:cohort",
"flag:randomised"), each there or not. Every class has one weight a term, and its
score is the log-odds of belonging to the class: Platt's scaling (1999) is part of
the weights, so a score needs no other step to become a probability.

On disk a model is a folder:

    card.json    what it was made of and how good it is (see `Card`)
    NAME.npz     the arrays, without pickle; the card names it, with its SHA-256

        terms       uint8   the n terms in UTF-8, a line feed between two
        classes     uint8   the k classes, likewise
        rarity      float32 (n,)   weight of a term before its document is scaled
        group       int32   (n,)   0: left as it is; terms of one group above 0
                                   are scaled together to length 1
        weights     float32 (n, k)
        bias        float32 (k,)
        thresholds  float32 (k,)   the probability from which a class is believed

The card is replaced last and in one step, so that a reader of the folder has the
old model or the new one, also when the writer is stopped.
"""

import hashlib
import io
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import force_setattr
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ownjournal.appraisal.yields import Yield

FORMAT = 1
"""Goes up when the arrays change their meaning; other formats are refused."""

LARGEST = 512 * 1024**2
"""Bytes of an array file; a larger one is none of ours."""

Floats = NDArray[np.float32]


class ModelUnusable(Exception):
    """A saved model cannot be used; the message is a sentence that says why."""


class Card(Struct, frozen=True):
    """What a model was made of, when, and how good it is."""

    kind: str  # "designs", "sentences"
    made_on: str  # a date, "2026-11-25"
    data: dict[str, Any]  # numbers of examples, years, sources
    metrics: dict[str, Any]  # measured on what was held out
    versions: dict[str, str]  # of Python and libraries, and of our rules
    format: int = FORMAT
    arrays: str = ""  # name of the array file beside the card
    sha256: str = ""  # of that file, hexadecimal

    @property
    def id(self) -> str:
        """What is stored with whatever the model decided: "designs-3f2a9c1b"."""
        return f"{self.kind}-{self.sha256[:8]}"


class SparseModel(Struct, frozen=True):
    """Terms, and for each class the weights by which they speak for it."""

    card: Card
    classes: tuple[str, ...]
    position: dict[str, int]  # of each term: its row in the arrays
    rarity: Floats  # (n,)
    group: NDArray[np.int32]  # (n,)
    weights: Floats  # (n, k)
    bias: Floats  # (k,)
    thresholds: Floats  # (k,)
    terms: tuple[str, ...] = ()  # in the order of the arrays; made from `position`

    def __post_init__(self) -> None:
        force_setattr(self, "terms", tuple(self.position))

    def vectors(self, documents: Sequence[Collection[str]]) -> csr_array:
        """Documents as rows, (documents, n): rarities, each group of length 1."""
        find = self.position.get
        known = [
            [place for term in each if (place := find(term)) is not None]
            for each in map(_once, documents)
        ]
        return scaled(known, self.rarity, self.group)

    def scores(self, documents: Sequence[Collection[str]]) -> Floats:
        """(documents, k): log-odds of each class."""
        return np.asarray(self.vectors(documents) @ self.weights + self.bias)

    def probabilities(self, documents: Sequence[Collection[str]]) -> Floats:
        """(documents, k): of each class by itself; a row need not add up to 1."""
        return self.chances(self.vectors(documents))

    def chances(self, vectors: csr_array) -> Floats:
        """The same, of documents that are vectors already."""
        scores = np.clip(vectors @ self.weights + self.bias, -30, 30)
        return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)

    def strongest(
        self, vectors: csr_array, row: int, place: int, most: int
    ) -> tuple[str, ...]:
        """The terms of a row that speak most for a class, strongest first."""
        part = slice(vectors.indptr[row], vectors.indptr[row + 1])
        columns = vectors.indices[part]
        spoken = vectors.data[part] * self.weights[columns, place]
        best = [each for each in np.argsort(-spoken)[:most] if spoken[each] > 0]
        return tuple(self.terms[columns[each]] for each in best)


class Models(Struct, frozen=True):
    """What a site has learned from its catalogue; None and {} where it has not."""

    designs: SparseModel | None = None
    sentences: SparseModel | None = None
    yields: Mapping[str, Yield] = {}  # of journals, by NLM id; see `yields`

    @property
    def id(self) -> str | None:
        """What is stored with an appraisal: of the model that has a part in it."""
        return None if self.designs is None else self.designs.card.id


RULES_ALONE = Models()


def load_models(folder: Path) -> Models:
    """All models below a folder, one folder a kind. Raises ModelUnusable."""
    return Models(
        designs=load(folder / "designs", "designs"),
        sentences=load(folder / "sentences", "sentences"),
    )


def _once(document: Collection[str]) -> Collection[str]:
    return document if isinstance(document, set) else set(document)


def scaled(
    known: Sequence[Sequence[int]], rarity: Floats, group: NDArray[np.int32]
) -> csr_array:
    """Documents, each the columns of its terms, as rows of rarities.

    The terms of one group above 0 make a vector of length 1; those of group 0
    keep their rarity.
    """
    sizes = np.array([len(each) for each in known], np.int32)
    columns = np.array([column for each in known for column in each], np.int32)
    rows = np.repeat(np.arange(len(known), dtype=np.int64), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    values = rarity[columns] / _lengths(rows, columns, rarity, group)
    shape = (len(known), len(rarity))
    return csr_array((values.astype(np.float32), columns, starts), shape=shape)


def _lengths(
    rows: NDArray[np.int64],
    columns: NDArray[np.int32],
    rarity: Floats,
    group: NDArray[np.int32],
) -> NDArray[np.float64]:
    """For each value the length of its group in its document; 1 in group 0."""
    if not len(columns):
        return np.ones(0)
    groups = int(group.max()) + 1
    key = rows * groups + group[columns]
    squares = np.bincount(key, weights=rarity[columns] ** 2.0)
    squares[::groups] = 1.0
    return np.asarray(np.sqrt(squares[key]))


def save(model: SparseModel, folder: Path) -> Card:
    """Keep a model in a folder, in place of the one there; the card as written.

    The card is given name and sum of the array file; raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **_arrays(model))
    sha256 = hashlib.sha256(packed.getvalue()).hexdigest()
    card = msgspec.structs.replace(
        model.card, format=FORMAT, arrays=f"{sha256[:16]}.npz", sha256=sha256
    )
    _write(folder / card.arrays, packed.getvalue())
    text = msgspec.json.format(msgspec.json.encode(card), indent=2)
    _write(folder / "card.json", text + b"\n")
    for each in folder.glob("*.npz"):
        if each.name != card.arrays:
            each.unlink(missing_ok=True)
    return card


def _arrays(model: SparseModel) -> dict[str, NDArray[Any]]:
    return {
        "terms": _lines(model.position),
        "classes": _lines(model.classes),
        "rarity": model.rarity,
        "group": model.group,
        "weights": model.weights,
        "bias": model.bias,
        "thresholds": model.thresholds,
    }


def _lines(names: Collection[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _write(path: Path, content: bytes) -> None:
    """A file in one step: nobody reads half of it."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def load(folder: Path, kind: str) -> SparseModel | None:
    """The model of this kind in a folder; None where none was ever made.

    Raises ModelUnusable where it is damaged, of another format or another kind.
    """
    for _ in range(2):  # between card and arrays, another model may have been saved
        card = read_card(folder, kind)
        if card is None:
            return None
        path = folder / card.arrays
        if path.is_file():
            return _unpacked(card, path)
    raise ModelUnusable(f"The model in {folder} lacks its arrays.")


def read_card(folder: Path, kind: str) -> Card | None:
    """The card alone; as `load`."""
    path = folder / "card.json"
    try:
        card = msgspec.json.decode(path.read_bytes(), type=Card)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (msgspec.DecodeError, OSError) as fault:
        raise ModelUnusable(f"{path} cannot be read: {fault}.") from fault
    if card.format != FORMAT:
        raise ModelUnusable(
            f"The model in {folder} has format {card.format}, this version reads"
            f" format {FORMAT}. Train it again: ownjournal train"
        )
    if card.kind != kind or Path(card.arrays).name != card.arrays or not card.arrays:
        raise ModelUnusable(f"{path} is not the card of a model of {kind}.")
    return card


def _unpacked(card: Card, path: Path) -> SparseModel:
    damaged = f"{path} is damaged. Train the model again: ownjournal train"
    if path.stat().st_size > LARGEST:
        raise ModelUnusable(f"{path} is too large for a model.")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise ModelUnusable(damaged)
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        model = _model(card, found)
    except (KeyError, ValueError, OSError, TypeError, BadZipFile) as fault:
        raise ModelUnusable(damaged) from fault
    if not _fits(model):
        raise ModelUnusable(damaged)
    return model


def _model(card: Card, arrays: dict[str, NDArray[Any]]) -> SparseModel:
    terms = arrays["terms"].tobytes().decode().split("\n")
    return SparseModel(
        card=card,
        classes=tuple(arrays["classes"].tobytes().decode().split("\n")),
        position={term: place for place, term in enumerate(terms)},
        rarity=arrays["rarity"].astype(np.float32),
        group=arrays["group"].astype(np.int32),
        weights=arrays["weights"].astype(np.float32),
        bias=arrays["bias"].astype(np.float32),
        thresholds=arrays["thresholds"].astype(np.float32),
    )


def _fits(model: SparseModel) -> bool:
    """Whether the shapes belong together and every number is one."""
    terms, classes = len(model.position), len(model.classes)
    shapes = (
        (model.rarity, (terms,)),
        (model.group, (terms,)),
        (model.weights, (terms, classes)),
        (model.bias, (classes,)),
        (model.thresholds, (classes,)),
    )
    return all(
        each.shape == shape and bool(np.isfinite(each).all()) for each, shape in shapes
    ) and bool((model.group >= 0).all() and (model.rarity > 0).all())
