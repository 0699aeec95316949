import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from msgspec.structs import replace

from made.shelf import RECEIVED, shelve
from made.together import together
from made.trials import trials
from ownjournal.issues import compile as compiling
from ownjournal.issues import due, pools
from ownjournal.issues.compile import (
    Outcome,
    Wanted,
    chosen,
    compile_issue,
    compile_several,
    recompile,
)
from ownjournal.issues.making import AT_ONCE, make_due
from ownjournal.issues.models import Issue
from ownjournal.issues.pools import Pools, Window
from ownjournal.pubmed.article import Correction
from ownjournal.readers import registry
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.muting import mute
from ownjournal.readers.responses.saying import keep, say
from ownjournal.readers.searches.keeping import save

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 6, 5, tzinfo=UTC)
WEEK = timedelta(days=7)
TOPICS = ("fever", "asthma", "gout", "sleep", "migraine")


@pytest.fixture
def people(alice: Reader) -> list[Reader]:
    """Alice and five others, of two subjects each; one mutes, one has examples."""
    others = [
        registry.add(f"reader{number}@merrow.test", words=list(pair))
        for number, pair in enumerate(pairwise((*TOPICS, "fever")))
    ]
    mute(others[0], "words", "drug203olin")
    registry.add(others[1].email, seeds=[99_200_004])
    return [alice, *others]


def never() -> bool:
    return False


def test_readers_compiled_together_get_what_each_would_get_alone(
    people: list[Reader],
) -> None:
    for week in range(3):
        now = NOW + week * WEEK
        shelve(*trials(99_201_000 + 100 * week, 60), at=now - timedelta(days=1))
        made = compile_several(
            [Wanted(each) for each in people], now=now, pools=Pools()
        )

        assert [outcome.reader for outcome in made] == people
        for outcome in made:
            assert outcome.issue is not None
            stored = Issue.objects.get(pk=outcome.issue.pk)
            assert stored.number == week + 1
            assert recompile(stored) == chosen(stored)
            assert len(chosen(stored)) > 5


def test_a_lot_of_readers_gets_the_issues_that_each_would_get_in_turn(
    people: list[Reader],
) -> None:
    for week in range(3):
        now = NOW + week * WEEK
        shelve(*trials(99_201_000 + 100 * week, 60), at=now - timedelta(days=1))
        with transaction.atomic():
            alone = [
                _content(outcome)
                for each in Reader.objects.order_by("pk")
                for outcome in compile_several([Wanted(each)], now=now, pools=Pools())
            ]
            transaction.set_rollback(True)

        wanted = [Wanted(each) for each in Reader.objects.order_by("pk")]
        together = compile_several(wanted, now=now, pools=Pools())

        assert [_content(outcome) for outcome in together] == alone
        for reader in people:  # and they say something of what came
            issue = reader.issues.first()
            assert issue is not None
            first, *_, last = issue.articles.all()
            say(reader, first.pmid, "more", at=now)
            say(reader, last.pmid, "less", at=now)


def _content(outcome: Outcome) -> tuple[object, ...]:
    """All of an issue but its numbers in the database."""
    issue = outcome.issue
    assert issue is not None
    rows = issue.articles.values().order_by("position")
    facts = [{**row, "id": None, "issue_id": None} for row in rows]
    return issue.reader_id, issue.number, issue.interests.digest, facts


def test_the_fault_of_one_reader_is_not_the_others(
    people: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = people[2]
    save(wrong, "q=gout")  # and there is no index to ask
    monkeypatch.setattr("ownjournal.readers.searches.matching.keep_up", _broken)
    Reader.objects.update(next_issue_at=LONG_AGO)

    outcomes = list(make_due(never))

    assert [each.reader for each in outcomes if each.fault] == [wrong]
    assert Issue.objects.count() == len(people) - 1
    later = timezone.now() + due.CLAIM
    again = Reader.objects.filter(next_issue_at__lte=later)
    assert {each.pk for each in again} == {wrong.pk}


def _broken(_: object) -> None:
    raise OSError("no index")


def test_what_is_due_is_made_once_and_planned(people: list[Reader]) -> None:
    Reader.objects.update(next_issue_at=LONG_AGO)

    made = list(make_due(never))

    assert len(made) == len(people) == Issue.objects.count()
    assert {issue.period for issue in Issue.objects.all()} == {
        due.slot_at(people[0], timezone.now()).period
    }
    assert list(make_due(never)) == []
    assert not Reader.objects.filter(next_issue_at__lte=timezone.now()).exists()


def test_a_worker_that_is_to_end_finishes_the_lot_in_hand(
    people: list[Reader],
) -> None:
    for number in range(AT_ONCE):
        registry.add(f"more{number}@merrow.test")
    Reader.objects.update(next_issue_at=LONG_AGO)
    stopping = threading.Event()

    for _ in make_due(stopping.is_set):
        stopping.set()

    assert Issue.objects.count() == AT_ONCE
    waiting = Reader.objects.filter(next_issue_at__lte=timezone.now())
    assert waiting.count() == len(people)


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_each_issue_once(own_data: None) -> None:
    shelve(*trials(99_200_000, 30))
    for number in range(8):
        registry.add(f"reader{number}@merrow.test", words=["fever"])
    Reader.objects.update(next_issue_at=LONG_AGO)

    made = together(lambda: [each.issue for each in make_due(never)])

    assert sum(len(each) for each in made) == 8
    assert Issue.objects.count() == 8


def test_two_compilations_of_one_period_make_one_issue(alice: Reader) -> None:
    wanted = [Wanted(alice, "weekly 2026-11-30")]
    [first] = compile_several(wanted, now=NOW, pools=Pools())
    shelve(*trials(99_201_000, 20), at=NOW)

    [second] = compile_several(wanted, now=NOW, pools=Pools())

    assert first.issue is not None
    assert second.issue == first.issue
    assert alice.issues.count() == 1


def test_a_catch_up_issue_says_since_when_and_chooses_from_the_best(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_issue(alice, now=NOW)
    good = shelve(*trials(99_201_000, 30), at=NOW + WEEK)
    poor = [replace(each, publication_types=()) for each in trials(99_202_000, 30)]
    for each in poor:
        shelve(replace(each, title=each.title, abstract=None), at=NOW + 2 * WEEK)
    monkeypatch.setattr(pools, "MOST", 30)

    [made] = compile_several(
        [Wanted(alice, makes_up_since=NOW)], now=NOW + 4 * WEEK, pools=Pools()
    )

    assert made.issue is not None
    assert made.issue.makes_up_since == NOW
    assert {each.pmid // 1000 for each in chosen(made.issue)} == {99_201}
    assert recompile(made.issue) == chosen(made.issue)
    newest = pools.received(Window(good.revision - 1, made.issue.up_to_revision))
    assert {each.candidate.pmid // 1000 for each in newest} == {99_202}


def test_a_retraction_of_what_was_saved_is_news_too(alice: Reader) -> None:
    shown = set(compile_issue(alice, now=NOW).articles.values_list("pmid", flat=True))  # type: ignore[union-attr]
    saved = next(each for each in trials(99_200_000, 60) if each.pmid not in shown)
    keep(alice, saved.pmid)
    retraction = Correction("RetractionIn", "J Invent Med. 2026", pmid=99_300_001)
    shelve(replace(saved, corrections=(retraction,)), at=RECEIVED + WEEK)

    second = compile_issue(alice, now=NOW + WEEK)

    assert second is not None
    [notice] = second.notices.all()
    assert (notice.pmid, notice.integrity, notice.shown_in) == (
        saved.pmid,
        "retracted",
        None,
    )
    assert notice.title.startswith("Drug")
    shelve(*trials(99_203_000, 5), at=NOW + WEEK)
    third = compile_issue(alice, now=NOW + 2 * WEEK)
    assert third is not None
    assert not third.notices.exists()


def test_a_clock_that_is_set_back_makes_nobody_due_again(
    people: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    Reader.objects.update(next_issue_at=LONG_AGO)
    clock = iter([NOW, NOW, *[NOW - 3 * WEEK] * 10])
    monkeypatch.setattr(timezone, "now", lambda: next(clock))

    made = list(make_due(never))

    assert len(made) == len(people) == Issue.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_leaves_meanwhile_takes_nobodys_issue_along(
    people: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(*trials(99_201_000, 60), at=NOW - timedelta(days=1))
    store_all = compiling.store_all

    def left_first(*made: Any, **named: Any) -> list[Issue]:
        Reader.objects.filter(pk=people[2].pk).delete()
        return store_all(*made, **named)

    monkeypatch.setattr(compiling, "store_all", left_first)
    wanted = [Wanted(each, "2026-11-30") for each in people]

    outcomes = compile_several(wanted, now=NOW, pools=Pools())

    with_one = [each.reader for each in outcomes if each.issue is not None]
    assert with_one == [*people[:2], *people[3:]]
    assert not any(each.fault for each in outcomes)
