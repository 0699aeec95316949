"""What a module says of itself is read from its source, with its values of now."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from ownjournal.site.documented import Constant, Paragraph, documented, paragraphs

SOURCE = '''"""Nearness: how near a thing is.

    nearness = A * words
             + B * topics

The `words` count
most.
"""

A, B = 1.0, 0.3
MOST = 20_000  # characters, about
FEW = 3
"""Things of which `more` are
too many."""

STEPS = ((5000, 15), (100, 4))
NAMES = frozenset({"b", "a"})
_HIDDEN = 1
lower = 2
YES = True
LONG = "x" * 500
TABLE = {"a": 1}


def function() -> int:
    INSIDE = 9
    return INSIDE
'''


@pytest.fixture
def module(tmp_path: Path) -> ModuleType:
    path = tmp_path / "made_of_rules.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("made_of_rules", path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_words_of_a_module_are_told_with_its_formulas_as_they_stand(
    module: ModuleType,
) -> None:
    assert documented(module).paragraphs == (
        Paragraph("Nearness: how near a thing is.", formula=False),
        Paragraph("nearness = A * words\n         + B * topics", formula=True),
        Paragraph("The words count most.", formula=False),
    )


def test_constants_come_in_order_with_what_is_written_beside_them(
    module: ModuleType,
) -> None:
    assert documented(module).constants == (
        Constant("A", "1", None),
        Constant("B", "0.3", None),
        Constant("Most", "20,000", "characters, about"),
        Constant("Few", "3", "Things of which more are too many."),
        Constant("Steps", "5,000 / 15; 100 / 4", None),
        Constant("Names", "a / b", None),
    )


def test_a_value_is_that_of_the_running_program(module: ModuleType) -> None:
    documented(module)
    vars(module)["FEW"] = 4

    assert Constant("Few", "4", "Things of which more are too many.") in (
        documented(module).constants
    )


def test_a_module_without_words_has_none() -> None:
    assert paragraphs("") == ()
