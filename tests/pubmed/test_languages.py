"""Languages by their names, as readers type them."""

import pytest

from ownjournal.pubmed.languages import NAMES, language_code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("English", "eng"),
        ("latvian", "lav"),
        ("Latin", "lat"),
        ("malay", "may"),
        ("malayalam", "mal"),
        ("Scottish  Gaelic", "gla"),
        ("Greek, Modern", "gre"),
        ("farsi", "per"),
        ("polyglot", "mul"),
        ("GER", "ger"),
        ("Swahili", "swa"),
    ],
)
def test_a_language_is_known_by_its_name_and_by_its_letters(
    typed: str, code: str
) -> None:
    assert language_code(typed) == code


def test_a_name_that_is_not_listed_is_never_taken_for_another_language() -> None:
    assert language_code("latgalian") == "latgalian"


def test_every_language_is_known_by_its_own_name() -> None:
    for code, name in NAMES.items():
        assert language_code(name) == language_code(code) == code
