"""What readers type, and what is understood; nothing is an error."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownjournal.search.analysis import words
from ownjournal.search.atoms import MAX_PREFIXES, MAX_RANGES, MAX_TERMS
from ownjournal.search.lexer import MAX_CHARACTERS
from ownjournal.search.parser import MAX_PROBLEMS, parse
from ownjournal.search.query import FIELDS, TAGS, Prefix, Query
from ownjournal.search.tags import field_of
from search.made_queries import hostile, printable

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
    ("gout (fever or cough)", "gout AND (fever OR cough)"),
    ("(fever and cough) or gout", "(fever AND cough) OR gout"),
    ("(fever) cough or gout", "fever AND cough AND gout"),
    ("#1 fever[ti]", "1[ti] AND fever[ti]"),
    ("fever[ti]", "fever[ti]"),
    ("fever [Title/Abstract]", "fever[tiab]"),
    ("yellow fever[ti]", "yellow[ti] AND fever[ti]"),
    ("yellow fever a[ti]", 'yellow[ti] AND "fever a"[ti]'),
    ("fever a cough[tiab]", '"fever a"[tiab] AND cough[tiab]'),
    ("fever in a bog[ti]", "fever[ti] AND bog[ti]"),
    ("fev* a[ti]", "fev*[ti]"),
    ("a fever[ti]", "fever[ti]"),
    ("a[ti]", "a[ti]"),
    ("fever a", "fever"),
    ("okonfold t[au]", "okonfold t[au]"),
    ("Okonfold T[Author] fever", "Okonfold T[au] AND fever"),
    ('"okonfold t"[au]', '"okonfold t"[au:noexp]'),
    ('"Okonfold T. A."[Author]', '"Okonfold T. A."[au:noexp]'),
    ('"okonfold"[au]', "okonfold[au]"),
    ('"theresa okonfold"[au]', '"theresa okonfold"[au]'),
    ('"okonfold t*"[au]', '"okonfold t*"[au]'),
    ("or okonfold t[au]", '"or okonfold t"[au:noexp]'),
    ('"Heart Failure"[Mesh]', '"Heart Failure"[mh]'),
    ("fever[all]", "fever[all]"),
    ("fever[Text Word]", "fever[tw]"),
    ("fever[MeSH Terms:noexp]", "fever[mh:noexp]"),
    ("fever [ mh : NoExp ]", "fever[mh:noexp]"),
    ("diagnosis[Subheading:noexp]", "diagnosis[sh:noexp]"),
    ("okonfold t[author - first]", '"okonfold t"[1au]'),
    ("okonfold t[Author-Last]", '"okonfold t"[lastau]'),
    ("2019[Date - Publication]", "2019[dp]"),
    ("2019[Date-Entry]", "2019[edat]"),
    ("clinical trial[ptyp]", '"clinical trial"[pt]'),
    ('"Fever/drug therapy"[mh]', '"Fever/drug therapy"[mh]'),
    ("fever/dt[mh]", "fever/dt[mh]"),
    ("1016-22[pg]", "1016-22[pg]"),
    ("0000-0002-1825-0097[auid]", "0000-0002-1825-0097[auid]"),
    ("fev*[mh:noexp]", "fev*[mh:noexp]"),
    ('"last 30 days"[edat]', '"last 30 days"[edat]'),
    ("Last  5  Years[dp]", '"last 5 years"[dp]'),
    ("2019/06/01:3000[edat]", "2019/06/01:[edat]"),
    ('("2019/06/01"[dp] : "3000/12/31"[dp])', "2019/06/01:3000/12/31[dp]"),
    ("has:note", "has:note"),
    ("fever (In:saved OR sent:me)", "fever AND (in:saved OR sent:me)"),
    ('in:"my list" fever', 'in:"my list" AND fever'),
    ("note[has]", "has:note"),
    ("(fever) not has:note", "fever NOT has:note"),
    ("built-in:saved", "built-in AND saved"),
    ("(fever)in:saved", "fever AND in:saved"),
    ("(Therapy/Broad[filter])", "Therapy/Broad[sb]"),
    ("free full text[sb]", '"free full text"[sb]'),
    ("(ffrft[Filter])", "ffrft[sb]"),
    ("hasabstract[text]", "hasabstract[sb]"),
    ("all[filter]", "all[sb]"),
    ('"fever cough eye"[tiab:~4]', '"fever cough eye"[tiab:~4]'),
    ('"a b c d"[Affiliation:~1]', '"a b c d"[ad:~1]'),
    (
        "NOT (Animals[Mesh] not (Animals[Mesh] and Humans[Mesh]))",
        "all[sb] NOT (Animals[mh] NOT (Animals[mh] AND Humans[mh]))",
    ),
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
    ("Medicine (Baltimore)[ta]", '"Medicine Baltimore"[ta]'),
    ("J Hand Surg [Am] [Journal] fever", '"J Hand Surg Am"[ta] AND fever'),
    ("gout AND Benzo(a)pyrene[mh]", 'gout AND "Benzo a pyrene"[mh]'),
    ("a (b) c (d) e[ta] (f)", '"a b c d e"[ta] AND f'),
    ("gout (fever OR cough)", "gout AND (fever OR cough)"),
    ("fever[ti] (cough)", "fever[ti] AND cough"),
    ("hasabstract fever", "hasabstract[sb] AND fever"),
    ("fever NOT hasRetractionIn", "fever NOT hasretractionin[sb]"),
    ("haskeyword[all]", "haskeyword[sb]"),
    ("haskeyword[ti]", "haskeyword[ti]"),
    ('"haskeyword"', '"haskeyword"'),
    ("pubstatusaheadofprint", "pubstatusaheadofprint[sb]"),
    ("indexingmethod_automated", "indexingmethod_automated[sb]"),
    ("jsubsetaim ownernasa", "jsubsetaim[sb] AND nasa[owner]"),
    ("hashish ownership", "hashish AND ownership"),
    ("hypertension/dt", "hypertension/dt"),
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
    ('"fever', "fever", (0, 1), "quotation mark has no other"),
    ("gout (cough)[ti]", "gout AND cough", (12, 16), "does not belong"),
    ("[ti] fever", "fever", (0, 4), "does not belong"),
    ('fever "gout', "fever AND gout", (6, 7), "quotation mark has no other"),
    ("] fever", "fever", (0, 1), "does not belong"),
    ("[ti fever] gout", "gout", (0, 10), "does not belong"),
    ("fever[zz]", "fever[all]", (5, 9), "no field"),
    ("fever[tiba]", "fever[all]", (5, 11), "Did you mean [tiab]?"),
    ("fever[Mesh Trems]", "fever[all]", (5, 17), "Did you mean [mh]?"),
    ("fever[ti:noexp]", "fever[all]", (5, 15), "no field"),
    ("fever[pa] cough", "cough", (0, 9), "what substances do"),
    ('"a b"[Pharmacological Action]', None, (0, 29), "what substances do"),
    ("fever full text[sb]", None, (0, 15), "no filter"),
    ("full text[sb]", None, (0, 9), "not known here"),
    ("therapy/brod[filter]", None, (0, 12), "Did you mean therapy/broad?"),
    ("last 5 fortnights[dp]", None, (0, 17), "no date"),
    ("#1 AND fever", "fever", (0, 2), "write it out"),
    ("fever pubstatusnihms", "fever", (6, 20), "is a command"),
    ("fever OR a*", "fever", (9, 11), "at least 3 letters"),
    ("a* OR fever", "fever", (0, 2), "at least 3 letters"),
    ("fever OR a* OR cough", "fever OR cough", (9, 11), "at least 3 letters"),
    ("(a*) AND fever", "fever", (1, 3), "at least 3 letters"),
    ("fever NOT a* AND cough", "fever AND cough", (10, 12), "at least 3 letters"),
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
    ('"a b c"[tiab:~5]', None, (0, 7), "three can have at most four"),
    ('"a b c d"[tiab:~2]', None, (0, 9), "four one"),
    ('"a a"[tiab:~2]', None, (0, 5), "different words"),
    ('"a b"[ot:~2]', None, (0, 5), "[ti], [tiab] or [ad]"),
    ('"a b"[au:~2]', None, (0, 5), "[ti], [tiab] or [ad]"),
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


@pytest.mark.parametrize("text", ['"\N{BULLET}chea*"', "\N{BULLET}chea*", "chea*"])
def test_signs_before_a_word_with_a_star_do_not_count(text: str) -> None:
    parsed = parse(text)

    assert parsed.query == parse(str(parsed.query)).query == Prefix("chea")


@given(printable)
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


def test_a_thousand_dates_are_read_up_to_a_limit() -> None:
    ranges = [
        f"{year}/{month:02}[dp]" for year in range(1900, 1984) for month in (3, 5)
    ]

    parsed = parse(" OR ".join(ranges))

    assert str(parsed.query).count("[dp]") == MAX_RANGES
    assert "first 50 dates" in parsed.problems[0].message


def test_a_thousand_words_with_a_star_are_read_up_to_a_limit() -> None:
    parsed = parse(" OR ".join(f"word{n}*" for n in range(300)))

    assert str(parsed.query).count("*") == MAX_PREFIXES
    assert "first 150 words with a *" in parsed.problems[0].message


def test_many_words_near_each_other_are_read_up_to_a_limit() -> None:
    near = [f'"w{n} a b"[tiab:~4]' for n in range(10)]
    pairs = [f'"w{n} a"[tiab:~900]' for n in range(10)]

    parsed = parse(" OR ".join([*pairs, *near]))

    assert str(parsed.query).count(":~4") == 2
    assert str(parsed.query).count(":~900") == 10
    assert "Too many words near" in parsed.problems[0].message


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
        assert field_of(f" {name.title()} ") == FIELDS[tag]


PUBMEDS = """
Affiliation [AD] All Fields [ALL] Article Identifier [AID] Author [AU] Author
Identifier [AUID] Completion Date [DCOM] Conflict of Interest Statement [COIS]
Corporate Author [CN] Create Date [CRDT] EC/RN Number [RN] Editor [ED] Entry Date
[EDAT] Filter [FILTER] First Author Name [1AU] Full Author Name [FAU] Full
Investigator Name [FIR] Grants and Funding [GR] Investigator [IR] ISBN [ISBN] Issue
[IP] Journal [TA] Language [LA] Last Author Name [LASTAU] Location ID [LID] MeSH Date
[MHDA] MeSH Major Topic [MAJR] MeSH Subheadings [SH] MeSH Terms [MH] Modification Date
[LR] NLM Unique ID [JID] Other Term [OT] Pagination [PG] Personal Name as Subject [PS]
Place of Publication [PL] PMID [PMID] Publication Date [DP] Publication Type [PT]
Publisher [PUBN] Secondary Source ID [SI] Subset [SB] Supplementary Concept [NM] Text
Words [TW] Title [TI] Title/Abstract [TIAB] Transliterated Title [TT] Volume [VI]
"""


def test_every_tag_and_name_of_pubmeds_is_known() -> None:
    pairs = re.findall(r"([^\[\]]+) \[(\w+)\]", " ".join(PUBMEDS.split()))

    assert len(pairs) == 46
    for name, tag in pairs:
        found = field_of(name)
        assert found is not None, name
        assert found == field_of(tag), name


def test_a_title_in_brackets_is_words() -> None:
    parsed = parse("[Fever, falls and bogs]. gout")

    assert parsed.problems == ()
    assert str(parsed.query) == "Fever AND falls AND bogs AND gout"
