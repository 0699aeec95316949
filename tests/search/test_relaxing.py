"""Words may be missing where no article has them all; what has a sign may not."""

from pathlib import Path

import pytest
from hypothesis import given

from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.parser import parse
from ownjournal.search.query import Mapped, Or, Query, Term
from ownjournal.search.relaxing import relaxed
from search.made_documents import a_document, documents
from search.made_queries import trees
from search.oracle import found

RELAXED = {
    "velotrine (fever)": "velotrine OR fever",
    "velotrine fever": '(velotrine OR fever) OR "velotrine fever"',
    "velotrine fever velotrine": "(velotrine OR fever)"
    ' OR "velotrine fever" OR "fever velotrine"',
    "velotrine for fever": "velotrine OR fever",  # they stood apart
    '"after a fall" fever': '"after a fall" OR fever',
    "velotrine (fever) AND 2019[dp]": "(velotrine OR fever) AND 2019[dp]",
    "velotrine (fever) AND rat[ti]": "(velotrine OR fever) AND rat[ti]",
    "velotrine (fever) NOT rat": "(velotrine OR fever) NOT rat",
    "velotrine (fever OR pyrexia)": "velotrine OR (fever OR pyrexia)",
    "velotrine fever[all]": "velotrine[all] OR fever[all]",
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
    text = "sudden (fall)"
    read = Mapped(parsed(text), (Term("Falls, Sudden, of Merrow", "mh"),))

    assert relaxed(read) == Mapped(Or((Term("sudden"), Term("fall"))), read.others)


def test_words_next_to_each_other_as_typed_come_first(tmp_path: Path) -> None:
    index = EmbeddedIndex.open(tmp_path / "index")
    apart = a_document(1, title=(), texts=("fever in bogs, and then a sudden fall",))
    together = a_document(2, title=(), texts=("sudden fever and a fall into bogs",))
    index.apply([apart, together], (), 1)
    wider = relaxed(parsed("sudden fever nowhere"))
    assert wider is not None

    assert [hit.pmid for hit in index.search(wider, limit=2).hits] == [2, 1]
    index.close()


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
