"""What a reader said, saved and muted, in the next issue and in one made again."""

import re
from datetime import UTC, datetime, timedelta

from django.test import Client

from made.shelf import shelve
from made.trials import a_trial, trials
from ownjournal.issues import explaining
from ownjournal.issues.compile import chosen, compile_issue, given, recompile
from ownjournal.issues.mail import mail
from ownjournal.issues.models import Issue
from ownjournal.issues.snapshots import wishes_of
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.muting import mute, unmute
from ownjournal.readers.responses.saying import keep, say, unsay

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)
FEVER = "words:fever"


def of_practice(issue: Issue | None) -> list[int]:
    assert issue is not None
    rows = issue.articles.filter(interest_key__isnull=False)
    return [row.pmid for row in rows]


def test_what_was_said_goes_into_the_next_issue_with_its_weight(alice: Reader) -> None:
    first = compile_issue(alice, now=NOW)
    [liked, *_, last] = of_practice(first)
    say(alice, liked, "more", at=NOW)
    say(alice, last, "less", at=NOW)
    shelve(*trials(99_200_100, 12))

    second = compile_issue(alice, now=NOW + 26 * WEEK)

    assert second is not None
    interests = wishes_of(second.interests).interests
    assert {liked: 0.5, last: 0.5} == {
        opinion.candidate.pmid: opinion.weight
        for each in interests
        for opinion in (*each.liked, *each.dismissed)
    }
    assert any(each.passed for each in interests)


def test_an_issue_is_made_again_whatever_was_said_and_muted_since(
    alice: Reader,
) -> None:
    first = compile_issue(alice, now=NOW)
    liked, kept = of_practice(first)[:2]
    say(alice, liked, "more", at=NOW)
    keep(alice, kept, at=NOW)
    mute(alice, "words", "gout")
    shelve(*trials(99_200_100, 12))
    second = compile_issue(alice, now=NOW + WEEK)
    assert second is not None
    assert wishes_of(second.interests).known == frozenset()  # all of an earlier pool

    unsay(alice, liked)
    unmute(alice, "words", "gout")
    for pmid in of_practice(second):
        say(alice, pmid, "less")
    mute(alice, "words", "fever")

    assert recompile(second) == chosen(second)


def test_what_is_known_or_kept_is_not_chosen(alice: Reader) -> None:
    best, other = of_practice(compile_issue(alice, now=NOW))[:2]
    Issue.objects.all().delete()

    say(alice, best, "knew", at=NOW)
    keep(alice, other, at=NOW)
    issue = compile_issue(alice, now=NOW)

    assert not {best, other} & set(of_practice(issue))
    assert issue is not None
    assert wishes_of(issue.interests).known == {best, other}
    assert recompile(issue) == chosen(issue)


def test_what_is_muted_is_not_chosen_and_that_is_said(alice: Reader) -> None:
    best, *_ = of_practice(compile_issue(alice, now=NOW))
    Issue.objects.all().delete()

    mute(alice, "journal", f"99{best % 40:06}1X")  # as made.trials has them
    issue = compile_issue(alice, now=NOW)

    assert issue is not None
    assert of_practice(issue)
    assert not issue.articles.filter(pmid=best).exists()
    assert recompile(issue) == chosen(issue)
    told = explaining.explain(alice, best)[-1]
    assert told.lines == (explaining.MUTED,)


def test_a_muted_article_keeps_no_other_of_the_same_words_away(alice: Reader) -> None:
    twin = a_trial(99_200_000, "fever")
    pmid = twin.pmid
    compile_issue(alice, now=NOW)

    mute(alice, "journal", "99000001X")  # of 99_200_000 alone

    made = given(alice, now=NOW)
    assert pmid not in made.already_shown


def test_news_of_a_retraction_comes_of_a_muted_journal_too(alice: Reader) -> None:
    [pmid, *_] = of_practice(compile_issue(alice, now=NOW))
    mute(alice, "words", "fever")
    mute(alice, "words", "asthma")
    shelve(taken_back=[pmid])

    issue = compile_issue(alice, now=NOW + WEEK)

    assert issue is not None
    assert [each.pmid for each in issue.notices.all()] == [pmid]


def test_a_mail_has_a_link_to_answer_each_article(
    alice: Reader, client: Client
) -> None:
    issue = compile_issue(alice, now=NOW)
    assert issue is not None
    sent = mail(issue)

    in_text = re.findall(r"/say/\S+", sent.text)
    assert in_text == re.findall(r'/say/[^"]+', sent.html or "")
    assert len(in_text) == issue.articles.count()

    client.post(in_text[0], {"do": "more"})
    assert [each.pmid for each in alice.responses.all()] == [
        issue.articles.all()[0].pmid
    ]
