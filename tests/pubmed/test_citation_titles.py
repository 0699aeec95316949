"""How a title is shown, and who signs: one rule for pages, citations and files."""

import pytest

from made.articles import an_article
from ownjournal.pubmed.article import Author, Markup
from ownjournal.pubmed.citation import signers, without_full_stop

BOG = Author(last_name="Bog", fore_name="Ada M", initials="AM")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Fever after a fall.", "Fever after a fall"),
        ("Fever after a fall?", "Fever after a fall?"),
        ("Fever in the U.S.", "Fever in the U.S."),
        ("Fever...", "Fever..."),
        ("[Fever after a fall].", "[Fever after a fall]"),
        (".", ""),
    ],
)
def test_the_full_stop_that_ends_every_title_is_left_out(
    title: str, shown: str
) -> None:
    assert without_full_stop(Markup(title)) == shown


def test_who_was_withdrawn_signs_nothing() -> None:
    gone = Author(last_name="Ex", valid=False)

    assert signers(an_article(authors=(BOG, gone))) == (BOG,)
