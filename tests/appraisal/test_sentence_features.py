from hypothesis import given
from hypothesis import strategies as st

from ownjournal.appraisal.sentence_features import (
    GROUPS,
    MOST_SENTENCES,
    MOST_WORDS,
    terms_of,
)

THREE = ("We asked 41 women.", "Pain fell.", "These results suggest rest.")


def test_words_stand_alone_and_in_pairs_with_numbers_as_one() -> None:
    [first, *_] = terms_of(THREE)

    assert [each for each in first if each.startswith("word:")] == [
        "word:we",
        "word:asked",
        "word:0",
        "word:women",
        "word:^ we",
        "word:we asked",
        "word:asked 0",
        "word:0 women",
        "word:women $",
    ]


def test_a_sentence_knows_its_place_and_its_neighbours_cues() -> None:
    first, second, third = map(set, terms_of(THREE))

    assert {"flag:first 0", "flag:last 2", "flag:<nothing"} <= first
    assert {"flag:<own", "flag:>concludes", "flag:>points"} <= second
    assert {"flag:last 0", "flag:tenth 8", "flag:>nothing"} <= third
    assert {"flag:concludes", "flag:concludes 2", "flag:points"} <= third
    assert "flag:concludes" not in second


def test_only_the_last_of_very_many_sentences_are_read() -> None:
    terms = terms_of(["Gout hurts."] * (MOST_SENTENCES + 2))

    assert [bool(each) for each in terms[:3]] == [False, False, True]
    assert len(terms) == MOST_SENTENCES + 2


def test_a_sentence_without_end_is_cut() -> None:
    [terms] = terms_of(["gout " * 20_000])

    assert sum(each == "word:gout" for each in terms) == MOST_WORDS


@given(st.lists(st.text(max_size=40), max_size=8))
def test_every_sentence_has_terms_of_known_groups(sentences: list[str]) -> None:
    terms = terms_of(sentences)

    assert len(terms) == len(sentences)
    assert all(each.partition(":")[0] in GROUPS for one in terms for each in one)
