import re

import pytest

from made.candidates import a_candidate, a_mixed_pool, about
from ownjournal.ranking.explain import Part, explain
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import compose
from ownjournal.ranking.pool import Pool

POOL = Pool.of(a_mixed_pool(160, design="cohort"))
INTERESTS = [
    Interest(
        "s", "Sepsis", seeds=tuple(about("sepsis", 99_400_000 + n) for n in (0, 1))
    ),
    Interest("w", "Falls at night", words=("hip fracture", "balance")),
    Interest("t", "Sleep", topics=("D1",), journals=("J1",)),
]


def told(parts: tuple[Part, ...], heading: str = "") -> str:
    return "\n".join(
        line
        for part in parts
        if part.heading.startswith(heading)
        for line in part.lines
    )


def number(text: str, name: str) -> float:
    return float(re.findall(rf"^  {name}\b.*?(\S+)$", text, re.MULTILINE)[0])


@pytest.mark.parametrize("interests", [INTERESTS, []])
def test_the_arithmetic_adds_up(interests: list[Interest]) -> None:
    lead = compose(POOL, interests).chosen[0]

    parts = explain(POOL, interests, lead.pmid)

    score = told(parts, "Score")
    evidence = (lead.quality + lead.significance) / 2
    assert number(score, "score") == pytest.approx(
        (lead.relevance if interests else 0) + 2 * evidence / 100, abs=0.002
    )
    assert number(score, "relevance") + number(score, "evidence") == pytest.approx(
        number(score, "score"), abs=0.002
    )
    for part in parts:
        if part.heading.startswith("Interest “"):
            text = "\n".join(part.lines)
            sums = [float(each) for each in re.findall(r"= +(\S+)$", text, re.M)]
            assert sum(sums) == pytest.approx(number(text, "nearness"), abs=0.002)
            spread = number(text, "by the spread of all")
            centred = number(text, "nearness") + number(text, "less the mean of all")
            assert centred / spread == pytest.approx(
                number(text, "relevance"), rel=0.05, abs=0.05
            )


def test_it_tells_the_place_of_each_article_of_an_issue() -> None:
    chosen = compose(POOL, INTERESTS).chosen

    for position, each in enumerate(chosen, start=1):
        parts = explain(POOL, INTERESTS, each.pmid)
        decision = told(parts, "Decision")
        assert decision.startswith(f"It has place {position} of {len(chosen)}, as ")
        if each.interest is not None:
            assert ", ".join(each.terms) in told(parts, "Interest")


def test_whatever_has_no_place_is_told_why() -> None:
    chosen = {each.pmid for each in compose(POOL, INTERESTS).chosen}

    for candidate in POOL.candidates[::8]:
        if candidate.pmid not in chosen:
            parts = explain(POOL, INTERESTS, candidate.pmid)
            first, *rules = told(parts, "Decision").splitlines()
            assert first == "It has none of the 12 places."
            assert rules and all(rule.endswith(".") for rule in rules)


def test_no_line_of_a_table_is_wider_than_a_terminal() -> None:
    for candidate in POOL.candidates[:8]:
        for part in explain(POOL, INTERESTS, candidate.pmid):
            assert all(len(line) <= 80 for line in part.lines if line[0] == " ")


def test_the_rule_that_kept_an_article_out_is_named() -> None:
    best = {"quality": 99, "significance": 99}
    pool = Pool.of(
        [
            about("gout", 1, clinical=False, quality=60),
            about("sepsis", 2, integrity="retracted"),
            about("gout", 3),
            about("sepsis", 4, registrations=("NCT01",), **best),
            about("sepsis", 5, registrations=("NCT01",)),
            *(about("sepsis", n, journal="J9", **best) for n in (6, 7)),
            about("sepsis", 8, journal="J9"),
            about("sepsis", 9),
            about("sepsis", 10),
        ]
    )
    gone = frozenset({10})

    def why(pmid: int, length: int = 12) -> str:
        parts = explain(pool, INTERESTS, pmid, already_shown=gone, length=length)
        return told(parts, "Decision")

    assert "not clinical" in told(explain(pool, INTERESTS, 1), "Score")
    assert "Bench work" in why(1)
    assert "What is retracted cannot be chosen." in why(2)
    assert "about no interest" in why(3) and "not high" in why(3)
    assert "repeats PMID 4" in why(5) and "registered trial, NCT01" in why(5)
    assert "same journal’s research" in why(8)
    assert "of a higher score; the last of them has" in why(9, length=3)
    assert "was shown before" in why(10)
    assert why(11) == "PMID 11 is not among the 10 articles considered."


def test_the_ceiling_is_told_to_what_it_kept_out() -> None:
    gout = [about("gout", 99_200_000 + n, quality=99) for n in range(30)]
    sleep = [about("sleep", 99_300_000 + n) for n in range(30)]
    interests = [
        Interest("g", "Gout", words=("gout",)),
        Interest("s", "Sleep", words=("sleep", "insomnia")),
    ]
    pool = Pool.of([*gout, *sleep])
    chosen = {each.pmid for each in compose(pool, interests).chosen}

    said = [
        told(explain(pool, interests, each.pmid), "Decision")
        for each in gout
        if each.pmid not in chosen
    ]

    assert any("“Gout” has 5 of the places, all" in each for each in said)


def test_of_many_interests_only_those_that_matter_are_told() -> None:
    pool = Pool.of([a_candidate(1, "Gout"), a_candidate(2, "Rest")])
    many = [Interest(f"g{n:02}", "Gout", words=("gout",)) for n in range(20)]

    parts = explain(pool, many, 1)

    assert sum(part.heading == "Interest “Gout”" for part in parts) == 8
    assert told(parts, "Other") == "Nothing, or less, ties it to 12 other interests."
