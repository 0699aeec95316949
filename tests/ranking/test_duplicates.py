import pytest
from msgspec.structs import replace

from made.candidates import a_candidate, a_mixed_pool, about
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.duplicates import Shown
from ownjournal.ranking.pool import Pool

FIRST = a_candidate(
    1,
    "Velotrine for gout in women",
    doi="10.99999/Gout",
    first_author="Quillfeather AB",
    registrations=("NCT00000001",),
    related_pmids=(7,),
)


@pytest.mark.parametrize(
    "again",
    [
        a_candidate(2, "Rest", doi="10.99999/gout"),
        a_candidate(
            2, "Velotrine for Gout: in women?", first_author="Quillfeather Ada"
        ),
        a_candidate(2, "Five years of rest", registrations=("nct00000001",)),
        a_candidate(2, "Erratum", related_pmids=(1,)),
        a_candidate(7, "The preprint"),
        a_candidate(2, "Another form of the preprint", related_pmids=(7,)),
    ],
)
def test_another_form_of_a_work_is_a_repeat(again: Candidate) -> None:
    pool = Pool.of([FIRST, again])
    shown = Shown(pool)
    shown.add(0)

    assert shown.repeats(0)
    assert shown.repeats(1)


@pytest.mark.parametrize(
    "other",
    [
        a_candidate(2, "Rest for gout in women", first_author="Quillfeather AB"),
        a_candidate(2, "Velotrine for gout in women", first_author="Okonfold T"),
        a_candidate(2, "Velotrine for gout in women"),
        a_candidate(2, "Rest", doi="10.99999/rest", registrations=("NCT00000002",)),
    ],
)
def test_another_work_is_none(other: Candidate) -> None:
    pool = Pool.of([FIRST, other])
    shown = Shown(pool)
    shown.add(0)

    assert not shown.repeats(1)


def test_general_titles_name_no_work() -> None:
    letters = [
        a_candidate(n, "Letter to the editor"[:9], first_author="Wu X") for n in (1, 2)
    ]
    shown = Shown(Pool.of(letters))
    shown.add(0)

    assert not shown.repeats(1)


def test_nearly_the_same_words_are_a_repeat() -> None:
    article = about("gout", 99_200_000)
    printed = replace(
        article, pmid=99_200_999, title=f"{article.title} again", first_author=None
    )
    pool = Pool.of([*a_mixed_pool(), printed])
    shown = Shown(pool)
    shown.add(pool.row_of[article.pmid])

    assert shown.repeats(pool.row_of[printed.pmid])
    assert not shown.repeats(pool.row_of[99_200_004])


def test_what_was_shown_before_counts_in_the_pool_or_not() -> None:
    pool = Pool.of([FIRST, a_candidate(2, "Rest", doi="10.99999/gout")])

    assert Shown(pool, [1]).repeats(1)
    assert Shown(pool, [7]).repeats(0)
    assert not Shown(pool, [8]).repeats(0)
