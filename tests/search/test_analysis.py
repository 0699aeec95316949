"""How text becomes terms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.search.analysis import (
    CODES,
    MAX_SPELLINGS,
    WORDS,
    code,
    fold,
    identifier,
    source_id,
    spellings,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fever, and a cough.", ("fever", "and", "a", "cough")),
        ("IL-6/IL6", ("il", "6", "il6")),
        ("naïve Müller Ångström", ("naive", "muller", "angstrom")),
        ("TNF-α and β2", ("tnf", "alpha", "and", "beta", "2")),
        ("5 µg \u00b5m \u2126", ("5", "mu", "g", "mu", "m", "omega")),
        ("cof\u00adfee ze\u200bro", ("coffee", "zero")),
        ("CO\u2082", ("co2",)),
        ("患者 ﬁne", ("患者", "fine")),
        ("half \ud800 a character", ("half", "a", "character")),
        ("…—!", ()),
    ],
)
def test_text_is_cut_and_folded(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@given(st.text())
def test_one_text_in_two_encodings_has_the_same_terms(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert words(composed) == words(unicodedata.normalize("NFD", text))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "typed", "others"),
    [
        ("fever", ("fever",), []),
        ("IL-6", ("il", "6"), [("il6",)]),
        ("IL6", ("il6",), [("il", "6")]),
        ("meta-analysis", ("meta", "analysis"), [("metaanalysis",)]),
        ("Crohn's", ("crohn", "s"), [("crohns",)]),
        ("TNF-α", ("tnf", "alpha"), [("tnfalpha",)]),
        ("tnfalpha", ("tnfalpha",), [("tnf", "alpha")]),
        ("0.05", ("0", "05"), []),
        ("IL-6 rose", ("il", "6", "rose"), [("il6", "rose")]),
    ],
)
def test_a_text_stands_for_all_its_spellings(
    text: str, typed: tuple[str, ...], others: list[tuple[str, ...]]
) -> None:
    found = spellings(text)

    assert found[0] == typed
    assert sorted(found[1:]) == sorted(others)


@pytest.mark.parametrize("one", ["NF-κB", "NF-kappaB", "NFkappaB", "nf kappa-b"])
def test_a_greek_letter_is_found_however_it_is_written(one: str) -> None:
    assert {("nf", "kappa", "b"), ("nf", "kappab")} <= set(spellings(one))


@given(st.text(alphabet="a1-β b/", max_size=40))
def test_spellings_are_few_and_all_of_the_same_letters(text: str) -> None:
    found = spellings(text)

    assert len(found) <= MAX_SPELLINGS
    assert len({"".join(way) for way in found}) <= 1
    assert bool(found) == bool(words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Heart Failure", "heart_failure"),
        ("heart-failure", "heart_failure"),
        ("Receptors, N-Methyl-D-Aspartate", "receptors_n_methyl_d_aspartate"),
        ("N. Engl. J. Med.", "n_engl_j_med"),
        ("O'Brien", "obrien"),
        ("van der Müller", "van_der_muller"),
        ("Łukasz", "lukasz"),
        ("TGF-β", "tgf_beta"),
        ("eng", "eng"),
        ("J Hand Surg [Am]", "j_hand_surg_am"),
        ("Benzo(a)pyrene", "benzo_a_pyrene"),
        ("GeneReviews®", "genereviews"),
        ("Health & Place", "health_place"),
        ("health_&_place", "health_place"),
        (" - ", ""),
        ("(&)", ""),
    ],
)
def test_a_name_is_one_code(text: str, expected: str) -> None:
    assert code(text) == expected
    assert code(expected) == expected


def test_an_identifier_keeps_its_punctuation() -> None:
    assert identifier(" 10.99999/JIM.(2025)-1 ") == "10.99999/jim.(2025)-1"


@given(st.text())
def test_a_code_is_one_term_or_none(text: str) -> None:
    for made in (code(text), identifier(text)):
        assert CODES.analyze(made) == ([made] if made else [])


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_documents_and_queries_are_cut_alike(text: str) -> None:
    assert words(text) == tuple(WORDS.analyze(fold(text)))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("NCT01234567", "nct01234567"),
        ("ISRCTN 12345678", "isrctn12345678"),
        ("EudraCT number: 2010-012345-12", "2010-012345-12"),
        ("2010-012345-12", "2010-012345-12"),
        ("JPRN-UMIN000001234", "umin000001234"),
        ("JPRN", "jprn"),
        ("EudraCT", "eudract"),
        ("CTRI/2018/01/011234", "ctri/2018/01/011234"),
        ("", ""),
    ],
)
def test_a_number_of_a_trial_is_one_term_without_its_registry(
    text: str, term: str
) -> None:
    assert source_id(text) == term
