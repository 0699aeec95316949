"""Words that no article has may be meant to be others; all else is left alone."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.parser import parse
from ownjournal.search.spelling import Suggestion, distance, suggestion
from search.made_documents import a_document
from search.made_vocabulary import Dictionary

TEXTS = {
    "velotrine for hypertension": 30,
    "pneumonia and diabetes mellitus": 30,
    "diabetic kidney": 10,
    "a hard attack of laughter": 5,
    "heart attack at night": 20,
    "schizophrenia treatment": 5,
    "arrythmia": 1,
    "arrhythmia": 150,
    "lisartan": 1,
    "losartan": 150,
    "pyrexias of rats": 5,
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedIndex]:
    opened = EmbeddedIndex.open(tmp_path_factory.mktemp("spelling") / "index")
    texts = [text for text, count in TEXTS.items() for _ in range(count)]
    documents = [
        a_document(pmid, title=(), texts=(text,), codes=("au:hypertinsion",))
        for pmid, text in enumerate(texts, start=1)
    ]
    opened.apply(documents, (), 1)
    yield opened
    opened.close()


def suggested(text: str, index: EmbeddedIndex) -> str | None:
    query = parse(text).query
    found = None if query is None else suggestion(query, text, index, Dictionary())
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hypertenshun", "hypertension"),
        ("Hypertenshun", "Hypertension"),
        ("velotrine  for hypertenshun", "velotrine  for hypertension"),
        ("pnuemonia", "pneumonia"),
        ("neumonia", "pneumonia"),
        ("diabetis melitus", "diabetes mellitus"),
        ("diabetis", "diabetes"),  # and not diabetic
        ("heart attak", "heart attack"),
        ("heartattack", "heart attack"),
        ("schizophrenea AND treatmant", "schizophrenia AND treatment"),
        ("arrythmia", "arrhythmia"),  # some write it so, many more do not
        ("heart hard attack diabetis", None),  # which finds nothing
    ],
)
def test_a_spelling_that_finds_more_is_suggested(
    text: str, meant: str | None, index: EmbeddedIndex
) -> None:
    assert suggested(text, index) == meant


@pytest.mark.parametrize(
    "text",
    [
        "hypertension",
        "hypertensions",  # a form of a word that is there
        '"hypertenshun"',
        "hypertenshun[ti]",
        "hypertensh*",
        "HYPERTENSHUN",
        "HypertenShun",
        "hypertenshun2",
        "hypertinsion",  # somebody's name
        "lisartan",  # ends as a drug, and somebody writes it so
        "pyrexia",  # the vocabulary knows it
        "attk",
        "xqzwvk",
        "hard diabetes",
        "arrythmia OR arrhythmia",  # would find less
        "2019[dp]",
    ],
)
def test_what_is_right_or_may_be_a_name_is_left(
    text: str, index: EmbeddedIndex
) -> None:
    assert suggested(text, index) is None


def test_a_suggestion_says_what_it_would_find(index: EmbeddedIndex) -> None:
    text = "diabetis OR pnuemonia"
    query = parse(text).query
    assert query is not None

    found = suggestion(query, text, index, Dictionary())

    assert found == Suggestion("diabetes OR pneumonia", ("diabetes", "pneumonia"), 30)


def test_the_other_words_decide(index: EmbeddedIndex) -> None:
    assert suggested("haert laughter", index) is None
    assert suggested("hart attack night", index) == "heart attack night"
    assert suggested("hart attack laughter", index) == "hard attack laughter"


def test_an_empty_index_suggests_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    empty = EmbeddedIndex.open(tmp_path_factory.mktemp("empty"))

    assert suggested("hypertenshun", empty) is None


def test_many_words_are_no_english_and_cost_little(index: EmbeddedIndex) -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("hypertnsio", k=12)) for _ in range(900)]

    assert suggested(" ".join(words), index) is None
    assert suggested("diabetis pnuemonia hypertenshun schizophrenea", index) is None


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("fever", "fever", 0),
        ("fevar", "fever", 0.6),
        ("feber", "fever", 1),
        ("feveer", "fever", 0.5),
        ("fevre", "fever", 0.8),
        ("fver", "fever", 0.8),
        ("fevr", "fever", 0.8),
        ("gever", "fever", 1.3),
        ("phever", "fever", 2.0),
    ],
)
def test_usual_errors_cost_less(typed: str, meant: str, cost: float) -> None:
    assert distance(typed, meant) == pytest.approx(cost)


@given(st.text("abeht", max_size=8), st.text("abeht", max_size=8))
def test_distance_is_nothing_for_equals_only_and_bounded(one: str, two: str) -> None:
    found = distance(one, two)

    assert (found == 0) == (one == two)
    assert found <= len(one) + len(two) + 1
