"""What a query means beyond what it says."""

from collections.abc import Collection, Mapping
from datetime import date

import pytest
from hypothesis import given

from ownjournal.search import filters
from ownjournal.search.explosion import (
    MOST_TERMS,
    NOTHING,
    bound,
    exploded,
    not_exploded,
    unheard,
)
from ownjournal.search.parser import parse
from ownjournal.search.query import All, Or, Query, Term, leaves
from ownjournal.search.vocabulary import KnownJournal, Topic
from search.made_queries import hostile, printable

TODAY = date(2026, 3, 31)
TREE = {
    "D1": "D1 D2 D3",
    "D2": "D2",
    "D016430": "D016430 D016449 D099",
}
NAMES = {
    "fever": Topic("D1", "Fever", "topic"),
    "pyrexia": Topic("D1", "Fever", "topic"),
    "d1": Topic("D1", "Fever", "topic"),
    "low fever": Topic("D2", "Low Fever", "topic"),
    "clinical trial": Topic("D016430", "Clinical Trial", "publication-type"),
}


class Known:
    """A vocabulary of few words, which counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def topics(self, names: Collection[str]) -> Mapping[str, Topic]:
        self.asked += 1
        return {name: NAMES[name.lower()] for name in names if name.lower() in NAMES}

    def narrower(self, uis: Collection[str]) -> Mapping[str, frozenset[str]]:
        self.asked += 1
        return {ui: frozenset(TREE.get(ui, ui).split()) for ui in uis}

    def journals(
        self, names: Collection[str]
    ) -> Mapping[str, tuple[KnownJournal, ...]]:
        return {}

    def authors(self, names: Collection[str]) -> frozenset[str]:
        return frozenset()

    def abbreviations(self, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        return {}


def meant(text: str, today: date = TODAY) -> str:
    query = parse(text).query
    assert query is not None
    return str(exploded(query, Known(), today))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("fever", "fever"),
        (
            "Fever[mh]",
            "Fever[mh:noexp] OR D1[mh:noexp] OR D2[mh:noexp] OR D3[mh:noexp]",
        ),
        ("D2[majr]", "D2[majr:noexp]"),
        ("low fever[majr]", '"low fever"[majr:noexp] OR D2[majr:noexp]'),
        ("pyrexia[mh:noexp]", "pyrexia[mh:noexp] OR D1[mh:noexp]"),
        ("unheard[mh]", "unheard[mh:noexp]"),
        ("fev*[mh]", "fev*[mh]"),
        (
            "low fever/drug therapy[mh]",
            '"low fever/drug therapy"[mh:noexp] OR D2/dt[mh:noexp]',
        ),
        ("D1/th[mh:noexp]", "D1/th[mh:noexp]"),
        (
            "diagnosis[sh]",
            "diagnosis[sh:noexp] OR dg[sh:noexp] OR di[sh:noexp] OR "
            "pa[sh:noexp] OR ra[sh:noexp] OR ri[sh:noexp] OR us[sh:noexp]",
        ),
        ("drug therapy[sh:noexp]", '"drug therapy"[sh:noexp]'),
        (
            "guideline[pt]",
            "guideline[pt:noexp] OR D016431[pt:noexp] OR D017065[pt:noexp]",
        ),
        ("letter[pt]", "letter[pt:noexp] OR LETTER[pt:noexp]"),
        ("clinical trial[pt:noexp]", '"clinical trial"[pt:noexp]'),
        ('"last 30 days"[edat]', "2026/03/01:[edat]"),
        ('"last 1 month"[dp]', "2026/02/28:[dp]"),
        ("english[filter]", "english[la]"),
        ("y_5[filter]", "2021/03/31:[dp]"),
        ("medline[sb]", "medline[sb]"),
        (
            "Low Fever[mh] AND NOT humans[filter]",
            '("Low Fever"[mh:noexp] OR D2[mh:noexp]) NOT humans[mh:noexp]',
        ),
    ],
)
def test_names_are_what_they_mean(text: str, means: str) -> None:
    assert meant(text) == means


def test_a_subheading_and_a_heading_are_both_exploded() -> None:
    terms = set(meant("fever/therapy[mh]").split(" OR "))

    assert {"D1/th[mh:noexp]", "D3/dt[mh:noexp]", "D2/tr[mh:noexp]"} <= terms
    assert len(terms) == 1 + 3 * 9


def test_a_publication_type_is_exploded_by_both_trees() -> None:
    terms = set(meant("clinical trial[pt]").split(" OR "))

    assert {
        "D099[pt:noexp]",
        "D016449[pt:noexp]",
        "D018848[pt:noexp]",
        "D065007[pt:noexp]",
    } <= terms


def test_a_long_query_asks_for_its_names_at_once() -> None:
    known = Known()
    query = parse(" OR ".join(f"name {n}[mh]" for n in range(200))).query
    assert query is not None

    exploded(query, known, TODAY)

    assert known.asked == 2


@pytest.mark.slow
def test_what_would_make_too_many_terms_stays_as_it_is() -> None:
    class Wide(Known):
        def narrower(self, uis: Collection[str]) -> Mapping[str, frozenset[str]]:
            below = frozenset(f"D{n}" for n in range(MOST_TERMS - 1))
            return dict.fromkeys(uis, below)

    query = parse("fever[mh] OR fever/therapy[mh] OR low fever[mh]").query
    assert query is not None

    made = exploded(query, Wide(), TODAY)

    assert len(list(leaves(made))) < MOST_TERMS + 10
    assert not_exploded(made) == (Term("fever/therapy", "mh"), Term("low fever", "mh"))
    assert not_exploded(exploded(query, Known(), TODAY)) == ()


def test_a_heading_that_nobody_knows_is_told() -> None:
    query = parse("fever/therapy[mh] AND fevre[mh] NOT unheard[majr:noexp]").query
    assert query is not None

    assert unheard(query, Known()) == (
        Term("fevre", "mh"),
        Term("unheard", "majr:noexp"),
    )


@pytest.mark.parametrize("name", sorted(filters.QUERIES))
def test_every_named_filter_is_a_query_without_problems(name: str) -> None:
    text = filters.query_of(name)
    assert text is not None
    parsed = parse(text)
    assert parsed.problems == ()
    assert parsed.query is not None

    whole = exploded(Term(name, "sb"), Known(), TODAY)

    for leaf in leaves(whole):
        if isinstance(leaf, Term) and leaf.field == "sb":
            assert filters.squashed(leaf.text) in filters.FACTS


@given(printable | hostile.map(lambda text: parse(text).query))
def test_any_query_has_a_meaning_that_can_be_printed_and_read(
    query: Query | None,
) -> None:
    if query is not None:
        whole = exploded(query, Known(), TODAY)

        assert parse(str(whole)).query is not None
        assert not_exploded(whole) == ()


def test_a_reader_finds_what_is_theirs() -> None:
    def resolve(term: Term) -> list[int]:
        return {"note": [7, 9], "saved": [], "me": [8]}[term.text]

    def answered(text: str) -> Query:
        query = parse(text).query
        assert query is not None
        return bound(query, resolve)

    assert answered("has:note") == Or((Term("7", "pmid"), Term("9", "pmid")))
    assert answered("sent:me") == Term("8", "pmid")
    assert answered("in:saved") == NOTHING
    assert str(answered("fever NOT sent:me")) == "fever NOT 8[pmid]"
    assert answered("all[sb]") == All()
    with pytest.raises(KeyError):
        answered("in:nowhere")
