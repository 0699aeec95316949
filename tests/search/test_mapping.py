"""Words are read as PubMed reads them: topics, journals, authors."""

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from hypothesis import given

from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.mapping import MAX_NAMES, MAX_WORDS, Read, Reading, read_as
from ownjournal.search.parser import parse
from ownjournal.search.query import Mapped, Query, Term
from ownjournal.search.vocabulary import Topic
from search.made_documents import a_document
from search.made_queries import trees
from search.made_vocabulary import Dictionary

MAPPED = {
    "pyrexia": "pyrexia OR Fever[mh] OR Fever",
    "Fever": "Fever OR Fever[mh]",
    "fevers": "fevers OR Fever[mh]",  # a form of the word says no more
    "head fever": '(head AND fever) OR "Merrow Fever of the Head"[mh] OR "head fever"'
    " OR (Merrow AND Fever AND Head)",
    "fever of the head": '(fever AND head) OR "Merrow Fever of the Head"[mh]'
    ' OR "fever of the head" OR (Merrow AND Fever AND Head)',
    "randomized controlled trial": "(randomized AND controlled AND trial)"
    ' OR "Randomized Controlled Trial"[pt] OR "randomized controlled trial"',
    "IL 6": '((IL AND 6) OR IL6) OR "Merrow Fever of the Head"[mh]'
    " OR (Merrow AND Fever AND Head)",
    "merrow a": '"merrow a" OR "Fever, Merrow A"[mh] OR "Fever Merrow A"',
    "sudden merrow a cough": 'sudden AND ("merrow a" OR "Fever, Merrow A"[mh]'
    ' OR "Fever Merrow A") AND cough',
    "merrow NOT merrow a": 'merrow NOT ("merrow a" OR "Fever, Merrow A"[mh]'
    ' OR "Fever Merrow A")',
    "peat fever": '(peat AND fever) OR "Fever, Merrow A"[mh] OR "peat fever"'
    ' OR "Fever Merrow A"',
    "in vitro bog": '(vitro AND bog) OR "In Vitro Bog"[mh] OR "in vitro bog"',
    "about the bog": 'bog OR "Ann Bog"[ta]',
    "quill a": "quill a[au]",
    "is pyrexia good in a fall": "(pyrexia OR Fever[mh] OR Fever) AND good AND fall",
    "a pyrexia": "pyrexia OR Fever[mh] OR Fever",
    "the bog": 'bog OR "Ann Bog"[ta]',
    "therapy": "therapy OR therapy[sh]",
    "bog": 'bog OR "Ann Bog"[ta]',
    "annals of the bog": '(annals AND bog) OR "Ann Bog"[ta]',
    "okonfold t": "okonfold t[au]",
    "okonfold t pyrexia": "((okonfold AND t) OR okonfold t[au])"
    " AND (pyrexia OR Fever[mh] OR Fever)",
    "PYR": "PYR OR fever",
    "pyrexia/drug therapy": '"Fever/drug therapy"[mh]',
    "head fever/dt cough": '"Merrow Fever of the Head/drug therapy"[mh] AND cough',
    "NOT pyrexia": "all[sb] NOT (pyrexia OR Fever[mh] OR Fever)",
    "(pyrexia) OR bog": '(pyrexia OR Fever[mh] OR Fever) OR (bog OR "Ann Bog"[ta])',
}


@pytest.mark.parametrize(("text", "understood"), MAPPED.items())
def test_words_are_read_as_what_they_name(text: str, understood: str) -> None:
    assert str(read(text).query) == understood.replace(" OR fever", ' OR "fever"')


@pytest.mark.parametrize(
    "text",
    [
        '"head fever"',
        "pyrexia[ti]",
        "pyrexia[all]",
        "pyrexi*",
        '"head fever"[tiab:~3]',
        "sudden AND fall",
        "sudden (fall)",
        "2019:2021[dp]",
        "okonfold q",
        "bog aspirin",  # one word of several is no journal
        "young as",
        "nobody/dt",
        "bog/sudden",
        "quill a fall",  # a letter may be a word of a sentence
        "merrow (a) fall",
        "fall about the bog cough",
        "merrow a[ti]",
    ],
)
def test_what_has_a_sign_of_its_own_is_what_it_is(text: str) -> None:
    query = parse(text).query
    assert query is not None

    found = read_as(query, text, Dictionary())

    assert found.query == query
    assert found.readings == ()


def test_the_longest_name_from_the_left_is_read() -> None:
    found = read("aspirin head fever pyrexia")

    assert [(each.text, each.as_text) for each in found.readings] == [
        ("head fever", "Merrow Fever of the Head"),
        ("pyrexia", "Fever"),
    ]


def test_a_reading_says_where_its_words_stand() -> None:
    text = "aspirin  (Pyrexia, bog)"

    assert read(text).readings == (Reading(10, 17, "Pyrexia", "topic", "Fever"),)


def test_a_long_form_finds_the_short_one_and_the_other_way_round() -> None:
    assert '"sudden long fall"' in str(read("SLF").query)
    assert '"SLF"' in str(read("sudden long fall").query)
    assert read("SLF").readings[0].kind == "words"


def test_what_was_typed_comes_before_what_it_is_read_as(tmp_path: Path) -> None:
    index = EmbeddedIndex.open(tmp_path / "index")
    said = a_document(1, title=("Pyrexia in the bog",))
    named = a_document(2, title=("Something else",), codes=("mh:fever",))
    synonym = a_document(3, title=("Fever in the bog",))
    other = a_document(4, title=("Neither",), texts=())
    index.apply([named, synonym, other, said], (), 1)

    hits = index.search(read("pyrexia").query, limit=9)

    assert [hit.pmid for hit in hits.hits] == [1, 3, 2]
    index.close()


def test_a_long_text_is_no_name_and_many_names_are_one_question() -> None:
    asked: list[int] = []

    class Counting(Dictionary):
        def topics(self, names: Collection[str]) -> Mapping[str, Topic]:
            asked.append(len(names))
            return super().topics(names)

    strategy = " OR ".join(f"pyrexia{n} bog{n} fever{n}" for n in range(300))
    for text in ("pyrexia " * (MAX_WORDS + 1), strategy):
        query = parse(text).query
        assert query is not None
        read_as(query, text, Counting())

    assert len(asked) == 1
    assert asked[0] <= MAX_NAMES


@given(trees)
def test_any_query_is_read_and_can_be_sent_as_it_was_read(tree: Query) -> None:
    text = str(tree)
    query = parse(text).query
    assert query is not None

    found = read_as(query, text, Dictionary())

    again = parse(str(found.query))
    assert again.problems == ()
    assert all(text[each.start : each.end] for each in found.readings)


def test_a_reading_is_no_part_of_what_was_typed() -> None:
    query = read("pyrexia").query

    assert isinstance(query, Mapped)
    assert query.typed == Term("pyrexia")


def read(text: str) -> Read:
    query = parse(text).query
    assert query is not None
    return read_as(query, text, Dictionary())
