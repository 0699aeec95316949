"""How many people a study studied: only where the text plainly says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.appraisal.passage import passage
from ownjournal.appraisal.sizes import LARGEST_SIZE, sample_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a total of 1,204 patients took part", 1204),
        ("we randomly assigned 310 pregnant women to rest", 310),
        ("12 345 adults were enrolled; 6 172 patients were assigned to rest", None),
        ("62 patients were randomised. of them 40 patients were treated", 62),
        ("we randomised 146 fourth year medical students", 146),
        ("this trial included 74 middle-aged women", 74),
        ("the trial was conducted in 20 healthy, inactive adults", 20),
        ("160 patients with t2d were assigned to rest", 160),
        ("of the 819 patients enrolled, 727 completed it", 819),
        ("forty-eight postmenopausal women were enrolled", 48),
        ("methods. one hundred and sixty-nine patients who took it, and had pain, were"
         " evaluated", 169),
        ("two thousand three hundred nurses responded", 2300),
        ("18 804 patients were studied", 18_804),
        ("we enrolled 80 women. an earlier study had 2,064 women", 80),
    ],
)  # fmt: skip
def test_a_number_counts_by_what_is_said_of_these_people(
    text: str, size: int | None
) -> None:
    assert sample_size(passage(text), "rct") == size


@pytest.mark.parametrize(
    "text",
    [
        "patients were randomised",
        "201 women and 199 men were included",
        "255 patients were screened",
        "after screening 255 patients, 97 were included",
        "of 147 patients treated with rest, 108 were randomised",
        "seventy-six patients were treated with rest and 80 with velotrine",
        "we surveyed 200 women at each site",
        "66 patients per centre were included",
        "the control group included 25 women",
        "in 2019 patients were included",
        "at baseline 21,673; 14,735 and 13,758 individuals were included",
        "4.5 patients were included in each bed",
        "aged 30-40 patients were included",
        "20 mg was given to patients",
        "a total of 400 eyes of patients",
        "we enrolled 80 women. 2,064 women had taken part before",
        "at least 300 patients are needed",
        "9" * 5000 + " patients were included",
        "a total of 900000000 people live there",
        "",
    ],
)
def test_where_it_is_not_plain_there_is_no_size(text: str) -> None:
    assert sample_size(passage(text), "rct") is None


@pytest.mark.parametrize(
    "text",
    [
        "we studied 237 incident cases and 239 age-matched controls",
        "237 patients (with gout) and 239 control subjects were included",
    ],
)
def test_cases_and_controls_are_added_up(text: str) -> None:
    assert sample_size(passage(text), "case-control") == 476
    assert sample_size(passage(text), "rct") != 476


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("14 trials with 8,021 participants. 12 patients were interviewed", 8021),
        ("4 trials, 12,124 patients: less. 3 trials, 20,408 patients: more", None),
        ("3 trials, 900 patients: less. 9 studies, a total of 2,100 patients", 2100),
        ("we included 8,021 participants", None),
    ],
)
def test_the_size_of_a_review_is_that_of_all_its_studies(
    text: str, size: int | None
) -> None:
    assert sample_size(passage(text), "systematic-review") == size


@given(
    st.lists(
        st.sampled_from(
            [
                *("12", "1,204", "forty", "hundred", "and", "patients", "controls"),
                *("were", "randomised", "included", "of", "a total of", ".", ";"),
            ]
        ),
        max_size=40,
    ),
    st.sampled_from(["rct", "case-control", "systematic-review"]),
)
def test_a_size_is_a_number_that_can_be(words: list[str], design: str) -> None:
    size = sample_size(passage(" ".join(words)), design)

    assert size is None or 0 < size <= 2 * LARGEST_SIZE
