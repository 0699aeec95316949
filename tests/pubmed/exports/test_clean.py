"""Values of a file: one line, no control character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.pubmed.article import Abstract, Markup, Section
from ownjournal.pubmed.exports.clean import line, paragraphs, words


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Tea\r\nSet-Cookie: a=b", "Tea Set-Cookie: a=b"),
        ("a \n\t b", "a b"),
        ("a\u2028b\u2029c\x85d\x0be\x0cf\x1cg", "a b c d e f g"),
        ("\x00nul\x1b[31m", "nul[31m"),
        ("\u202eright\u202c \u2066left\u2069", "right left"),
        ("half \ud800 of a pair\ufeff", "half  of a pair"),
        ("10\u00a0mg  of tea", "10\u00a0mg  of tea"),
        ("Ærø, 茶, الشاي", "Ærø, 茶, الشاي"),
        (" \x00 ", None),
        ("", None),
        (None, None),
    ],
)
def test_a_line_is_clean_by_the_written_rule(
    raw: str | None, clean: str | None
) -> None:
    assert line(raw) == clean


@given(st.text())
def test_a_line_is_one_line_and_can_be_sent(raw: str) -> None:
    clean = line(raw) or ""

    assert len(clean.splitlines()) <= 1
    assert clean.encode().decode() == clean
    assert line(clean) == (clean or None)


def test_a_million_spaces_are_no_outage() -> None:
    assert line("a" + " " * 1_000_000 + "\nb") == "a b"


def test_words_have_no_markup() -> None:
    assert words(Markup("H<sub>2</sub>O &lt;5\n&amp; more")) == "H2O <5 & more"


def test_a_section_says_its_heading() -> None:
    abstract = Abstract(
        (Section(Markup("We drank."), "METHODS"), Section(Markup("It was good.")))
    )

    assert paragraphs(abstract) == ("METHODS: We drank.", "It was good.")
