import pytest

from made.candidates import a_candidate, a_mixed_pool
from ownjournal.ranking.muted import Muted, is_muted, muted_rows
from ownjournal.ranking.pool import Pool

ARTICLE = a_candidate(
    7,
    "Heart failure in villages",
    abstract="Failure of the kidney, in mice. It was not the end.",
    mesh=("D1", "D2"),
    mesh_major=("D1",),
    journal="99000001X",
    authors=("Quillfeather AB",),
)
POOL = Pool.of([ARTICLE, *a_mixed_pool(40)])


@pytest.mark.parametrize(
    ("muted", "found"),
    [
        (Muted(topics=("D1", "D9")), True),
        (Muted(topics=("D2",)), False),  # no main point of it
        (Muted(journals=("99000001X",)), True),
        (Muted(journals=("99000001",)), False),
        (Muted(authors=("quillfeather ab",)), True),
        (Muted(authors=("Quillfeather A",)), True),
        (Muted(authors=("Quillfeather ABC",)), False),
        (Muted(words=("HEART failure",)), True),
        (Muted(words=("heart-failure",)), True),
        (Muted(words=("failure heart",)), False),  # both are there, in another order
        (Muted(words=("villages failure",)), False),  # at the seam of title and text
        (Muted(words=("mice",)), True),
        (Muted(words=("mic",)), False),
        (Muted(words=("the end",)), True),
        (Muted(words=("not the",)), True),  # no word of it is a term
        (Muted(words=("",)), False),
        (Muted(words=("?!",)), False),
        (Muted(words=("unheard",)), False),
        (Muted(), False),
    ],
)
def test_an_article_is_muted_by_what_it_is_about(muted: Muted, found: bool) -> None:
    assert is_muted(ARTICLE, muted) is found
    assert muted_rows(POOL, muted)[POOL.row_of[7]] == found


def test_of_a_pool_the_same_are_muted_as_one_by_one() -> None:
    muted = Muted(words=("gout", "number 99200003a"), authors=("Author99200005 A",))

    rows = muted_rows(POOL, muted)

    one_by_one = [is_muted(each, muted) for each in POOL.candidates]
    assert rows.tolist() == one_by_one
    assert 0 < sum(one_by_one) < len(POOL)


def test_what_one_reader_mutes_another_mutes_too() -> None:
    muted = Muted(words=("heart failure",))
    first = muted_rows(POOL, muted)

    both = muted_rows(POOL, Muted(words=("gout", "heart failure")))

    assert muted_rows(POOL, muted).tolist() == first.tolist()
    assert both[first].all()
    assert both.sum() > first.sum()
