from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from made.feeds import ATOM, valid_atom, valid_json_feed
from made.shelf import shelve
from made.trials import trials
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.feeding import feed_paths
from ownjournal.issues.models import IssueArticle
from ownjournal.readers import registry
from ownjournal.readers.membership.models import Trial
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def paths(client: Client, alice: Reader, settings: Any) -> tuple[str, ...]:
    """Of Alice's feeds, after two issues; nobody is signed in."""
    settings.SITE_URL = "https://journal.test"
    compile_issue(alice, now=NOW)
    shelve(*trials(99_201_000, 20), at=NOW)
    compile_issue(alice, now=NOW + WEEK)
    client.force_login(alice)
    client.post("/issues/feed", {"feed": "open"})
    client.logout()
    alice.refresh_from_db()
    return feed_paths(alice)


def test_issues_and_articles_have_a_feed_in_both_forms(
    client: Client, paths: tuple[str, ...]
) -> None:
    issues, issues_json, articles, articles_json = paths

    atom = valid_atom(client.get(issues).content)
    titles = [each.text for each in atom.findall(f"{ATOM}entry/{ATOM}title")]
    assert [title[:8] for title in titles if title] == ["Issue 2:", "Issue 1:"]
    parsed = valid_json_feed(client.get(issues_json).content)
    assert [item["url"] for item in parsed["items"]] == [
        "https://journal.test/issues/2",
        "https://journal.test/issues/1",
    ]
    count = IssueArticle.objects.count()
    shown = valid_atom(client.get(articles).content)
    assert len(shown.findall(f"{ATOM}entry")) == count
    items = valid_json_feed(client.get(articles_json).content)["items"]
    assert len(items) == count
    assert all("articles/992" in item["id"] for item in items)


def test_ids_are_other_readers_too(client: Client, paths: tuple[str, ...]) -> None:
    """Every reader has an issue 1, and an aggregator may read two of them."""
    bob = registry.add("bob@merrow.test", words=["gout"])
    compile_issue(bob, now=NOW)
    Reader.objects.filter(pk=bob.pk).update(has_feed=True)
    bob.refresh_from_db()

    theirs = valid_json_feed(client.get(feed_paths(bob)[1]).content)["items"]
    ours = valid_json_feed(client.get(paths[1]).content)["items"]

    assert not {item["id"] for item in theirs} & {item["id"] for item in ours}


def test_an_address_that_is_not_in_use_leads_nowhere(
    client: Client, alice: Reader, paths: tuple[str, ...]
) -> None:
    token = paths[0].partition("-")[2].partition(".")[0]
    bob = registry.add("bob@merrow.test")
    Reader.objects.filter(pk=bob.pk).update(has_feed=True)
    assert client.get(f"/issues/feeds/{bob.pk}-{token}.atom").status_code == 404
    assert client.get(paths[0].replace(token, "0" * 32)).status_code == 404

    client.force_login(alice)
    client.post("/issues/feed", {"feed": "open"})
    alice.refresh_from_db()
    assert client.get(paths[0]).status_code == 404
    [address, *_] = feed_paths(alice)
    assert client.get(address).status_code == 200

    client.post("/issues/feed", {"feed": "close"})
    assert client.get(address).status_code == 404
    Reader.objects.update(has_feed=True, is_active=False)
    assert client.get(address).status_code == 404


def test_a_feed_is_sent_again_only_when_something_is_new(
    client: Client, alice: Reader, paths: tuple[str, ...]
) -> None:
    for path in paths:
        first = client.get(path)
        kept = {"If-None-Match": first["ETag"]}
        assert "private" in first["Cache-Control"]
        assert client.get(path, headers=kept).status_code == 304
    shelve(*trials(99_202_000, 20), at=NOW + WEEK)
    compile_issue(alice, now=NOW + 2 * WEEK)
    assert client.get(paths[3], headers=kept).status_code == 200


def test_hostile_titles_stay_text(client: Client, paths: tuple[str, ...]) -> None:
    evil = "<script>x</script> ]]> \u202e\x07"
    IssueArticle.objects.filter(position=1).update(title=evil, why=evil)

    for path in paths:
        content = client.get(path).content
        if path.endswith("atom"):
            valid_atom(content)
        else:
            valid_json_feed(content)
        assert b"&lt;script&gt;" in content or b"\\u003c" in content
        assert b"<p><script" not in content


def test_a_reader_without_issues_has_an_empty_feed(client: Client, db: None) -> None:
    bob = registry.add("bob@merrow.test")
    Reader.objects.filter(pk=bob.pk).update(has_feed=True)
    bob.refresh_from_db()

    for path in feed_paths(bob):
        assert client.get(path).status_code == 200
    valid_atom(client.get(feed_paths(bob)[0]).content)


def test_the_page_of_issues_shows_the_addresses(
    client: Client, alice: Reader, paths: tuple[str, ...]
) -> None:
    client.force_login(alice)

    page = client.get("/issues").content.decode()

    for path in paths:
        assert f'href="https://journal.test{path}"' in page


def test_after_a_trial_the_feeds_rest_and_say_so(
    client: Client, alice: Reader, paths: tuple[str, ...], settings: Any
) -> None:
    etag = client.get(paths[0])["ETag"]
    settings.MEMBERSHIP = "trial"
    past = NOW - 8 * WEEK
    Trial.objects.create(reader=alice, began_at=past, ends_at=past + WEEK)

    answers = [client.get(path, headers={"If-None-Match": etag}) for path in paths]

    for answer in answers[::2]:
        [title] = valid_atom(answer.content).findall(f"{ATOM}entry/{ATOM}title")
        assert title.text == "Your issues are paused"
    for answer in answers[1::2]:
        [item] = valid_json_feed(answer.content)["items"]
        assert item["url"] == "https://journal.test/account/membership"
    again = client.get(paths[0], headers={"If-None-Match": answers[0]["ETag"]})
    assert again.status_code == 304
