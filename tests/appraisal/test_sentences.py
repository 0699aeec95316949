import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.appraisal.sentences import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ()),
        ("   ", ()),
        ("Gout", ("Gout",)),
        ("Gout hurts. It passes.", ("Gout hurts.", "It passes.")),
        ("Does it hurt? Yes! It does.", ("Does it hurt?", "Yes!", "It does.")),
        (
            "Velotrine vs. Placebo was tested. It won.",
            ("Velotrine vs. Placebo was tested.", "It won."),
        ),
        ("Some drugs, e.g. Velotrine, help.", ("Some drugs, e.g. Velotrine, help.",)),
        ("Fluids i.v. Ringer were given.", ("Fluids i.v. Ringer were given.",)),
        ("It fell (P < .05). It rose.", ("It fell (P < .05).", "It rose.")),
        ("It was 3.5 mg. It rose.", ("It was 3.5 mg.", "It rose.")),
        ("Infection with E. Merrowi is rare.", ("Infection with E. Merrowi is rare.",)),
        ("Like J. Quillfeather we ask.", ("Like J. Quillfeather we ask.",)),
        ("Nine were in group A. We asked.", ("Nine were in group A.", "We asked.")),
        ("See Fig. 2 for more. It rose.", ("See Fig. 2 for more.", "It rose.")),
        ("As Merrow et al. Said, i.e. Rest.", ("As Merrow et al. Said, i.e. Rest.",)),
        (
            "It rose.Registration: NCT00000000.",
            ("It rose.", "Registration: NCT00000000."),
        ),
        ("In ward No. 5 of 9. It rose.", ("In ward No. 5 of 9.", "It rose.")),
        ("It rose. 41 women fell.", ("It rose.", "41 women fell.")),
        ("pain fell. weight rose.", ("pain fell. weight rose.",)),
        ("It rose.\nÉtude two fell.", ("It rose.", "Étude two fell.")),
        ('He said "no." She left.', ('He said "no."', "She left.")),
    ],
)
def test_sentences_end_where_a_reader_sees_them_end(
    text: str, sentences: tuple[str, ...]
) -> None:
    assert sentences_of(text) == sentences


@given(st.text(alphabet='AbC .!?\n"1(vs', max_size=60))
def test_sentences_are_pieces_of_the_text_in_order(text: str) -> None:
    place = 0
    for each in sentences_of(text):
        found = text.find(each, place)
        assert found >= place
        assert not text[place:found].strip()
        place = found + len(each)
    assert not text[place:].strip()
