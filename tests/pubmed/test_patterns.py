"""The patterns of the fast reading."""

import re
from pathlib import Path

import pytest

from ownjournal.pubmed import patterns

SOURCES = sorted(Path(patterns.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_group_is_repeated_possessively(path: Path) -> None:
    """Debian 12 has Python 3.11.2, where such a group does not match as it should."""
    assert not re.search(r"\)[*+?]\+", path.read_text())


@pytest.mark.parametrize(
    "text",
    ["", " ", "tea", " tea", "tea ", "a b", "a&amp;b", "&amp;b", "a&b", "a>b", "a\nb"]
    + [
        "a\tb",
        "a\rb",
        "a&lt;",
        "a&quot;b",
        "<i>a</i>",
        "a<i>b</i>",
        "é\u2009ü",
        "&#65;",
    ],
)
def test_the_quick_answer_is_that_of_the_pattern(text: str) -> None:
    by_pattern = re.fullmatch(patterns.MARKUP, text) is not None

    assert patterns.is_markup(text) == by_pattern


def test_a_text_that_is_its_own_value_has_no_escape_and_no_layout() -> None:
    own = re.compile(patterns.TEXT)

    assert own.fullmatch("Lower Merrow, 2nd floor")
    assert not any(map(own.fullmatch, ["a&amp;b", " a", "a ", "a\nb", "<i>a</i>", ""]))
