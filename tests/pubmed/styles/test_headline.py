"""Titles of books and journals with their capitals."""

import pytest

from ownjournal.pubmed.article import Journal, Markup
from ownjournal.pubmed.styles.headline import full_name, headline


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("fevers of the bog", "Fevers of the Bog"),
        ("Fevers: an atlas", "Fevers: An Atlas"),
        ("What next? a guide", "What Next? A Guide"),
        ("The use of mRNA and pH", "The Use of mRNA and pH"),
        ("double-blind trials", "Double-Blind Trials"),
        ("merrow's fever", "Merrow's Fever"),
        ("on <i>the bog</i> &amp; fen", "On <i>the Bog</i> &amp; Fen"),
        ("<i>the bog</i>", "<i>The Bog</i>"),
        ("médecine et santé", "Médecine et Santé"),
        ("", ""),
    ],
)
def test_words_have_capitals_but_for_the_small_ones(title: str, told: str) -> None:
    assert headline(Markup(title)) == told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("The lancet (London, England)", "The Lancet"),
        ("Fever (London) (1999)", "Fever"),
        ("Fever : the journal of falls", "Fever"),
        ("Fieber = Fever / Merrow Society", "Fieber"),
        ("(London)", "(London)"),
        ("Falls & fevers.", "Falls &amp; Fevers"),
    ],
)
def test_a_journal_is_called_without_what_nlm_adds(title: str, told: str) -> None:
    assert full_name(Journal(title)) == told


def test_an_abbreviation_stands_in_for_a_name() -> None:
    assert full_name(Journal(abbreviation="J Bog")) == "J Bog"
    assert full_name(Journal()) is None
