import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from made.candidates import a_candidate, a_mixed_pool, about
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.duplicates import (
    FORMS,
    NEARLY_SAME,
    SKETCHED,
    Shown,
    Trace,
    trace_of,
)
from ownjournal.ranking.pool import Pool

FIRST = a_candidate(
    1,
    "Velotrine for gout in women",
    doi="10.99999/Gout",
    first_author="Quillfeather AB",
    registrations=("NCT00000001",),
    related_pmids=(7,),
)

BEFORE = Pool.of(a_mixed_pool())


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
    printed = printed_again(article)
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


def printed_again(article: Candidate, **changes: object) -> Candidate:
    """The same text with one word more and another PMID."""
    return replace(
        article,
        pmid=99_200_999,
        title=f"{article.title} again",
        first_author=None,
        **changes,
    )


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"doi": "10.99999/GOUT"}, "doi"),
        ({"registrations": ("NCT00000001",)}, "trial"),
        ({"related_pmids": (1,)}, "pmid"),
    ],
)
def test_a_trace_tells_a_work_that_is_no_longer_in_the_pool(
    changes: dict[str, object], kind: str
) -> None:
    pool = Pool.of([replace(a_candidate(2, "Rest"), **changes)])

    repeat = Shown(pool, traces=[trace_of(FIRST, pool)]).repeats(0)

    assert repeat is not None
    assert (repeat.pmid, repeat.kind) == (1, kind)
    assert repeat.told() in "; ".join(FORMS.values()).format(value="NCT00000001")


def test_a_trace_tells_nearly_the_same_words() -> None:
    article = about("gout", 99_200_000)
    pool = Pool.of([*a_mixed_pool()[1:], printed_again(article)])
    shown = Shown(pool, traces=[trace_of(each, BEFORE) for each in (article, FIRST)])

    repeats = [each for row in range(len(pool)) if (each := shown.repeats(row))]

    assert [(each.pmid, each.kind) for each in repeats] == [(99_200_000, "words")]


def test_a_trace_comes_back_from_its_stored_form() -> None:
    trace = trace_of(about("gout", 99_200_000, doi="10.99999/gout"), BEFORE)

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(trace), type=Trace) == trace


def test_a_short_text_has_no_sketch() -> None:
    assert trace_of(FIRST, BEFORE).sketch == b""
    assert len(trace_of(about("gout", 99_200_000), BEFORE).sketch) == SKETCHED


def test_sketches_have_nearly_the_cosines_of_the_words() -> None:
    sketches = np.array(
        [
            np.frombuffer(trace_of(each, BEFORE).sketch, np.int8).astype(float)
            for each in BEFORE.candidates
        ]
    )
    sketches /= np.linalg.norm(sketches, axis=1, keepdims=True)
    words = np.zeros((len(BEFORE), len(BEFORE.idf)))
    for row in range(len(BEFORE)):
        terms, weights = BEFORE.rows.line(row)
        words[row, terms] = weights

    errors = np.abs(sketches @ sketches.T - words @ words.T)

    assert errors.mean() < 1 / np.sqrt(SKETCHED)
    assert errors.max() < 0.45


def test_texts_of_one_pattern_are_different_works() -> None:
    """Registered reports and burden-of-disease series differ in what is rare."""
    pattern = " ".join(f"common{n}" for n in range(30))
    pool = Pool.of(
        [
            a_candidate(n, f"Velotrine{n}", abstract=f"{pattern} rare{n} odd{n} own{n}")
            for n in range(1, 60)
        ]
    )
    shown = Shown(pool, traces=[trace_of(pool.candidates[0], pool)])

    assert shown.repeats(0)
    assert not any(shown.repeats(row) for row in range(1, len(pool)))


def test_whatever_has_nearly_the_same_words_is_found() -> None:
    dice = np.random.default_rng(7)
    words = [f"word{number}" for number in range(400)]
    texts = [" ".join(dice.choice(words, 40)) for _ in range(12)]
    candidates = []
    for number in range(300):
        kept = texts[number % 12].split()
        for place in dice.integers(0, 40, number // 25):
            kept[place] = str(dice.choice(words))
        if number < 12:
            kept.append(f"only{number}here")  # its strongest, which no copy has
        candidates.append(a_candidate(number + 1, "Reply", abstract=" ".join(kept)))
    pool = Pool.of(candidates)
    shown = Shown(pool)
    for row in range(12):
        shown.add(row)

    cosines = (pool.matrix[12:] @ pool.matrix[:12].T).toarray()
    expected = [bool((each > NEARLY_SAME).any()) for each in cosines]

    assert [shown.repeats(row) is not None for row in range(12, 300)] == expected
    assert 30 < sum(expected) < 250
