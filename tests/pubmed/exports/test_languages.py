"""Languages by their tags."""

import pytest

from ownjournal.pubmed.exports.languages import tag


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("eng", "en"),
        ("fre", "fr"),
        ("GER", "de"),
        ("cze", "cs"),
        ("fil", "fil"),
        ("mul", "mul"),
        ("und", None),
        ("x\ny", None),
        ("", None),
    ],
)
def test_a_language_has_the_tag_of_the_web(code: str, expected: str | None) -> None:
    assert tag(code) == expected
