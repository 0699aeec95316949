"""Names of a query, looked up in the database."""

import pytest

from ownjournal.catalogue import mesh, vocabulary
from ownjournal.catalogue.models import Heading, Journal
from ownjournal.catalogue.vocabulary import Names
from ownjournal.pubmed.mesh import Descriptor as Read
from ownjournal.search.vocabulary import KnownJournal, Topic

pytestmark = pytest.mark.django_db

FAILURE = Topic("D2", "Heart Failure", "topic")


@pytest.fixture
def loaded() -> Names:
    mesh.load(
        [
            Read("D1", "Heart Diseases", ("C14.280",), kind="topic"),
            Read(
                "D2",
                "Heart Failure",
                ("C14.280.434",),
                ("Cardiac Failure",),
                kind="topic",
            ),
            Read("D3", "Lung Diseases", ("C08.381", "C14.2805"), ("Lung",)),
            Read("D4", "Lung", ("A04.411",), ("Follow Up", "Zz"), kind="topic"),
            Read("D5", "Abroad", (), ("Zz",)),
        ]
    )
    return Names()


def test_a_topic_is_found_by_name_entry_term_and_ui(loaded: Names) -> None:
    names = ["heart failure", " Cardiac  failure ", "D2", "d2", "HEART FAILURE"]

    assert loaded.topics([*names, "heart"]) == dict.fromkeys(names, FAILURE)
    assert loaded.topics([]) == {}


def test_a_name_goes_before_an_entry_term_and_these_by_name(loaded: Names) -> None:
    assert loaded.topics(["lung"])["lung"].ui == "D4"
    assert loaded.topics(["zz"])["zz"].ui == "D5"


def test_a_hyphen_may_stand_for_a_space(loaded: Names) -> None:
    assert loaded.topics(["follow-up"])["follow-up"].ui == "D4"


def test_a_name_with_brackets_is_found_without_them() -> None:
    mesh.load([Read("D1564", "Benzo(a)pyrene", (), kind="topic")])
    Journal.objects.create(
        nlm_id="1", title="Medicine", abbreviation="Medicine (Baltimore)", file_key=1
    )
    Journal.objects.create(nlm_id="2", abbreviation="J Hand Surg [Am]", file_key=1)

    topics = Names().topics(["benzo a pyrene", "Benzo(a)pyrene"])
    journals = Names().journals(["medicine baltimore", "J hand surg am", "medicine"])

    assert {each.ui for each in topics.values()} == {"D1564"}
    assert len(topics) == 2
    found = {name: [each.nlm_id for each in some] for name, some in journals.items()}
    assert found == {
        "medicine baltimore": ["1"],
        "J hand surg am": ["2"],
        "medicine": ["1"],
    }


def test_headings_seen_on_articles_are_known_without_nlms_file() -> None:
    Heading.objects.create(ui="D777777", name="Merrow Fever", file_key=1)

    found = Names().topics(["merrow fever", "d777777"])

    assert set(found.values()) == {Topic("D777777", "Merrow Fever")}
    assert Names().narrower(["D777777"]) == {"D777777": {"D777777"}}


@pytest.mark.parametrize("a_few", [0, 9])
def test_a_topic_includes_the_narrower_ones(
    loaded: Names, monkeypatch: pytest.MonkeyPatch, a_few: int
) -> None:
    """By looking up places, and by reading the whole tree."""
    monkeypatch.setattr(vocabulary, "A_FEW", a_few)

    assert loaded.narrower(["D1", "D2", "D9"]) == {
        "D1": {"D1", "D2"},
        "D2": {"D2"},
        "D9": {"D9"},
    }


def test_more_names_than_fit_in_one_question_are_all_looked_up(
    loaded: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "AT_ONCE", 2)

    found = loaded.topics(["lung", "abroad", "heart failure", "lung diseases", "x"])

    assert {each.ui for each in found.values()} == {"D2", "D3", "D4", "D5"}


def test_a_journal_is_found_by_each_of_its_names() -> None:
    pain = KnownJournal("7508686", "Pain", "Pain")
    care = KnownJournal("99R", "Pain", "Pain (Merrow)")
    for each, issn in ((pain, "0304-3959"), (care, None)):
        Journal.objects.create(
            nlm_id=each.nlm_id,
            title=each.title,
            abbreviation=each.abbreviation,
            issn_linking=issn,
            file_key=1,
        )

    found = Names().journals(["PAIN", "pain (merrow)", "99r", "0304-3959", "care"])

    assert found == {
        "PAIN": (pain, care),
        "pain (merrow)": (care,),
        "99r": (care,),
        "0304-3959": (pain,),
    }
