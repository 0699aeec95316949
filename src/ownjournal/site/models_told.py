"""Trained models as the page about the rules tells them: by their cards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from ownjournal.appraisal.model import Card, ModelUnusable, read_card


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A trained model, or why the one that is there is not used."""

    name: str  # "Designs"
    made_on: str | None
    data: tuple[tuple[str, str], ...]  # names and values: what it was made of
    metrics: tuple[tuple[str, str], ...]  # measured on what was held out
    problem: str | None  # a sentence


def model_rows() -> tuple[ModelRow, ...]:
    """The models in DATA_DIR/models, each in the folder of its kind."""
    return tuple(_rows())


def _rows() -> Iterator[ModelRow]:
    for folder in sorted((settings.DATA_DIR / "models").glob("*/")):
        name = folder.name.replace("-", " ").capitalize()
        try:
            card = read_card(folder, folder.name)
        except ModelUnusable as fault:
            yield ModelRow(name, None, (), (), str(fault))
        else:
            if card is not None:
                yield _row(name, card)


def _row(name: str, card: Card) -> ModelRow:
    return ModelRow(
        name, card.made_on, _told(card.data), _told(card.metrics), problem=None
    )


def _told(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Names and values; those of a table within are told one by one."""
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        words = name.replace("_", " ")
        if isinstance(value, dict):
            found += [(f"{words}: {inner}", text) for inner, text in _told(value)]
        elif isinstance(value, float):
            found.append((words, f"{value:.3g}"))
        else:
            found.append((words, str(value)))
    return tuple(found)
