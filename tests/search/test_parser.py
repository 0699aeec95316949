"""What readers type, and what is understood; nothing is an error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownjournal.search.analysis import words
from ownjournal.search.atoms import MAX_TERMS
from ownjournal.search.lexer import MAX_CHARACTERS
from ownjournal.search.parser import MAX_PROBLEMS, parse
from ownjournal.search.query import FIELDS, TAGS, Query
from search.made_queries import hostile, trees

UNDERSTOOD = [
    ("fever", "fever"),
    ("yellow fever", "yellow AND fever"),
    ("treatment of fever", "treatment AND fever"),
    ("of", "of"),
    ("fever, cough.", "fever AND cough"),
    ("a AND b OR c", "(a AND b) OR c"),
    ("a OR b AND c", "(a OR b) AND c"),
    ("a AND b AND c", "a AND b AND c"),
    ("a OR (b AND c)", "a OR (b AND c)"),
    ("fever OR red eye", "fever OR (red AND eye)"),
    ("a NOT b", "a NOT b"),
    ("a AND NOT b", "a NOT b"),
    ("NOT b", "all[sb] NOT b"),
    ("a OR NOT b", "a OR (all[sb] NOT b)"),
    ("((a))", "a"),
    ('"yellow fever"', '"yellow fever"'),
    ("“yellow fever”", '"yellow fever"'),
    ('"yellow fever" or "red eye"', '"yellow fever" OR "red eye"'),
    ("fever or cough", "fever AND cough"),
    ("(fever) or cough[ti]", "fever OR cough[ti]"),
    ("fever[ti]", "fever[ti]"),
    ("fever [Title/Abstract]", "fever[tiab]"),
    ("yellow fever[ti]", "yellow[ti] AND fever[ti]"),
    ("okonfold t[au]", '"okonfold t"[au]'),
    ("Okonfold T[Author] fever", '"Okonfold T"[au] AND fever'),
    ('"Heart Failure"[Mesh]', '"Heart Failure"[mh]'),
    ("fever[all]", "fever"),
    ("arter*", "arter*"),
    ('"heart att*"[ti]', '"heart att*"[ti]'),
    ("okonf*[au]", "okonf*[au]"),
    ("2019[dp]", "2019[dp]"),
    ("2019:2021[dp]", "2019:2021[dp]"),
    ("fever 2019/06:3000[dp]", "fever AND 2019/06:[dp]"),
    (":2021[dp]", ":2021[dp]"),
    ('"2019/01/01"[dp] : "2020/12/31"[dp]', "2019/01/01:2020/12/31[dp]"),
    ("1:2[level]", "1:2[level]"),
    ("rct[design]", "rct[design]"),
    ('"heart surgery"[tiab:~3]', '"heart surgery"[tiab:~3]'),
    ("12345678", "12345678[pmid]"),
    ("12345678 23456789", "12345678[pmid] OR 23456789[pmid]"),
    ("10.99999/S0140-6736(20)30183-5", '"10.99999/S0140-6736(20)30183-5"[aid]'),
    ("(10.99999/jim.2025)", "10.99999/jim.2025[aid]"),
    ("PMC1234567", "PMC1234567[aid]"),
    ("hasabstract fever", "hasabstract[sb] AND fever"),
    ("IL 6", "(IL AND 6) OR IL6"),
    ("high IL 6 levels", "high AND ((IL AND 6) OR IL6) AND levels"),
    ("IL-6", "IL-6"),
    ('red "yellow fever" eye', 'red AND "yellow fever" AND eye'),
    ('"red eye" OR yellow fever', '"red eye" OR (yellow AND fever)'),
    ("red eye NOT yellow fever", "(red AND eye) NOT (yellow AND fever)"),
]

NOT_UNDERSTOOD = [
    ("fever AND", "fever", (6, 9), "after AND"),
    ("OR fever", "fever", (0, 2), "before OR"),
    ("fever AND OR cough", "fever OR cough", (6, 9), "after AND"),
    ("(fever", "fever", (0, 1), "never closed"),
    ("fever)", "fever", (5, 6), "never opened"),
    ("() fever", "fever", (0, 2), "between the parentheses"),
    ('"fever', "fever", (0, 1), "does not belong"),
    ("[ti] fever", "fever", (0, 4), "does not belong"),
    ("fever[zz]", "fever", (5, 9), "no field"),
    ("2024/13/45[dp]", None, (0, 10), "no date"),
    ("fever[dp]", None, (0, 5), "no date"),
    ("9[level]", None, (0, 1), "no level"),
    ("fever[pmid]", None, (0, 5), "no PMID"),
    (":[dp]", None, (0, 5), "beginning or an end"),
    ("a*", None, (0, 2), "at least 3 letters"),
    ("*", None, (0, 1), "no letter"),
    ("fe*er", '"fe er"', (0, 5), "end of a word"),
    ("!!! fever", "fever", (0, 3), "no letter"),
    ("x" * 201, None, (0, 201), "at most 200 characters"),
    ('"' + "a " * 101 + '"', None, (0, 204), "at most 100 words"),
    ('"a b c"[tiab:~2]', None, (0, 7), "two different words"),
    ('"a a"[tiab:~2]', None, (0, 5), "two different words"),
    ('"a b"[ad:~2]', None, (0, 5), "two different words"),
]


def printed(query: Query | None) -> str | None:
    return None if query is None else str(query)


@pytest.mark.parametrize(("text", "understood"), UNDERSTOOD)
def test_what_is_typed_is_understood(text: str, understood: str) -> None:
    parsed = parse(text)

    assert printed(parsed.query) == understood
    assert parsed.problems == ()


@pytest.mark.parametrize(("text", "rest", "place", "message"), NOT_UNDERSTOOD)
def test_what_is_not_understood_is_named_with_its_place(
    text: str, rest: str | None, place: tuple[int, int], message: str
) -> None:
    parsed = parse(text)

    assert printed(parsed.query) == rest
    [problem] = parsed.problems
    assert (problem.start, problem.end) == place
    assert message in problem.message


@pytest.mark.parametrize("text", ["", "  \n", "\x00"])
def test_nothing_to_search_for_is_no_query(text: str) -> None:
    assert parse(text).query is None


@given(trees)
def test_a_printed_tree_is_read_as_the_same_tree(tree: Query) -> None:
    parsed = parse(str(tree))

    assert parsed.query == tree
    assert parsed.problems == ()


@given(hostile)
@settings(max_examples=500)
def test_any_text_is_read_and_what_is_read_prints_as_itself(text: str) -> None:
    parsed = parse(text)

    for problem in parsed.problems:
        assert 0 <= problem.start < problem.end <= len(text)
    if parsed.query is None:
        assert parsed.problems or not words(text)
    else:
        assert parse(str(parsed.query)).query == parsed.query
        str(parsed.query).encode()  # so that it can be part of an address


@given(st.text(max_size=2_000))
def test_no_text_raises(text: str) -> None:
    parse(text)


def test_a_query_of_any_length_is_read_up_to_a_limit() -> None:
    parsed = parse("fever " * 40_000)

    assert parsed.query is not None
    assert "too long" in parsed.problems[-1].message
    assert parsed.problems[-1].start == MAX_CHARACTERS


def test_ten_thousand_ors_are_read_up_to_a_limit() -> None:
    text = " OR ".join(f"w{n}" for n in range(10_000))

    parsed = parse(text)

    assert str(parsed.query).count(" OR ") == MAX_TERMS - 1
    assert "more than 1,000 words" in parsed.problems[0].message


def test_a_run_of_ten_thousand_words_is_read_up_to_a_limit() -> None:
    parsed = parse("fever " * 3_000)

    assert str(parsed.query).count("fever") == MAX_TERMS
    [problem] = parsed.problems
    assert "more than 1,000 words" in problem.message


def test_a_text_that_is_no_query_has_a_limited_list_of_problems() -> None:
    assert len(parse("[" * 5_000).problems) == MAX_PROBLEMS


def test_five_hundred_parentheses_around_one_word_are_that_word() -> None:
    assert printed(parse("(" * 500 + "fever" + ")" * 500).query) == "fever"


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"(w{n} {'AND' if n % 2 else 'OR'} " for n in range(500)) + "end",
        " ".join(f"w{n} {'AND' if n % 2 else 'OR'}" for n in range(500)) + " end",
        "NOT (" * 500 + "fever",
    ],
)
def test_a_deep_query_is_read_up_to_a_limit(text: str) -> None:
    parsed = parse(text)

    assert any("too deeply" in each.message for each in parsed.problems)
    if parsed.query is not None:
        assert parse(str(parsed.query)).query == parsed.query
        hash(parsed.query)


def test_every_field_is_known_by_its_tag_and_its_other_names() -> None:
    for name, tag in TAGS.items():
        assert name == name.lower()
        assert tag in FIELDS
