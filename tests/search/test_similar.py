"""Which terms count, and how what is shared is told."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.search.document import Document
from ownjournal.search.similar import (
    STRONGEST,
    TOLD,
    Similar,
    most_similar,
    profile,
    strongest,
)
from search.made_documents import a_document

SHARES = {"podagra": 3, "velotrine": 10, "elbow": 100, "fever": 900}


def held(term: str) -> int:
    return SHARES.get(term, 1)


def written(title: str, *texts: str, pmid: int = 1, **more: object) -> Document:
    return a_document(pmid, title=(title,), texts=texts, **more)


def told(one: Document, other: Document) -> tuple[str, ...]:
    found = most_similar(one, [other], held, 1000, 20)
    return found[0].terms if found else ()


def test_words_of_the_title_count_twice_and_stop_words_not_at_all() -> None:
    own = written("Podagra of the elbow", "A podagra, 12 of 20, in TNF-α and IL-6.")

    assert profile(own) == {
        "podagra": 3,
        "elbow": 2,
        "tnf": 1,
        "alpha": 1,
        "il": 1,
    }


def test_a_main_heading_counts_twice_and_its_ui_not_again() -> None:
    codes = ("mh:d005334", "mh:fever", "majr:fever", "mh:gout", "au:mh_fever")
    with_subheadings = ("sh:dt", "mh:d005334/dt", "majr:d005334/dt", "mh:gout/ge")

    own = a_document(title=(), texts=(), codes=(*codes, *with_subheadings))

    assert profile(own) == {
        "mh:fever": 2,
        "mh:gout": 1,
    }


def test_the_strongest_terms_are_rare_and_often_said() -> None:
    terms = {"fever": 9, "podagra": 1, "elbow": 1, "unheard": 5}

    found = strongest(terms, lambda term: SHARES.get(term, 0), 1000)

    assert [term for term, _ in found] == ["podagra", "elbow", "fever"]
    assert dict(found)["fever"] == pytest.approx(1 + math.log(9))


def test_a_text_of_many_words_is_asked_for_by_its_strongest() -> None:
    terms = {f"word{n}": n for n in range(1, 200)}

    found = strongest(terms, lambda term: 5, 1000)

    assert len(found) == STRONGEST
    assert found[0][0] == "word199"


def test_a_score_by_hand() -> None:
    """Two shared words, each said once by both; the other is as long as the mean.

    1.2 * (1 - .75 + .75 * 120 / 120) = 1.2, so the saturation is 2.2 / 2.2 = 1, and
    what a word adds is its share of the asking article. One article leads alone:
    what it alone says is left out, so that nothing is drawn anywhere.
    """
    other = written("", " ".join(["elbow podagra", *(f"w{n}" for n in range(118))]))
    own = written("", "elbow podagra", pmid=2)

    [found] = most_similar(own, [other], held, 1000, 20)

    elbow, podagra = (math.log(1 + (1000.5 - n) / (n + 0.5)) for n in (100, 3))
    length = math.hypot(elbow, podagra)
    assert found.score == pytest.approx((elbow + podagra) / length)


def test_what_leads_says_with_the_article_what_is_meant() -> None:
    """Both say of the article what it says; one says more of what the leaders say."""
    own = written("Podagra merrow")
    leaders = [written("Podagra merrow velotrine", pmid=pmid) for pmid in (2, 3)]
    near = written("Podagra of a merrow on velotrine", pmid=4)
    far = written("Podagra of a merrow on sallow", pmid=5)

    found = most_similar(own, [far, near, *leaders], held, 1000, 20)

    assert [each.pmid for each in found] == [4, 3, 2, 5]
    assert found[2].score > found[3].score
    assert {term.lower() for term in found[0].terms} == {"podagra", "merrow"}


def test_what_one_leader_alone_says_draws_nothing() -> None:
    own = written("Podagra merrow")
    others = [written(f"Podagra merrow {word}", pmid=2) for word in ("fever", "sallow")]

    scores = [most_similar(own, [each], held, 1000, 20)[0].score for each in others]

    assert scores[0] == scores[1]


def test_a_long_text_with_the_same_word_is_less_alike() -> None:
    short = written("", "elbow", pmid=2)
    long = written("", " ".join(["elbow", *(f"w{n}" for n in range(400))]), pmid=3)

    found = most_similar(written("", "elbow"), [long, short], held, 1000, 20)

    assert [each.pmid for each in found] == [2, 3]
    assert found[0].score > found[1].score


def test_shared_words_are_told_as_the_article_writes_them() -> None:
    own = written("HBA1C IN PODAGRA", "The HbA1c of Merrow. podagra in Merrow, TNF.")
    other = written("hba1c and tnf in podagra of merrow nct99000001", pmid=2)

    assert set(told(own, other)) == {"HbA1c", "TNF", "podagra", "Merrow"}
    assert told(written("", "NCT99000001."), other) == ("NCT99000001",)
    shouted = written("VELOTRINE IN PODAGRA")
    assert set(told(shouted, other)) == set()
    assert set(told(shouted, written("velotrine podagra", pmid=2))) == {
        "velotrine",
        "podagra",
    }


def test_words_that_both_have_beside_each_other_are_told_together() -> None:
    own = written("Blood pressure in podagra", "Blood pressure, podagra.")

    assert "blood pressure" in {
        t.lower() for t in told(own, written("Podagra and the blood pressure", pmid=2))
    }
    apart = told(own, written("Pressure, then blood, then podagra", pmid=2))
    assert {t.lower() for t in apart} == {"blood", "pressure", "podagra"}


def test_no_term_is_told_in_two_forms() -> None:
    terms = told(
        written("Tumor; tumors; podagra"), written("Tumor, podagra, tumors", pmid=2)
    )

    assert len(terms) == 2
    assert "podagra" in terms


def test_not_too_many_terms_are_told() -> None:
    names = ", ".join(f"velotrine{letter * 2}" for letter in "abcdefghi")

    assert len(told(written(names), written(f"Gout, {names}", pmid=2))) == TOLD


def test_common_words_and_check_tags_are_no_reason() -> None:
    own = written("Patients in a study of podagra", codes=("mh:humans", "mh:adult"))
    other = written("A study in patients", pmid=2, codes=("mh:humans", "mh:adult"))

    assert told(own, other) == ()


def test_one_telling_word_is_enough_where_there_is_only_one() -> None:
    assert told(written("A study of podagra"), written("Podagra", pmid=2)) == (
        "podagra",
    )
    assert told(written("Podagra, elbow"), written("Podagra", pmid=2)) == ()


def test_equals_come_newest_first_then_by_pmid() -> None:
    others = [written("Podagra", pmid=pmid) for pmid in (5, 9, 7)]
    undated = a_document(11, title=("Podagra",), texts=(), sorted_on=None)

    found = most_similar(written("podagra"), [undated, *others], held, 1000, 20)

    assert [each.pmid for each in found] == [9, 7, 5, 11]


@given(st.lists(st.text(max_size=60), max_size=4), st.lists(st.text(max_size=60)))
def test_any_text_has_similar_ones_or_none(one: list[str], other: list[str]) -> None:
    own = a_document(1, title=tuple(one[:1]), texts=tuple(one[1:]))
    found = most_similar(
        own, [a_document(2, title=(), texts=tuple(other))], held, 1000, 20
    )

    assert all(isinstance(each, Similar) and each.terms for each in found)
    assert all(each.score > 0 for each in found)
