"""The table of features says what the parser does."""

from html import escape

import pytest

from ownjournal.notes.dialect import FEATURES, Feature, read

SHOWN = {
    "italic": "<p><em>x</em></p>",
    "underline": "<p><u>x</u></p>",
    "bold": "<p><strong>x</strong></p>",
    "sup": "<p>10<sup>9</sup></p>",
    "sub": "<p>CO<sub>2</sub></p>",
    "heading": "<h3>What they found</h3>",
    "escape": "<p>*x*</p>",
}


def by_code(feature: Feature) -> str:
    return feature.code


def html(feature: Feature) -> str:
    return read(feature.typed, headings=feature.only).html("note-1")


@pytest.mark.parametrize("feature", FEATURES, ids=by_code)
def test_an_example_is_read_without_warnings(feature: Feature) -> None:
    assert read(feature.typed, headings=feature.only).warnings == ()


@pytest.mark.parametrize("feature", FEATURES, ids=by_code)
def test_an_example_is_not_shown_as_typed(feature: Feature) -> None:
    assert html(feature) != f"<p>{escape(feature.typed)}</p>"
    if feature.code in SHOWN:
        assert html(feature) == SHOWN[feature.code]
