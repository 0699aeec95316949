"""The page of the dialect is written from it."""

from pathlib import Path

from ownjournal.notes.dialect import FEATURES
from ownjournal.notes.dialect.documented import dialect_markdown

PAGE = Path(__file__).parents[3] / "docs" / "notes-dialect.md"


def test_the_page_of_the_dialect_is_current() -> None:
    """The top of the page says how to write it anew."""
    assert dialect_markdown() == PAGE.read_text()


def test_codes_and_names_of_features_are_told_apart() -> None:
    assert len({each.code for each in FEATURES}) == len(FEATURES)
    assert len({each.name for each in FEATURES}) == len(FEATURES)
