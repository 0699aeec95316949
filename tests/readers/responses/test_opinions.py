"""Which interest an opinion belongs to, and what it weighs."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from made.shelf import shelve
from ownjournal.ranking.feedback import HALF_LIFE_DAYS, Opinion
from ownjournal.readers.interests import follow, of_reader, unfollow, wishes_of
from ownjournal.readers.models import Reader
from ownjournal.readers.responses import opinions
from ownjournal.readers.responses.models import Response
from ownjournal.readers.responses.opinions import opinions_of
from ownjournal.readers.responses.saying import keep, say
from ownjournal.readers.responses.shown import Shown
from ownjournal.readers.searches.matching import Matching

from .conftest import FIRST

NOW = datetime(2026, 11, 25, tzinfo=UTC)
GOUT = "topic:D006073"
FEVER = "words:fever"
ISSUES: list[Shown] = []

pytestmark = pytest.mark.usefixtures("shelf")


def shown_to(reader_id: int, most: int) -> Sequence[Shown]:
    return ISSUES[:most]


def opened_by(reader: Reader, pmids: Any) -> list[int]:
    return [FIRST + 2]


@pytest.fixture(autouse=True)
def issues(settings: Any) -> list[Shown]:
    """What issues showed, to be filled by the test."""
    settings.SHOWN_ARTICLES = f"{__name__}.shown_to"
    settings.OPENED_ARTICLES = None
    ISSUES.clear()
    return ISSUES


def an_issue(number: int, *interests: str | None) -> list[Shown]:
    """The articles of the shelf in their order, each chosen for an interest."""
    return [
        Shown(FIRST + place, interest, number, place + 1, NOW - timedelta(days=7))
        for place, interest in enumerate(interests)
    ]


def pmids(some: Sequence[Opinion]) -> list[int]:
    return [each.candidate.pmid for each in some]


def learnt(reader: Reader, part: str) -> dict[str, list[int]]:
    """What each interest has of liked, dismissed or passed."""
    interests = of_reader(reader, Matching([]), NOW)
    found = {each.key: pmids(getattr(each, part)) for each in interests}
    return {key: some for key, some in found.items() if some}


def follow_both(reader: Reader) -> None:
    follow(reader, "topic", "gout")
    follow(reader, "words", "fever")


def test_more_of_an_issue_s_article_belongs_to_the_interest_that_chose_it(
    alice: Reader, issues: list[Shown]
) -> None:
    follow_both(alice)
    issues += an_issue(1, GOUT)  # although it is about fever

    say(alice, FIRST, "more", at=NOW)

    assert learnt(alice, "liked") == {GOUT: [FIRST]}


def test_of_two_issues_the_newer_one_tells(alice: Reader, issues: list[Shown]) -> None:
    follow_both(alice)
    issues += [*an_issue(2, GOUT), *an_issue(1, FEVER)]

    say(alice, FIRST, "more", at=NOW)

    assert learnt(alice, "liked") == {GOUT: [FIRST]}


def test_more_elsewhere_belongs_to_the_interest_that_speaks_for_it_most(
    alice: Reader, issues: list[Shown]
) -> None:
    follow_both(alice)
    issues += an_issue(1, None)  # from outside the interests

    say(alice, FIRST, "more", at=NOW)
    say(alice, FIRST + 1, "more", at=NOW)

    assert learnt(alice, "liked") == {FEVER: [FIRST], GOUT: [FIRST + 1]}


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        ("journal", "99000001X", "journal:99000001X"),
        ("author", "Okonfold T", "author:Okonfold T"),
        ("words", "villages, fevers", "words:villages, fevers"),
    ],
)
def test_journals_authors_and_words_speak_too(
    alice: Reader, kind: str, text: str, key: str
) -> None:
    follow(alice, kind, text)

    say(alice, FIRST, "more", at=NOW)

    assert learnt(alice, "liked") == {key: [FIRST]}


def test_more_that_nothing_speaks_for_is_an_example_of_its_own(alice: Reader) -> None:
    follow(alice, "words", "asthma")

    say(alice, FIRST, "more", at=NOW)

    [_, interest] = of_reader(alice, Matching([]), NOW)
    assert interest.name == "Articles like those you named"
    assert pmids(interest.liked) == [FIRST]


def test_less_counts_for_the_interest_that_chose_it_else_for_the_one_that_speaks(
    alice: Reader, issues: list[Shown]
) -> None:
    follow_both(alice)
    issues += an_issue(1, GOUT)

    for pmid in (FIRST, FIRST + 1, FIRST + 2):
        say(alice, pmid, "less", at=NOW)

    assert learnt(alice, "dismissed") == {
        GOUT: [FIRST + 1, FIRST],
        FEVER: [FIRST + 2],
    }


def test_less_that_nothing_speaks_for_teaches_nothing(alice: Reader) -> None:
    follow(alice, "words", "asthma")

    say(alice, FIRST, "less", at=NOW)

    assert learnt(alice, "dismissed") == {}


def test_with_an_interest_go_its_lesses_but_no_more(
    alice: Reader, issues: list[Shown]
) -> None:
    follow_both(alice)
    issues += an_issue(1, GOUT, GOUT)
    say(alice, FIRST, "less", at=NOW)
    say(alice, FIRST + 1, "more", at=NOW)

    unfollow(alice, "topic", "D006073")

    assert learnt(alice, "dismissed") == {}
    assert learnt(alice, "liked") == {"seeds": [FIRST + 1]}


def test_what_was_known_teaches_nothing_and_is_not_to_be_shown(alice: Reader) -> None:
    follow_both(alice)

    say(alice, FIRST, "knew", at=NOW)
    keep(alice, FIRST + 1, at=NOW)

    wishes = wishes_of(alice, Matching([]), NOW)
    assert wishes.known == {FIRST, FIRST + 1}
    assert all(not each.articles() for each in wishes.interests)


def test_a_search_that_finds_nothing_now_keeps_what_was_said(
    alice: Reader, issues: list[Shown]
) -> None:
    row = alice.searches.create(
        name="Gout",
        parameters="q=gout",
        place=1,
        seen_revision=0,
        counted_revision=0,
    )
    assert of_reader(alice, Matching([]), NOW) == ()
    issues += an_issue(1, f"search:{row.pk}")

    say(alice, FIRST, "more", at=NOW)

    assert learnt(alice, "liked") == {f"search:{row.pk}": [FIRST]}


def test_an_opinion_halves_every_half_life(alice: Reader) -> None:
    follow_both(alice)
    say(alice, FIRST, "more", at=NOW - timedelta(days=HALF_LIFE_DAYS))
    say(alice, FIRST + 2, "more", at=NOW + timedelta(days=1))

    weights = {
        each.opinion.candidate.pmid: each.opinion.weight
        for each in opinions_of(alice, NOW).liked
    }

    assert weights == {FIRST: 0.5, FIRST + 2: 1.0}


def test_an_article_taken_back_is_no_opinion_any_more(alice: Reader) -> None:
    say(alice, FIRST, "more", at=NOW)
    shelve(taken_back=[FIRST])

    assert opinions_of(alice, NOW).liked == ()
    assert of_reader(alice, Matching([]), NOW) == ()


def test_only_what_stood_above_the_deepest_opened_was_passed_over(
    alice: Reader, issues: list[Shown]
) -> None:
    follow_both(alice)
    issues += an_issue(2, FEVER, GOUT, None, FEVER, GOUT, GOUT)
    issues += [Shown(FIRST + 9, GOUT, 1, 1, NOW), Shown(FIRST + 10, GOUT, 1, 2, NOW)]

    say(alice, FIRST, "more", at=NOW)
    assert learnt(alice, "passed") == {}

    keep(alice, FIRST + 4, at=NOW)
    # not the one from outside, nor what stood below, nor another issue
    assert learnt(alice, "passed") == {GOUT: [FIRST + 1], FEVER: [FIRST + 3]}


def test_what_was_opened_counts_where_it_is_known(
    alice: Reader, issues: list[Shown], settings: Any
) -> None:
    follow_both(alice)
    issues += an_issue(1, FEVER, GOUT, FEVER, GOUT)

    settings.OPENED_ARTICLES = f"{__name__}.opened_by"

    assert learnt(alice, "passed") == {FEVER: [FIRST], GOUT: [FIRST + 1]}


def test_another_reader_s_opinions_are_hers(alice: Reader, bob: Reader) -> None:
    say(bob, FIRST, "more", at=NOW)
    keep(bob, FIRST, at=NOW)

    assert wishes_of(alice, Matching([]), NOW).known == frozenset()
    assert of_reader(alice, Matching([]), NOW) == ()


def test_of_ten_thousand_the_newest_are_read(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    Response.objects.bulk_create(
        Response(
            reader=alice,
            pmid=1_000 + number,
            kind="more",
            at=NOW - timedelta(hours=number),
        )
        for number in range(10_000)
    )
    monkeypatch.setattr(opinions, "MOST", 3)
    for number in range(4):
        at = NOW + timedelta(hours=number)
        say(alice, FIRST + number, "more", at=at)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        liked = opinions_of(alice, NOW).liked

    assert [each.opinion.candidate.pmid for each in liked] == [
        FIRST + 3,
        FIRST + 2,
        FIRST + 1,
    ]
    assert len(queries) <= 5
