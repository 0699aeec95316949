"""Trained models as the page about the rules tells them: by their cards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.appraisal.model import Card, ModelUnusable, read_card
from ownjournal.catalogue.appraising import MODELS


@dataclass(frozen=True, slots=True)
class ClassRow:
    """How good a model is at one of its classes."""

    name: str
    values: tuple[str, ...]  # in the order of ModelRow.columns


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A trained model, or why the one that is there is not used."""

    name: str  # "Designs"
    made_on: str | None
    data: tuple[tuple[str, str], ...]  # names and values: what it was made of
    columns: tuple[str, ...]  # what was measured on the articles held out
    classes: tuple[ClassRow, ...]
    problem: str | None  # a sentence


def model_rows() -> tuple[ModelRow, ...]:
    """The models in DATA_DIR/models, each in the folder of its kind."""
    return tuple(_rows())


def _rows() -> Iterator[ModelRow]:
    for folder in sorted((settings.DATA_DIR / MODELS).glob("*/")):
        name = _as_words(folder.name).capitalize()
        try:
            card = read_card(folder, folder.name)
        except ModelUnusable as fault:
            yield ModelRow(name, None, (), (), (), str(fault))
        else:
            if card is not None:
                yield _row(name, card)


def _row(name: str, card: Card) -> ModelRow:
    measured = {
        each: values
        for each, values in card.metrics.items()
        if isinstance(values, dict)
    }
    columns = tuple(
        dict.fromkeys(each for values in measured.values() for each in values)
    )
    return ModelRow(
        name=name,
        made_on=card.made_on,
        data=tuple(
            (_as_words(each), _told(value)) for each, value in card.data.items()
        ),
        columns=tuple(map(_as_words, columns)),
        classes=tuple(
            ClassRow(_class_name(each), tuple(_told(values.get(c)) for c in columns))
            for each, values in sorted(measured.items())
        ),
        problem=None,
    )


def _class_name(code: str) -> str:
    return DESIGNS[code].name if code in DESIGNS else _as_words(code).capitalize()


def _as_words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _told(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
