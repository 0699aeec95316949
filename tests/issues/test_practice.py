import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from made.shelf import shelve
from made.trials import trials
from ownjournal.issues import ready
from ownjournal.readers.membership.models import Trial
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter


@pytest.fixture(autouse=True)
def nothing_ready() -> None:
    ready.ready.cache_clear()


@pytest.fixture
def bob(db: None, client: Client, own_index: None) -> Reader:
    """Signed in, and asked for his practice; 60 trials came in."""
    shelve(*trials(99_200_000, 60))
    reader = Reader.objects.create_reader("bob@merrow.test")
    reader.interests.create(kind="words", value="fever", label="fever")
    client.force_login(reader)
    return reader


def shown(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'name="say-(\d+)"', page)))


def test_ten_articles_are_shown_and_what_is_said_of_them_is_kept(
    client: Client, bob: Reader
) -> None:
    first, second, *others = shown(client.get("/practice/cards").text)
    assert len(others) == 8

    form = {f"say-{first}": "keep", f"say-{second}": "skip"}
    for _ in range(2):  # pressed twice
        answer = client.post("/practice/cards", form)
        assert answer["Location"] == "/practice/schedule"

    said = dict(bob.responses.values_list("pmid", "kind"))
    assert said == {int(first): "more", int(second): "less"}
    assert not {first, second} & {*shown(client.get("/practice/cards").text)}


@pytest.mark.parametrize(
    "form",
    [
        {"say-0": "keep"},
        {"say-x": "keep"},
        {"say-99200000": "perhaps"},
        {"say-9999999999": "keep"},
    ],
)
def test_what_nobody_asked_is_not_kept(
    client: Client, bob: Reader, form: dict[str, str]
) -> None:
    client.post("/practice/cards", form)

    assert not bob.responses.exists()


def test_of_an_article_that_is_not_here_nothing_can_be_said(
    client: Client, bob: Reader
) -> None:
    answer = client.post("/practice/cards", {"say-31000001": "keep"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_the_first_issue_is_made_at_once_and_only_once(
    client: Client, bob: Reader
) -> None:
    assert "chosen now, from 60 articles" in client.get("/practice/issue").text

    answers = [client.post("/practice/issue") for _ in range(2)]

    assert [each["Location"] for each in answers] == ["/issues/1", "/issues/1"]
    assert bob.issues.get().articles.count() == 12
    assert not Letter.objects.filter(kind="issue").exists()  # it is on the screen
    kept = Reader.objects.get(pk=bob.pk)
    assert kept.profiled_at is not None
    assert kept.next_issue_at is not None
    assert "Read issue 1" in client.get("/practice/issue").text


def test_with_nothing_to_choose_from_the_profile_ends_all_the_same(
    client: Client, db: None, own_index: None
) -> None:
    reader = Reader.objects.create_reader("carol@merrow.test")
    client.force_login(reader)

    assert "nothing to judge yet" in client.get("/practice/cards").text
    answer = client.post("/practice/issue", follow=True)

    assert "There is no article yet" in answer.text
    assert Reader.objects.get(pk=reader.pk).profiled_at is not None


def test_whom_no_issues_are_made_for_gets_no_first_one(
    client: Client, bob: Reader, settings: Any
) -> None:
    settings.MEMBERSHIP = "trial"
    then = timezone.now() - timedelta(days=2)
    Trial.objects.create(reader=bob, began_at=then, ends_at=then + timedelta(days=1))

    answer = client.post("/practice/issue", follow=True)

    assert "No issues are made for you" in answer.text
    assert not bob.issues.exists()


def test_articles_are_read_once_for_each_state_of_the_catalogue(
    client: Client, bob: Reader
) -> None:
    assert client.get("/practice/ready").status_code == 204
    batches = ready.ready()._batches
    [before] = batches.values()

    client.get("/practice/cards")
    client.post("/practice/issue")

    assert list(batches.values()) == [before]
