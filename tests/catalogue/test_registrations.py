import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.appraisal.registries import MOST_IN_A_TEXT
from ownjournal.catalogue.registrations import address_of_number, numbers_in
from ownjournal.pubmed.article import DataBank, Markup, Section


def numbers(text: str, *banks: DataBank) -> dict[str, str]:
    return numbers_in([Section(Markup(text))], banks)


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("NCT01234567", "https://clinicaltrials.gov/study/NCT01234567"),
        ("ISRCTN12345678", "https://www.isrctn.com/ISRCTN12345678"),
        ("ISRCTN 12345678", "https://www.isrctn.com/ISRCTN12345678"),
        (
            "CRD42019123456",
            "https://www.crd.york.ac.uk/prospero/display_record.php?ID=CRD42019123456",
        ),
        ("DRKS00012345", "https://drks.de/search/en/trial/DRKS00012345"),
        (
            "UMIN000012345",
            "https://rctportal.mhlw.go.jp/en/detail?trial_id=UMIN000012345",
        ),
    ],
)
def test_a_number_in_the_text_leads_to_its_registry(number: str, address: str) -> None:
    assert numbers(f"It was registered as {number}.") == {number: address}


def test_every_number_of_a_text_is_found() -> None:
    text = "Registered: NCT01234567, ISRCTN12345678 and <b>NCT07654321</b>."

    assert set(numbers(text)) == {"NCT01234567", "ISRCTN12345678", "NCT07654321"}


def test_what_the_record_lists_is_taken_too_and_keeps_its_bank() -> None:
    bank = DataBank("GENBANK", ("AB012345", "KM123456"))

    assert numbers("AB012345 was deposited.", bank) == {
        "AB012345": "https://www.ncbi.nlm.nih.gov/nuccore/AB012345",
        "KM123456": "https://www.ncbi.nlm.nih.gov/nuccore/KM123456",
    }


def test_a_registry_without_an_address_makes_no_link() -> None:
    assert numbers("It was registered: ChiCTR2000012345, IRCT2012345.") == {}
    assert address_of_number("ChiCTR", "ChiCTR2000012345") is None


@pytest.mark.parametrize("word", ["", "fever", "1ABC", "B", "&amp;", "</p>", "10"])
def test_what_may_be_a_word_is_no_link_in_a_text(word: str) -> None:
    assert numbers("Fever and 1ABC.", DataBank("PDB", (word,))) == {}


def test_a_text_of_nothing_but_numbers_comes_to_an_end() -> None:
    text = " ".join(f"NCT{number:08}" for number in range(500))

    assert len(numbers(text)) == MOST_IN_A_TEXT


@given(st.text(), st.sampled_from(["ISRCTN", "figshare", "EudraCT", "PDB"]))
def test_no_number_leaves_its_place_in_the_address(number: str, bank: str) -> None:
    address = address_of_number(bank, number)

    assert address is not None
    assert address.startswith("https://")
    assert not set(address) & set("\"'<> \n#&") - {"&"}
