"""Forms that mean the same word."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.search.inflection import variants

TOGETHER = [
    ("fever", "fevers"),
    ("artery", "arteries"),
    ("tumour", "tumours", "tumor", "tumors"),
    ("diagnosis", "diagnoses"),
    ("metastasis", "metastases"),
    ("bacterium", "bacteria"),
    ("criterion", "criteria"),
    ("thrombus", "thrombi"),
    ("vertebra", "vertebrae"),
    ("carcinoma", "carcinomas", "carcinomata"),
    ("index", "indices", "indexes"),
    ("biopsy", "biopsies"),
    ("treat", "treated", "treating", "treats"),
    ("use", "uses", "using"),
    ("stop", "stopped", "stopping"),
    ("study", "studied", "studies"),
    ("child", "children"),
    ("woman", "women"),
    ("anaemia", "anemia"),
    ("haemorrhage", "hemorrhage", "haemorrhages", "hemorrhages"),
    ("oedema", "edema"),
    ("oesophagus", "esophagus"),
    ("oestrogen", "estrogen"),
    ("paediatric", "pediatric"),
    ("ischaemic", "ischemic"),
    ("diarrhoea", "diarrhea"),
    ("randomised", "randomized"),
    ("hospitalisation", "hospitalization"),
    ("sulphate", "sulfate"),
    ("fibre", "fibres", "fiber", "fibers"),
]
APART = [
    ("organ", "organism"),
    ("general", "generic"),
    ("ion", "ia"),
    ("virus", "viru"),
    ("seed", "see"),
    ("being", "bee"),
    ("need", "ne"),
    ("king", "k"),
]


@pytest.mark.parametrize("forms", TOGETHER)
def test_each_form_stands_for_the_others(forms: tuple[str, ...]) -> None:
    for one, other in permutations(forms, 2):
        assert other in variants(one), (one, other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert other not in variants(one)


@given(st.text())
def test_the_word_itself_comes_first_and_forms_are_few(word: str) -> None:
    found = variants(word)

    assert found[0] == word
    assert len(found) == len(set(found)) <= 60


@pytest.mark.parametrize("word", ["6", "il6", "of", "患者", "naïve"])
def test_numbers_and_short_words_stand_for_themselves(word: str) -> None:
    assert variants(word) == (word,)
