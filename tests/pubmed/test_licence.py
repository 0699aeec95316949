"""A licence is named where the copyright line leaves no doubt, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.pubmed.licence import licence_address, licence_coded, licence_named


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Copyright © 2017 Ada Quillfeather et al. Under the Creative Commons"
         " Attribution License (CC BY 4.0).", "CC BY 4.0"),
        ("Licensed under a Creative Commons Attribution 4.0 International License.",
         "CC BY 4.0"),
        ("Re-use permitted under CC BY-NC. No commercial re-use.", "CC BY-NC"),
        ("the CC-BY-NC-ND license (http://creativecommons.org/licenses/by-nc-nd/4.0/).",
         "CC BY-NC-ND 4.0"),
        ("Creative Commons Attribution-NonDerivative-NonCommercial License,"
         " (https://creativecommons.org/licenses/by-nc-nd/4.0/)", "CC BY-NC-ND 4.0"),
        ("Creative Commons Attribution Non Commercial (CC BY-NC 4.0)", "CC BY-NC 4.0"),
        ("Creative Commons Attribution–NonCommercial–ShareAlike 3.0",
         "CC BY-NC-SA 3.0"),
        ("Creative Commons Attribution, Non-Commercial, and No Derivatives licence",
         "CC BY-NC-ND"),
        ("Under CC\u00a0BY\u20114.0", "CC BY 4.0"),
        ("Dedicated under CC0 1.0.", "CC0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        ("CC BY; it may be used even commercially.", "CC BY"),
    ],
)  # fmt: skip
def test_a_line_that_names_one_licence(line: str, name: str) -> None:
    assert licence_named(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "",
        "© 2026 The Authors, under exclusive licence to Merrow Press.",
        "Published under a Creative Commons licence.",
        "An open access article.",
        "Text under CC BY, figures under CC BY-NC-ND.",
        "Creative Commons Attribution 3.0; https://creativecommons.org/licenses/by/4.0/",
        "Creative Commons Attribution License, for non-commercial use only.",
        "Creative Commons Attribution License, no derivatives.",
        "This version is not available under CC BY.",
        "No longer under a Creative Commons Attribution License.",
        "Accbyrd Press CC",
        "CC BYTE",
    ],
)
def test_a_line_that_leaves_a_doubt(line: str) -> None:
    assert licence_named(line) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("cc-by", "CC BY"),
        ("CC-BY-NC-ND", "CC BY-NC-ND"),
        ("cc0", "CC0"),
        ("public-domain", "public domain"),
        ("publisher-specific-oa", None),
        ("implied-oa", None),
        ("other-oa", None),
        ("cc-by-xx", None),
        ("", None),
    ],
)
def test_a_code_is_an_open_licence_or_none(code: str, name: str | None) -> None:
    assert licence_coded(code) == name


def test_a_licence_has_an_address_where_its_version_is_known() -> None:
    address = "https://creativecommons.org/licenses/by-nc-nd/4.0/"

    assert licence_address("CC BY-NC-ND 4.0") == address
    assert (
        licence_address("CC0") == "https://creativecommons.org/publicdomain/zero/1.0/"
    )
    assert licence_address("CC BY") is None
    assert licence_address("public domain") is None


@given(st.text())
def test_any_line_is_read_without_a_fault(line: str) -> None:
    licence_named(f"creative commons attribution {line}")


def test_a_hostile_line_is_read_in_no_time() -> None:
    """Quadratic reading of a line of a million signs would be seen at once."""
    assert licence_named("creative commons " * 100_000) is None
