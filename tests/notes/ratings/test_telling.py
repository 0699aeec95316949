"""What is told of ratings: from three readers on, and nobody's by difference."""

import random
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from ownjournal.notes.moderation.models import Ban
from ownjournal.notes.ratings.models import Rating, Told
from ownjournal.notes.ratings.rating import rate, unrate
from ownjournal.notes.ratings.telling import FEWEST, told_of
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader

from .conftest import Readers

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
CARDIOLOGY, SURGERY = "cardiology", "surgery"


def say(reader: Reader, article: Article, **answers: int) -> None:
    rate(reader, article.pmid, answers, NOW)


def told(article: Article) -> dict[tuple[str | None, str], tuple[int, ...]]:
    return {(a.specialty, a.question): a.counts for a in told_of(article.pmid)}


def test_nothing_is_told_of_two_readers_and_something_of_three(
    article: Article, readers: Readers
) -> None:
    one, two, three = readers(3, CARDIOLOGY)
    say(one, article, relevant=7)
    say(two, article, relevant=5)
    assert told(article) == {}

    say(three, article, relevant=5)

    assert told(article) == {(CARDIOLOGY, "relevant"): (0, 0, 0, 0, 2, 0, 1)}
    [answers] = told_of(article.pmid)
    assert (answers.readers, round(answers.mean, 2)) == (3, 5.67)


def test_questions_and_specialties_are_counted_apart(
    article: Article, readers: Readers
) -> None:
    """Two who answer one question, and one who answers another, are not three."""
    one, two, three = readers(3, CARDIOLOGY)
    say(one, article, relevant=1)
    say(two, article, relevant=1)
    say(three, article, new=1)
    for surgeon in readers(2, SURGERY):
        say(surgeon, article, relevant=1)
    assert told(article) == {}

    for other in readers(3, None):
        say(other, article, changes=3)

    assert told(article) == {(None, "changes"): (0, 0, 3)}


def test_the_fourth_answer_is_not_told_alone(
    article: Article, readers: Readers
) -> None:
    several = readers(6, CARDIOLOGY)
    for reader in several[:3]:
        say(reader, article, relevant=1)
    for reader in several[3:5]:
        say(reader, article, relevant=7)
        assert told(article)[CARDIOLOGY, "relevant"] == (3, 0, 0, 0, 0, 0, 0)

    say(several[5], article, relevant=7)

    assert told(article)[CARDIOLOGY, "relevant"] == (3, 0, 0, 0, 0, 0, 3)


def test_a_changed_answer_is_not_told_alone(article: Article, readers: Readers) -> None:
    several = readers(3, CARDIOLOGY)
    for reader in several:
        say(reader, article, relevant=1)
    for reader in several[:2]:
        say(reader, article, relevant=7)
        assert told(article)[CARDIOLOGY, "relevant"][0] == 3

    say(several[2], article, relevant=7)

    assert told(article)[CARDIOLOGY, "relevant"] == (0, 0, 0, 0, 0, 0, 3)


def test_where_two_are_left_nothing_is_told(article: Article, readers: Readers) -> None:
    several = readers(3, CARDIOLOGY)
    for reader in several:
        say(reader, article, relevant=1)

    unrate(several[0], article.pmid)

    assert told(article) == {}


def test_a_reader_who_left_or_is_banned_is_counted_no_longer(
    article: Article, readers: Readers
) -> None:
    several = readers(4, CARDIOLOGY)
    for reader in several[:3]:
        say(reader, article, relevant=1)
    several[0].delete()
    assert told(article) == {}

    say(several[3], article, relevant=2)
    Ban.objects.create(reader=several[1])
    assert told(article) == {}


def test_who_left_is_among_those_whose_answers_differ(
    article: Article, readers: Readers
) -> None:
    several = readers(6, CARDIOLOGY)
    for reader in several:
        say(reader, article, relevant=1)
    assert told(article)[CARDIOLOGY, "relevant"][0] == 6
    for reader in several[:2]:
        reader.delete()
    assert told(article)[CARDIOLOGY, "relevant"][0] == 6

    say(several[2], article, relevant=7)

    assert told(article)[CARDIOLOGY, "relevant"] == (3, 0, 0, 0, 0, 0, 1)


def test_another_specialty_takes_the_answer_along(
    article: Article, readers: Readers
) -> None:
    several = readers(3, CARDIOLOGY)
    for reader in several:
        say(reader, article, relevant=4)
    several[0].specialty = SURGERY
    several[0].save()
    assert told(article)[CARDIOLOGY, "relevant"][3] == 3

    say(several[0], article, relevant=4)

    assert told(article) == {}
    kept = Rating.objects.filter(reader=several[0], answer__isnull=False)
    assert [row.specialty for row in kept] == [SURGERY]


@pytest.mark.parametrize("seed", range(8))
def test_two_tellings_never_differ_by_fewer_than_three_readers(
    article: Article, readers: Readers, seed: int
) -> None:
    """Whatever readers do: between any two states that are told, three have acted."""
    draw, several = random.Random(seed), readers(6, CARDIOLOGY)
    before: dict[Reader, int] | None = None
    counts: tuple[int, ...] | None = None
    now: dict[Reader, int] = {}
    for _ in range(60):
        reader = draw.choice(several)
        if draw.random() < 0.3:
            unrate(reader, article.pmid)
            now.pop(reader, None)
        else:
            now[reader] = draw.randint(1, 7)
            say(reader, article, relevant=now[reader])
        shown = told(article).get((CARDIOLOGY, "relevant"))
        assert shown is None or len(now) >= FEWEST
        if shown is None or shown == counts:
            continue
        counted = Counter(now.values())
        assert shown == tuple(counted[number] for number in range(1, 8))
        if before is not None:
            ours = {each for each in several if before.get(each) != now.get(each)}
            assert len(ours) >= FEWEST
        before, counts = dict(now), shown


@pytest.mark.parametrize("then", [7, None])
def test_an_answer_that_changes_as_it_is_counted_differs_from_what_is_told(
    article: Article,
    readers: Readers,
    monkeypatch: pytest.MonkeyPatch,
    then: int | None,
) -> None:
    several, keep = readers(5, CARDIOLOGY), Told.save
    for reader in several[:2]:
        say(reader, article, relevant=1)

    def save(row: Told, **how: Any) -> None:
        """What happens after the count, and before it is noted what was counted."""
        keep(row, **how)
        if how.get("update_fields"):
            monkeypatch.setattr(Told, "save", keep)
            Rating.objects.filter(reader=several[0]).update(answer=then)
            late = {"specialty": CARDIOLOGY, "question": "relevant", "answer": 5}
            several[3].ratings.create(pmid=article.pmid, rated_at=NOW, **late)

    monkeypatch.setattr(Told, "save", save)
    say(several[2], article, relevant=1)
    assert told(article)[CARDIOLOGY, "relevant"][0] == 3

    say(several[4], article, relevant=2)

    changed = Counter([1, 1, 5, 2, then])
    expected = tuple(changed[number] for number in range(1, 8))
    assert told(article) == {(CARDIOLOGY, "relevant"): expected}
