import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from made.candidates import SUBJECTS, a_candidate, a_mixed_pool, about
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import Chosen, compose
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.reasons import reason_within
from ownjournal.ranking.relevance import model_of, relevance_of, score
from ownjournal.ranking.terms import WORD, term_of, words_of

POOL = Pool.of(a_mixed_pool(160, design="cohort"))
INTERESTS = [
    Interest(
        "s", "Sepsis", seeds=tuple(about("sepsis", 99_400_000 + n) for n in (0, 1))
    ),
    Interest("w", "Falls at night", words=("hip fracture", "balance")),
    Interest("t", "Sleep", topics=("D1",), journals=("J1",)),
]


def without(candidate: Candidate, named: tuple[str, ...]) -> Candidate:
    """The article with every form of the named words taken out."""
    terms = {term_of(word) for each in named for word in words_of(each)}

    def kept(word: re.Match[str]) -> str:
        return " " if term_of(word[0].lower()) in terms else word[0]

    return replace(
        candidate,
        title=WORD.sub(kept, candidate.title),
        abstract=WORD.sub(kept, candidate.abstract),
    )


def in_practice() -> list[Chosen]:
    chosen = compose(POOL, INTERESTS, length=40).chosen
    return [each for each in chosen if each.interest is not None]


def test_the_terms_named_stand_in_the_article() -> None:
    for each in in_practice():
        article = POOL.candidates[POOL.row_of[each.pmid]]
        text = f"{article.title} {article.abstract}".lower()
        assert len(each.terms) <= 3
        assert all(term in text for term in each.terms)
        assert all(f"“{term}”" in each.why for term in each.terms)


def test_removing_the_terms_named_lowers_the_score() -> None:
    named = [each for each in in_practice() if each.terms]
    assert len(named) > 15
    for each in named:
        interest = next(one for one in INTERESTS if one.key == each.interest)
        scored = score(model_of(interest, POOL), POOL)
        article = POOL.candidates[POOL.row_of[each.pmid]]
        before = relevance_of(article, scored, POOL)

        assert relevance_of(without(article, each.terms), scored, POOL) < before
        for term in each.terms:
            assert relevance_of(without(article, (term,)), scored, POOL) < before


def test_a_reason_names_interest_terms_seed_and_design() -> None:
    seed = a_candidate(9, "Velotrine for tophus in Lower Merrow.")
    pool = Pool.of([a_candidate(1, "Tophus", design="rct"), a_candidate(2, "Rest")])
    interest = Interest("g", "Gout", seeds=(seed,))

    [lead] = compose(pool, [interest]).chosen

    assert lead.why == (
        "For “Gout”: it names “tophus”; its words are closest to “Velotrine for tophus "
        "in Lower Merrow”; design: randomised controlled trial."
    )
    assert (lead.terms, lead.nearest_seed) == (("tophus",), 9)


def test_a_reason_names_headings_and_journals() -> None:
    pool = Pool.of([a_candidate(1, mesh=("D1",), journal="J1"), a_candidate(2, "Rest")])

    [lead] = compose(pool, [Interest("t", "Gout", ("D1",), journals=("J1",))]).chosen

    assert lead.why == (
        "For “Gout”: PubMed indexes it there; it is in a journal you follow."
    )


def test_a_phrase_of_the_reader_is_named_whole() -> None:
    pool = Pool.of([a_candidate(1, "A hip fracture"), a_candidate(2, "Rest")])

    [lead] = compose(pool, [Interest("w", "Falls", words=("Hip fracture",))]).chosen

    assert lead.terms == ("hip fracture",)


def test_a_term_that_everybody_uses_is_no_reason() -> None:
    pool = Pool.of([a_candidate(n, f"Velotrine w{n}x") for n in range(1, 61)])
    seed = a_candidate(99, "Velotrine w7x")

    lead = compose(pool, [Interest("v", "V", seeds=(seed,))]).chosen[0]

    assert (lead.pmid, lead.terms) == (7, ("w7x",))


def test_a_word_of_any_abstract_is_a_reason_only_if_it_was_asked_for() -> None:
    pool = Pool.of([a_candidate(1, "Tophus in women"), a_candidate(2, "Rest")])
    seed = a_candidate(9, "Tophus in women")

    [by_seed] = compose(pool, [Interest("g", "Gout", seeds=(seed,))]).chosen
    [by_words] = compose(pool, [Interest("w", "W", words=("women",))]).chosen

    assert by_seed.terms == ("tophus",)
    assert by_words.terms == ("women",)


def test_a_long_title_of_a_seed_is_cut_at_a_word() -> None:
    seed = a_candidate(9, "Tophus " + "and so on " * 20)
    pool = Pool.of([a_candidate(1, "Tophus"), a_candidate(2, "Rest")])

    [lead] = compose(pool, [Interest("g", "Gout", seeds=(seed,))]).chosen

    assert "on and so…”" in lead.why or "so on…”" in lead.why or "and…”" in lead.why


WORDS = sorted({word for words in SUBJECTS.values() for word in words.split()})


@st.composite
def a_pool(draw: st.DrawFn) -> Pool:
    """Short texts of few words, plurals among them, so that words are shared."""
    texts = st.lists(
        st.sampled_from([*WORDS, *(f"{word}s" for word in WORDS[::3])]),
        min_size=1,
        max_size=25,
    )
    candidates = [
        a_candidate(
            99_200_000 + number,
            " ".join(draw(texts)[:4]),
            abstract=" ".join(draw(texts)),
            quality=number * 7 % 90,
        )
        for number in range(draw(st.integers(1, 12)))
    ]
    return Pool.of(candidates)


@st.composite
def an_interest(draw: st.DrawFn) -> Interest:
    subjects = st.sampled_from(list(SUBJECTS))
    numbers = st.integers(99_400_000, 99_400_020)
    some = st.lists(
        st.builds(about, subjects, numbers), max_size=3, unique_by=lambda c: c.pmid
    )
    pairs = st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(" ".join)
    return Interest(
        "i",
        " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2))),
        topics=draw(st.sampled_from([(), ("D1",)])),
        words=tuple(draw(st.lists(st.sampled_from(WORDS) | pairs, max_size=3))),
        seeds=tuple(draw(some)),
    )


@settings(max_examples=100, deadline=None)
@given(pool=a_pool(), interest=an_interest())
def test_removing_what_is_named_lowers_the_score_in_any_pool(
    pool: Pool, interest: Interest
) -> None:
    scored = score(model_of(interest, pool), pool)
    for row, article in enumerate(pool.candidates):
        reason = reason_within(scored, row, pool)
        if reason.terms:
            before = relevance_of(article, scored, pool)
            assert relevance_of(without(article, reason.terms), scored, pool) < before


@settings(max_examples=15, deadline=None)
@given(pool=a_pool(), interest=an_interest())
def test_the_seed_that_is_named_is_the_nearest(pool: Pool, interest: Interest) -> None:
    scored = score(model_of(interest, pool), pool)
    seeds = [pool.vector(seed) for seed in interest.seeds]
    for row in range(len(pool)):
        article = np.zeros(len(pool.idf))
        terms, weights = pool.rows.line(row)
        article[terms] = weights
        alike = [float(article[t] @ w) for t, w in seeds]
        named = reason_within(scored, row, pool).seed
        if named is None:
            assert max(alike, default=0) <= 0
        else:
            place = [seed.pmid for seed in interest.seeds].index(named)
            assert alike[place] == pytest.approx(max(alike), abs=1e-6)


def test_a_reason_names_a_followed_author() -> None:
    pool = Pool.of([a_candidate(1, authors=("Wu XY",)), a_candidate(2, "Rest")])

    [lead] = compose(pool, [Interest("a", "Wu X", authors=("Wu X",))]).chosen

    assert lead.why == "For “Wu X”: it is by an author you follow."
