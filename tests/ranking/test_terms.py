import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.ranking.terms import COMMON, NO_TERM, Vocabulary, term_of, words_of


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("trials", "trial"),
        ("doses", "dose"),
        ("biopsies", "biopsy"),
        ("sepsis", "sepsis"),
        ("virus", "virus"),
        ("stress", "stress"),
        ("shoes", "shoe"),
        ("gas", "gas"),
        ("sjögren", "sjogren"),
        ("β", None),
        ("covid19", "covid19"),
        ("2024", None),
        ("x", None),
        ("the", None),
    ],
)
def test_a_word_has_the_term_of_its_singular(word: str, term: str | None) -> None:
    assert term_of(word) == term


def test_words_end_at_punctuation_and_are_in_lower_case() -> None:
    assert words_of("Beta-blockers (n=3): β1_a") == [
        "beta",
        "blockers",
        "n",
        "3",
        "β1",
        "a",
    ]


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_and_accented_texts_are_split_alike(text: str) -> None:
    assert words_of(text) == words_of(f"{text} é")[:-1]


def test_common_terms_are_terms() -> None:
    assert all(term_of(term) == term for term in COMMON)


def test_forms_of_a_word_share_a_number() -> None:
    vocabulary = Vocabulary()

    assert vocabulary["trial"] == vocabulary["trials"] == 0
    assert vocabulary["gout"] == 1
    assert vocabulary["the"] == NO_TERM
    assert vocabulary.terms == ("trial", "gout")


def test_looking_up_learns_nothing() -> None:
    vocabulary = Vocabulary(("gout",))

    assert vocabulary.known("gout") == 0
    assert vocabulary.known("sepsis") == NO_TERM
    assert vocabulary.terms == ("gout",)


def test_a_word_that_is_learnt_later_is_known_then() -> None:
    vocabulary = Vocabulary(["gout"])
    assert list(vocabulary.all_known(["gouts", "falls", "the"])) == [
        0,
        NO_TERM,
        NO_TERM,
    ]

    assert vocabulary["fall"] == 1

    assert list(vocabulary.all_known(["gouts", "falls", "the"])) == [0, 1, NO_TERM]
