"""Words may be missing where no article has them all; what has a sign may not."""

import pytest
from hypothesis import given

from ownjournal.search.mapping import read_as
from ownjournal.search.parser import parse
from ownjournal.search.query import Query
from ownjournal.search.relaxing import relaxed
from search.made_documents import documents
from search.made_queries import trees
from search.made_vocabulary import Dictionary
from search.oracle import found

RELAXED = {
    "velotrine fever": "velotrine OR fever",
    "velotrine fever velotrine": "velotrine OR fever",
    '"after a fall" fever': '"after a fall" OR fever',
    "velotrine fever AND 2019[dp]": "(velotrine OR fever) AND 2019[dp]",
    "velotrine fever AND rat[ti]": "(velotrine OR fever) AND rat[ti]",
    "velotrine fever NOT rat": "(velotrine OR fever) NOT rat",
    "velotrine (fever OR pyrexia)": "velotrine OR (fever OR pyrexia)",
    "velotrine (old fever)": "velotrine OR old OR fever",
    "velotrine IL 6": "velotrine OR ((IL AND 6) OR IL6)",
}


@pytest.mark.parametrize(("text", "wider"), RELAXED.items())
def test_words_without_a_tag_may_be_missing(text: str, wider: str) -> None:
    assert str(relaxed(parsed(text))) == wider


@pytest.mark.parametrize(
    "text",
    [
        "velotrine",
        "velotrine[ti] fever[ti]",
        "velotrine OR fever",
        "velotrin* fever*",
        "velotrine AND 2019[dp]",
        '"velotrine for fever"',
        "NOT velotrine",
        "2019:2021[dp]",
    ],
)
def test_nothing_is_left_out_where_nothing_is_left(text: str) -> None:
    assert relaxed(parsed(text)) is None


def test_a_name_of_several_words_keeps_what_it_is_read_as() -> None:
    text = "sudden fall"

    read = read_as(parsed(text), text, Dictionary()).query

    assert str(relaxed(read)) == (
        '(sudden OR fall) OR "Falls, Sudden, of Merrow"[mh] OR "sudden fall"'
        " OR (Falls AND Sudden AND Merrow)"
    )


@given(trees)
def test_a_wider_query_finds_at_least_as_much(tree: Query) -> None:
    wider = relaxed(tree)

    if wider is not None:
        assert set(found(tree, FEW)) <= set(found(wider, FEW))


FEW = documents(40)


def parsed(text: str) -> Query:
    query = parse(text).query
    assert query is not None
    return query
