from datetime import UTC, datetime

import pytest

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import mesh
from ownjournal.pubmed.article import MeshHeading
from ownjournal.pubmed.mesh import Descriptor
from ownjournal.ranking.muted import Muted
from ownjournal.readers import interests
from ownjournal.readers.interests import CannotFollow, follow, of_reader
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.responses import muting
from ownjournal.readers.responses.muting import mute, muted_by, mutes_of, unmute
from ownjournal.readers.searches.matching import Matching

FEVER = MeshHeading("D005334", "Fever")
NO_POOL = Matching([])
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def descriptor(ui: str, name: str, *places: str, terms: tuple[str, ...] = ()):
    return Descriptor(ui=ui, name=name, tree_numbers=places, entry_terms=terms)


def load_a_small_tree() -> None:
    mesh.load(
        [
            descriptor("D000001", "Ague", "C01.100", terms=("Marsh Fever",)),
            descriptor("D000002", "Ague, Tertian", "C01.100.200"),
            descriptor("D000003", "Agueweed", "C01.1001"),
        ]
    )


def test_a_topic_is_found_by_its_name_or_another_name_for_it(alice: Reader) -> None:
    load_a_small_tree()

    first = follow(alice, "topic", " marsh  FEVER ")
    again = follow(alice, "topic", "Ague")

    assert (first.interest.value, first.interest.label) == ("D000001", "Ague")
    assert first.sentence == "You now follow Ague."
    assert again.sentence == "You follow Ague already."
    assert alice.interests.count() == 1


def test_a_topic_takes_in_the_narrower_ones(alice: Reader) -> None:
    load_a_small_tree()
    follow(alice, "topic", "Ague")

    [interest] = of_reader(alice, NO_POOL, NOW)

    assert interest.key == "topic:D000001"
    assert interest.name == "Ague"
    assert interest.topics == ("D000001", "D000002")


def test_without_a_tree_a_topic_is_found_among_the_headings_seen(
    alice: Reader,
) -> None:
    shelve(an_article(mesh=(FEVER,)))

    assert follow(alice, "topic", "fever").interest.value == "D005334"
    assert of_reader(alice, NO_POOL, NOW)[0].topics == ("D005334",)


def test_a_topic_nobody_knows_is_followed_as_words_and_says_so(alice: Reader) -> None:
    followed = follow(alice, "topic", "Velotrine Fever")

    assert followed.interest.kind == Interest.Kind.WORDS
    assert "no MeSH heading" in followed.sentence
    assert of_reader(alice, NO_POOL, NOW)[0].words == ("Velotrine Fever",)


@pytest.mark.parametrize(
    "named",
    [
        "99000001X",
        "99000001x",
        "9999-0001",
        "j invent med",
        "Journal of invented medicine",
    ],
)
def test_a_journal_is_found_by_any_of_its_names(alice: Reader, named: str) -> None:
    shelve(an_article())

    follow(alice, "journal", named)

    [interest] = of_reader(alice, NO_POOL, NOW)
    assert interest.journals == ("99000001X",)
    assert interest.name == "Journal of invented medicine"


def test_seeds_are_one_interest_with_the_text_they_have_now(alice: Reader) -> None:
    shelve(an_article(pmid=99_100_001), an_article(pmid=99_100_002))
    follow(alice, "seed", "PMID: 99100002")
    follow(alice, "seed", "99100001")

    [interest] = of_reader(alice, NO_POOL, NOW)

    assert [seed.pmid for seed in interest.seeds] == [99_100_001, 99_100_002]
    assert interest.seeds[0].title.startswith("Velotrine for fever")


def test_a_seed_that_nlm_took_back_is_left_out(alice: Reader) -> None:
    shelve(an_article(pmid=99_100_001))
    follow(alice, "seed", "99100001")
    shelve(taken_back=[99_100_001])

    assert of_reader(alice, NO_POOL, NOW) == ()


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("seed", "99100009", "No article with PMID 99100009 is here."),
        ("seed", "seven", "is no PMID"),
        ("seed", "0", "is no PMID"),
        ("seed", "9" * 30, "is no PMID"),
        ("journal", "Lancet", "No article of a journal"),
        ("topic", " \x00 ", "type what to follow"),
        ("words", "a" * 201, "longer than 200"),
        ("editor", "Quillfeather", "choose what kind"),
    ],
)
def test_what_cannot_be_followed_is_told_in_a_sentence(
    alice: Reader, kind: str, text: str, told: str
) -> None:
    with pytest.raises(CannotFollow, match=told):
        follow(alice, kind, text)
    assert not alice.interests.exists()


def test_words_differ_by_more_than_capitals(alice: Reader) -> None:
    follow(alice, "words", "Frozen shoulder")
    follow(alice, "words", "frozen SHOULDER")

    assert [each.label for each in alice.interests.all()] == ["Frozen shoulder"]


@pytest.mark.parametrize(
    "named",
    ["Quillfeather AB", "Quillfeather A.B.", "Quillfeather, Ada B", "Quillfeather, AB"],
)
def test_an_author_is_followed_by_the_name_that_pubmed_prints(
    alice: Reader, named: str
) -> None:
    assert follow(alice, "author", named).interest.value == "Quillfeather AB"

    [interest] = of_reader(alice, NO_POOL, NOW)

    assert interest.authors == ("Quillfeather AB",)


@pytest.mark.parametrize("named", ["Quillfeather", "ada quillfeather", ", A"])
def test_a_name_that_pubmed_would_not_print_is_not_followed(
    alice: Reader, named: str
) -> None:
    with pytest.raises(CannotFollow, match="Quillfeather AB"):
        follow(alice, "author", named)


def test_of_an_author_of_whom_nothing_is_here_that_is_said(alice: Reader) -> None:
    assert "no article is here yet" in follow(alice, "author", "Nobody ZZ").sentence


def test_what_is_muted_is_no_longer_followed_and_the_other_way_round(
    alice: Reader,
) -> None:
    follow(alice, "words", "Frozen shoulder")

    mute(alice, "words", "FROZEN shoulder")
    assert not alice.interests.exists()
    assert [each.label for each in mutes_of(alice)] == ["FROZEN shoulder"]

    follow(alice, "words", "Frozen Shoulder")
    assert mutes_of(alice) == ()


def test_a_thing_is_muted_once_and_let_in_again(alice: Reader) -> None:
    shelve(an_article())
    for named in ("J Invent Med", "9999-0001"):
        mute(alice, "journal", named)

    assert muted_by(alice).journals == ("99000001X",)
    unmute(alice, "journal", "99000001x")
    assert muted_by(alice) == Muted()


def test_a_muted_topic_takes_in_the_narrower_ones(alice: Reader) -> None:
    load_a_small_tree()
    mute(alice, "topic", "Ague")

    assert muted_by(alice).topics == ("D000001", "D000002")


@pytest.mark.parametrize(
    ("kind", "text"), [("seed", "99100001"), ("words", "\x00"), ("journal", "Lancet")]
)
def test_what_cannot_be_muted_is_not(alice: Reader, kind: str, text: str) -> None:
    with pytest.raises(CannotFollow):
        mute(alice, kind, text)
    assert mutes_of(alice) == ()


def test_follows_and_mutes_have_an_end(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(muting, "MOST", 1)
    monkeypatch.setattr(interests, "MOST", 1)
    for does in (mute, follow):
        does(alice, "words", f"a {does.__name__}")
        with pytest.raises(CannotFollow, match="the most"):
            does(alice, "words", f"another {does.__name__}")
        does(alice, "words", f"a {does.__name__}")
