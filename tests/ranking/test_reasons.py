import re

from msgspec.structs import replace

from made.candidates import a_candidate, a_mixed_pool, about
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import Chosen, compose
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import model_of, relevance_of, score

POOL = Pool.of(a_mixed_pool(160, design="cohort"))
INTERESTS = [
    Interest(
        "s", "Sepsis", seeds=tuple(about("sepsis", 99_400_000 + n) for n in (0, 1))
    ),
    Interest("w", "Falls at night", words=("hip fracture", "balance")),
    Interest("t", "Sleep", topics=("D1",), journals=("J1",)),
]


def without(candidate: Candidate, terms: tuple[str, ...]) -> Candidate:
    """The article with every form of the terms' words taken out."""
    words = sorted({word for term in terms for word in re.findall(r"\w+", term)})
    stems = "|".join(re.escape(word.rstrip("s")) for word in words)
    pattern = re.compile(rf"\b(?:{stems})s?\b", re.IGNORECASE)
    return replace(
        candidate,
        title=pattern.sub(" ", candidate.title),
        abstract=pattern.sub(" ", candidate.abstract),
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


def test_a_long_title_of_a_seed_is_cut_at_a_word() -> None:
    seed = a_candidate(9, "Tophus " + "and so on " * 20)
    pool = Pool.of([a_candidate(1, "Tophus"), a_candidate(2, "Rest")])

    [lead] = compose(pool, [Interest("g", "Gout", seeds=(seed,))]).chosen

    assert "on and so…”" in lead.why or "so on…”" in lead.why or "and…”" in lead.why
