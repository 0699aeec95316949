import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.articles import an_article
from ownjournal.appraisal.features import GROUPS, MOST_WORDS, terms_of
from ownjournal.appraisal.reading import reading
from ownjournal.pubmed.article import Abstract, Article, Markup, Section


def terms(**changes: object) -> set[str]:
    return terms_of(reading(an_article(**changes)))


def test_words_stand_alone_and_in_pairs_numbers_as_one_word() -> None:
    found = terms(title="Gout in 12 men", abstract=None, journal=None)

    assert found == {
        "title:gout",
        "title:in",
        "title:0",
        "title:men",
        "title:gout in",
        "title:in 0",
        "title:0 men",
        "flag:no abstract",
    }


def test_the_part_on_methods_is_told_by_its_label() -> None:
    abstract = Abstract(
        (
            Section(Markup("Gout hurts."), "AIM", "OBJECTIVE"),
            Section(Markup("They drank."), "HOW", "METHODS"),
        )
    )
    found = terms(abstract=abstract)

    assert {"methods:they drank", "abstract:they drank"} <= found
    assert "methods:gout" not in found


@pytest.mark.parametrize(
    "text",
    [
        "AIM: Gout hurts. METHODS: They drank. RESULTS: It helped.",
        "Gout hurts. Patients and methods: They drank. Main results: It helped.",
        "Gout hurts. DESIGN: They drank.",
    ],
)
def test_the_part_on_methods_is_told_by_a_heading_in_the_text(text: str) -> None:
    methods = {each for each in terms(abstract={"": text}) if "methods:" in each}

    assert methods == {"methods:they", "methods:drank", "methods:they drank"}


def test_rules_that_hold_are_flags() -> None:
    found = terms(
        title="Gout: a cohort study.", abstract={"": "We randomised 12 men to water."}
    )

    assert "flag:title/late/cohort" in found
    assert "flag:abstract/randomised/rct" in found


def test_publication_types_and_headings_are_no_features() -> None:
    assert terms(publication_types=()) == terms()


def test_a_very_long_abstract_is_read_to_a_point() -> None:
    words = " ".join(f"w{number}x" for number in range(MOST_WORDS + 50))

    found = terms(abstract={"": words})

    assert f"abstract:w{MOST_WORDS - 1}x" in found
    assert f"abstract:w{MOST_WORDS}x" not in found


@given(st.text(max_size=80), st.text(max_size=200))
def test_every_term_is_of_a_known_group(title: str, abstract: str) -> None:
    article = Article(
        pmid=1,
        title=Markup(title),
        abstract=Abstract((Section(Markup(abstract)),)),
    )
    for term in terms_of(reading(article)):
        assert term.partition(":")[0] in GROUPS
        assert "\n" not in term
