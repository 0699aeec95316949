"""Codes of facts, made of records and of what readers type."""

import re

import pytest

from ownjournal.search.codes import (
    codes_of,
    funders,
    grants,
    heading,
    patterns_of,
    person,
)


@pytest.mark.parametrize(
    ("text", "tag", "code"),
    [
        ("Heart Failure", "mh", "mh:heart_failure"),
        ("D006333/Drug Therapy", "mh:noexp", "mh:d006333/dt"),
        ("Fever/nothing such", "mh", "mh:fever/nothing_such"),
        ("statistics and numerical data", "sh", "sh:sn"),
        ("https://doi.org/10.99999/A.1", "aid", "aid:10.99999/a.1"),
        ("DOI:10.99999/A.1", "lid", "aid:10.99999/a.1"),
        ("https://orcid.org/0000-0002-1825-009X", "auid", "auid:000000021825009x"),
        ("orcid 0000-0002-1825-009X", "auid", "auid:000000021825009x"),
        ("ORCID: 0000-0002-1825-009X", "auid", "auid:000000021825009x"),
        ("9999-0001", "is", "ta:9999_0001"),
        ("S12-S20", "pg", "pg:s12"),
        ("EC 1.1.1.1", "rn", "rn:1.1.1.1"),
        ("LM-05545", "gr", "gr:lm05545"),
        ("978-0-306-40615-7", "isbn", "isbn:9780306406157"),
        ("Slovenian", "la", "la:slv"),
        ("French", "la", "la:fre"),
        ("Latvian", "la", "la:lav"),
        ("malay", "la", "la:may"),
        ("Okonfold T. A.", "au", "au:okonfold_ta"),
        ("De La Merrow O", "au", "au:de_la_merrow_o"),
        ("has abstract", "sb", "sb:hasabstract"),
    ],
)
def test_a_value_is_kept_and_asked_for_by_one_code(
    text: str, tag: str, code: str
) -> None:
    assert codes_of(text, tag) == (code,)


def test_a_grant_is_found_by_its_parts() -> None:
    assert codes_of("R01 LM-05545", "gr") == ("gr:r01_lm05545", "gr:r01lm05545")
    assert set(grants("R01 LM-05545")) == {
        *("r01_lm05545", "r01lm05545", "r01", "lm05545")
    }
    assert set(funders("NCI NIH HHS")) == {
        *("nci_nih_hhs", "nci", "nih", "hhs", "nci_nih", "nih_hhs")
    }
    assert "intramural_nih" in funders("Intramural NIH HHS")
    assert funders("Merrow Bog Trust") == ("merrow_bog_trust",)


def test_a_number_is_found_with_and_without_its_bank() -> None:
    assert set(codes_of("ClinicalTrials.gov/NCT99999999", "si")) == {
        "si:clinicaltrials.gov/nct99999999",
        "si:nct99999999",
    }


def test_a_slash_belongs_to_a_heading_that_has_no_such_subheading() -> None:
    assert heading("Fever/drug therapy") == ("Fever", "dt")
    assert heading("and/or") == ("and/or", None)
    assert heading("/dt") == ("/dt", None)


def found(text: str, tag: str, code: str, *, begins: bool = False) -> bool:
    patterns = patterns_of(text, tag, begins=begins)
    return any(re.fullmatch(pattern, code) for pattern in patterns)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("merrow", True),
        ("Merrow A", True),
        ("Merrow A. B.", True),
        ("Merrow ABC", False),
        ("Merrow B", False),
        ("Mer", False),
        ("Merrow Ada", False),
    ],
)
def test_initials_may_be_left_out_from_the_end(text: str, yes: bool) -> None:
    assert found(text, "1au", f"1au:{person('Merrow', 'AB')}") is yes


def test_a_last_name_of_several_words_is_not_taken_for_initials() -> None:
    code = f"lastau:{person('de la Merrow', 'O')}"

    assert found("de la merrow", "lastau", code)
    assert found("de la merrow o", "lastau", code)
    assert not found("de la", "lastau", code)
    assert found("de la mer", "lastau", code, begins=True)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Quill Ada", True),
        ("Quill, Ada B", True),
        ("ada b quill", True),
        ("ada quill", True),
        ("Quill", True),
        ("Quill Adam", False),
        ("Qu Ada", False),
        ("quill ada bea", False),
    ],
)
def test_a_full_name_may_be_written_in_both_orders(text: str, yes: bool) -> None:
    assert found(text, "fau", f"fau:{person('Quill', 'Ada B')}") is yes


def test_the_last_word_of_a_name_may_be_the_beginning_of_one() -> None:
    code = f"fau:{person('Quill', 'Ada B')}"

    for text in ("quill ad", "qui", "quill ada b"):
        assert found(text, "fau", code, begins=True)
    assert not found("quill ad", "fau", code)
    assert not found("quill ba", "fau", code, begins=True)


def test_a_text_that_is_no_name_has_no_patterns() -> None:
    assert patterns_of("_", "1au") == ()
    assert patterns_of("a b c d e f g h i", "fau") == ()
    assert patterns_of(" ".join(["longwinded"] * 8), "fau") == ()
    assert patterns_of("Theresa Ann Okonfold de la Merrow", "fau")
    assert patterns_of("fever", "mh") == ()
    assert not found("a.b", "1au", "1au:axb")
