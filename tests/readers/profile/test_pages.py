import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from msgspec.structs import replace

from made.articles import PLAIN_ARTICLE, an_article
from made.pages import visible
from made.shelf import shelve
from ownjournal.catalogue import mesh
from ownjournal.pubmed.mesh import Descriptor
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.profile.specialties import specialties
from ownjournal.readers.profile.steps import STEPS

FINE = {
    "country": "DE",
    "time_zone": "Europe/Berlin",
    "day": "4",
    "hour": "7",
    "cadence": "fortnightly",
    "length": "20",
}


def again(reader: Reader) -> Reader:
    return Reader.objects.get(pk=reader.pk)


def followed(reader: Reader) -> set[str]:
    return {f"{each.kind}:{each.value}" for each in reader.interests.all()}


def a_tree() -> None:
    rows = [("D006333", "Heart Failure", "C14"), ("D000001", "Ague", "C14.1")]
    mesh.load(
        Descriptor(ui=ui, name=name, tree_numbers=(place,), kind="topic")
        for ui, name, place in rows
    )


def test_a_reader_we_know_nothing_of_is_asked_after_signing_in(
    client: Client, alice: Reader
) -> None:
    assert client.get("/welcome")["Location"] == "/practice"
    assert "Leave all of this out" in client.get("/practice").text

    client.post("/practice/skip")

    assert client.get("/welcome")["Location"] == "/issues/newest"
    assert again(alice).profiled_at is not None
    assert again(alice).next_issue_at is not None


def test_a_reader_who_follows_something_is_not_asked(
    client: Client, alice: Reader
) -> None:
    alice.interests.create(kind="words", value="fever", label="fever")

    assert client.get("/welcome")["Location"] == "/issues/newest"


def test_every_step_can_be_left_out_and_gone_back_to(
    client: Client, alice: Reader
) -> None:
    for before, step in zip((None, *STEPS), STEPS, strict=False):
        page = client.get(step.path()).text
        assert f"Step {STEPS.index(step) + 1} of {len(STEPS)}" in page
        back = before.path() if before else "/practice"
        assert f'href="{back}">Back</a>' in page
    assert followed(alice) == set()


def test_visitors_are_asked_to_sign_in(client: Client, db: None) -> None:
    for step in STEPS:
        assert client.get(step.path()).status_code == 302
        assert client.post(step.path()).status_code == 302
    assert client.post("/practice/skip").status_code == 302


def test_a_specialty_offers_its_topics_ticked(client: Client, alice: Reader) -> None:
    a_tree()

    answer = client.post("/practice/specialty", {"specialty": "cardiology"})
    page = client.get(answer["Location"]).text

    assert answer["Location"] == "/practice/topics"
    for topic in specialties()["cardiology"].topics:
        assert f'value="topic:{topic.ui}" checked' in page
    assert followed(alice) == set()  # not before she says so


def test_an_unknown_specialty_is_refused(client: Client, alice: Reader) -> None:
    answer = client.post("/practice/specialty", {"specialty": "astrology"})

    assert answer.status_code == 422
    assert "choose one from the list" in answer.text
    assert again(alice).specialty is None


def test_what_is_ticked_is_followed_and_what_is_not_is_not(
    client: Client, alice: Reader
) -> None:
    shown = ["topic:D006333", "topic:D001281", "words:anticoagulation"]
    picked = ["topic:D006333", "words:anticoagulation"]
    for _ in range(2):  # pressed twice
        answer = client.post("/practice/topics", {"shown": shown, "pick": picked})
        assert answer["Location"] == "/practice/follows"
        assert followed(alice) == set(picked)

    client.post("/practice/topics", {"shown": shown, "pick": []})

    assert followed(alice) == set()


def test_a_form_takes_away_nothing_that_it_did_not_show(
    client: Client, alice: Reader
) -> None:
    client.post("/practice/topics", {"pick": "words:fever"})  # in one tab

    client.post("/practice/topics", {"shown": "words:gout", "pick": "words:gout"})

    assert followed(alice) == {"words:fever", "words:gout"}


def test_another_readers_things_stay(client: Client, alice: Reader) -> None:
    bob = Reader.objects.create_reader("bob@merrow.test")
    bob.interests.create(kind="words", value="gout", label="gout")

    client.post("/practice/topics", {"shown": "words:gout"})

    assert followed(bob) == {"words:gout"}


def test_looking_for_more_keeps_what_was_ticked(client: Client, alice: Reader) -> None:
    a_tree()
    alice.specialty = "cardiology"
    alice.save()
    shown = ["topic:D006333", "words:anticoagulation"]
    form = {"shown": shown, "pick": shown[:1], "q": "ag", "do": "find"}

    answer = client.post("/practice/topics", form)
    page = client.get(answer["Location"]).text

    assert followed(alice) == {"topic:D006333"}
    assert 'name="pick" value="topic:D000001">' in page
    assert 'value="topic:D006333" checked' in page
    assert 'name="pick" value="words:anticoagulation">' in page  # and not ticked again


def test_the_tree_is_walked_without_losing_ticks(client: Client, alice: Reader) -> None:
    a_tree()
    form = {"pick": "words:fever", "under": "D006333", "q": ""}

    answer = client.post("/practice/topics", form)
    page = visible(client.get(answer["Location"]).text)

    assert followed(alice) == {"words:fever"}
    assert "Up to Diseases" in page
    assert "Ague Narrower" in page


def test_journals_are_offered_if_the_catalogue_has_them(
    client: Client, alice: Reader
) -> None:
    assert PLAIN_ARTICLE.journal is not None
    here = {"title": "European heart journal", "issn_linking": "0195-668X"}
    shelve(an_article(journal=replace(PLAIN_ARTICLE.journal, **here)))
    alice.specialty = "cardiology"
    alice.save()

    page = client.get("/practice/follows").text

    assert 'value="journal:99000001X" checked' in page
    assert "Circulation" not in page


def test_what_a_line_does_not_name_is_told_and_kept_the_rest_is_followed(
    client: Client, alice: Reader
) -> None:
    shelve(an_article())
    lines = {"journals": "J Invent Med\nNo Such J", "authors": "nobody\nOkonfold T"}

    answer = client.post("/practice/follows", lines)

    assert answer.status_code == 422
    assert followed(alice) == {"journal:99000001X", "author:Okonfold T"}
    assert ">No Such J</textarea>" in answer.text
    assert ">nobody</textarea>" in answer.text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"hour": "25"}, "an hour from 0 to 23"),
        ({"hour": ""}, "an hour from 0 to 23"),
        ({"length": "0"}, "1 to 40 articles"),
        ({"length": "41"}, "1 to 40 articles"),
        ({"length": "²"}, "1 to 40 articles"),
        ({"day": "7"}, "a day of the week"),
        ({"cadence": "hourly"}, "how often"),
        ({"country": "ZZ"}, "a country from the list"),
        ({"time_zone": "Mars/Olympus"}, "no time zone"),
        ({"time_zone": "../../etc/passwd"}, "no time zone"),
        ({"time_zone": "\0"}, "no time zone"),
    ],
)
def test_a_wrong_time_is_told_and_changes_nothing(
    client: Client, alice: Reader, changes: dict[str, str], told: str
) -> None:
    answer = client.post("/practice/schedule", {**FINE, **changes})

    assert answer.status_code == 422
    assert told in answer.text
    assert again(alice) == alice
    assert again(alice).issue_length == 12
    if "country" not in changes:
        assert '<option value="DE" selected>' in answer.text  # what was right is kept


def test_when_issues_come_is_kept_and_the_next_one_planned(
    client: Client, alice: Reader
) -> None:
    answer = client.post("/practice/schedule", FINE)

    kept = again(alice)
    assert answer["Location"] == "/practice/issue"
    assert (kept.country, kept.time_zone) == ("DE", "Europe/Berlin")
    assert (kept.issue_weekday, kept.issue_hour, kept.issue_length) == (4, 7, 20)
    assert kept.cadence == "fortnightly"
    assert kept.next_issue_at is not None

    client.post("/practice/skip")

    assert "every two weeks, on Friday at 07:00 (Germany" in visible(
        client.get("/practice").text
    )


def test_without_a_zone_the_country_has_one(client: Client, alice: Reader) -> None:
    client.post("/practice/schedule", {**FINE, "time_zone": "", "country": "NZ"})

    assert again(alice).time_zone == "Pacific/Auckland"


def test_who_has_been_through_comes_back_to_the_settings(
    client: Client, alice: Reader
) -> None:
    client.post("/practice/skip")

    answer = client.post("/practice/schedule", FINE)

    assert answer["Location"] == "/practice"
    assert "Save" in client.get("/practice/topics").text


def shelved(*pmids: int) -> None:
    shelve(*(an_article(pmid=pmid) for pmid in pmids))


def test_articles_are_named_by_text_or_by_a_file(client: Client, alice: Reader) -> None:
    shelved(31_000_001, 31_000_002)
    file = SimpleUploadedFile("a.nbib", b"\xef\xbb\xbfPMID- 31000002\r\nTI  - A.\r\n")

    answer = client.post("/practice/seeds", {"text": "31000001", "file": file})

    assert answer["Location"] == "/practice/cards"
    assert followed(alice) == {"seed:31000001", "seed:31000002"}


def test_what_is_not_here_is_listed_and_the_rest_is_kept(
    client: Client, alice: Reader
) -> None:
    shelved(31_000_001)

    answer = client.post("/practice/seeds", {"text": "31000001 31000009"})

    assert answer.status_code == 422
    assert "PMID 31000009 : This site does not keep" in visible(answer.text)
    assert followed(alice) == {"seed:31000001"}


def test_ten_thousand_pmids_are_ten_articles(client: Client, alice: Reader) -> None:
    shelved(*range(31_000_000, 31_000_060))
    text = "\n".join(str(number) for number in range(31_000_000, 31_010_000))

    answer = client.post("/practice/seeds", {"text": text})

    assert answer.status_code == 422
    assert "9,990 more were named" in visible(answer.text)
    assert len(followed(alice)) == 10


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (bytes(range(256)) * 9, "no text"),
        (b"a" * 1_000_001, "more than 1 MB"),
        (b"", "No PMID"),
        (b"nothing", "No PMID"),
    ],
)
def test_a_file_that_names_nothing_is_told_and_the_text_is_kept(
    client: Client, alice: Reader, content: bytes, told: str
) -> None:
    file = SimpleUploadedFile("a.ris", content)

    answer = client.post("/practice/seeds", {"text": "nothing, too", "file": file})

    assert answer.status_code == 422
    assert told in answer.text
    assert "nothing, too</textarea>" in answer.text


def test_a_seed_that_is_unticked_goes(client: Client, alice: Reader) -> None:
    shelved(31_000_001)
    client.post("/practice/seeds", {"text": "31000001"})

    client.post("/practice/seeds", {"shown": "seed:31000001", "text": ""})

    assert not Interest.objects.exists()
