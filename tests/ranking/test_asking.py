import random

from msgspec.structs import replace

from made.candidates import SUBJECTS, a_mixed_pool, about
from ownjournal.ranking.asking import ask, doubt
from ownjournal.ranking.exploring import NEAR_ENOUGH
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.standing import standing

GOUT = Interest("words:gout", "Gout", words=("gout",))
SLEEP = Interest(
    "seeds", "Sleep", seeds=tuple(about("sleep", 99_300_000 + n) for n in range(3))
)


def test_ten_are_asked_for_and_each_interest_has_its_share() -> None:
    asked = ask(Pool.of(a_mixed_pool()), [GOUT, SLEEP])

    names = [each.interest for each in asked]
    assert len({each.pmid for each in asked}) == 10
    assert names.count("Gout") >= 3
    assert names.count("Sleep") >= 3


def test_what_an_interest_is_uncertain_of_is_asked_for_first() -> None:
    pool = Pool.of(
        [replace(each, quality=50, significance=50) for each in a_mixed_pool()]
    )
    uncertain = doubt(standing(pool, [SLEEP]))
    reached = standing(pool, [SLEEP]).nearness >= NEAR_ENOUGH

    first, *_ = ask(pool, [SLEEP])

    assert reached.sum() > 10
    assert uncertain[pool.row_of[first.pmid]] == uncertain[reached].max()


def test_known_retracted_and_bench_work_is_not_asked_for() -> None:
    pool = a_mixed_pool(40)
    known = [each.pmid for each in pool[:20]]
    bad = [about("gout", 99_400_000, quality=99, integrity="retracted")]
    bad += [about("gout", 99_400_001, quality=99, clinical=False)]

    asked = ask(Pool.of([*pool, *bad]), [GOUT], known=known)

    assert not {each.pmid for each in asked} & {*known, 99_400_000, 99_400_001}


def test_no_two_of_the_same_words_are_asked_for() -> None:
    twin = about("gout", 99_500_000, quality=90, significance=90)
    twins = [replace(twin, pmid=99_500_000 + number) for number in range(20)]

    asked = ask(Pool.of([*a_mixed_pool(), *twins]), [GOUT, SLEEP])

    assert sum(each.pmid >= 99_500_000 for each in asked) <= 1


def test_without_interests_the_best_evidence_of_all_subjects_is_asked_for() -> None:
    pool = a_mixed_pool()

    asked = ask(Pool.of(pool), [])

    subjects = [list(SUBJECTS)[(each.pmid - 99_200_000) % 4] for each in asked]
    assert len(asked) == 10
    assert set(subjects) == set(SUBJECTS)
    assert all(each.interest is None for each in asked)


def test_the_order_in_which_things_come_decides_nothing() -> None:
    pool = a_mixed_pool()
    mixed = random.Random(3).sample(pool, len(pool))

    assert ask(Pool.of(pool), [GOUT, SLEEP]) == ask(Pool.of(mixed), [SLEEP, GOUT])


def test_nothing_is_asked_of_nothing() -> None:
    assert ask(Pool.of([]), [GOUT]) == ()
    assert len(ask(Pool.of(a_mixed_pool(3)), [GOUT])) == 3
