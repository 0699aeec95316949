import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.articles import an_article
from ownjournal.appraisal.digest import DigestPart, conclusion_of, digest
from ownjournal.pubmed.article import Abstract, Article, Markup, Section
from ownjournal.pubmed.markup import plain
from ownjournal.pubmed.records import read_records


def roles(article: Article) -> list[tuple[str, str]]:
    return [(part.role, part.text) for part in digest(article)]


def spaced(text: str) -> str:
    """With one space wherever there is any."""
    return " ".join(text.split())


STRUCTURED = {
    "BACKGROUND": "Gout hurts. We sought to learn whether velotrine helps.",
    "METHODS": "Women were randomised.",
    "RESULTS": "Two withdrew. Pain fell by 3 points (95% CI 1 to 5). Sleep did not.",
    "CONCLUSIONS": "Velotrine helps. However, it is dear. More trials are needed.",
}


def test_a_structured_abstract_gives_aim_result_and_conclusion() -> None:
    assert roles(an_article(abstract=STRUCTURED)) == [
        ("aim", "We sought to learn whether velotrine helps."),
        ("result", "Pain fell by 3 points (95% CI 1 to 5)."),
        ("conclusion", "Velotrine helps. However, it is dear."),
    ]


def test_a_section_for_the_aim_comes_before_the_background() -> None:
    sections = {"AIM": "To test velotrine. And rest.", **STRUCTURED}

    assert roles(an_article(abstract=sections))[0] == ("aim", "To test velotrine.")


@pytest.mark.parametrize(
    "background",
    [
        "Much is sold. The aim was to test rest.",
        "We tested rest. We also tested sleep.",
    ],
)
def test_the_main_aim_is_told(background: str) -> None:
    """PMID 17013429 begins its objectives with what is known, 28222742 adds more."""
    told = background.split(". ")
    aim = told[1] if "aim" in told[1] else told[0] + "."

    for label in ("OBJECTIVE", "BACKGROUND"):
        article = an_article(abstract={label: background, "RESULTS": "Pain fell."})
        assert roles(article)[0] == ("aim", aim)


def test_the_primary_outcome_is_the_main_result() -> None:
    results = "Sleep rose 9% (95% CI 1% to 17%). The primary outcome did not differ."

    assert roles(an_article(abstract={"RESULTS": results})) == [
        ("result", "The primary outcome did not differ.")
    ]


@pytest.mark.parametrize(
    "definition",
    [
        "The primary outcome was number of falls avoided per person treated.",
        "The primary outcome was a 50% fall in pain at 12 weeks.",
        "Our main secondary outcome measures were pain, sleep and 30-day mortality.",
        "Primary endpoint: death from any cause.",
        "The co-primary end points (pain and sleep) included falls.",
    ],
)
def test_what_an_outcome_was_is_no_result(definition: str) -> None:
    """PMID 17479165 and others under METHODS AND RESULTS."""
    told = f"{definition} Forty women rested."

    assert roles(an_article(abstract={"RESULTS": told})) == [
        ("result", "Forty women rested.")
    ]
    assert roles(an_article(abstract={"RESULTS": definition, "CONCLUSION": "Rest."}))[
        0
    ] == ("conclusion", "Rest.")


@pytest.mark.parametrize(
    "result",
    [
        "The primary outcome was met.",
        "The primary outcome was significantly lower with rest.",
        "The primary outcome (falls) was 12% with rest and 15% without.",
        "The primary outcome was death, which occurred in 9 women.",
        "The primary end point was a fall: 9 of 20 women and 12 of 20.",
    ],
)
def test_an_outcome_with_what_became_of_it_is_the_result(result: str) -> None:
    told = f"Sleep rose 9% (95% CI 1% to 17%). {result}"

    assert roles(an_article(abstract={"RESULTS": told})) == [("result", result)]


def test_a_finding_comes_before_a_count_of_the_people() -> None:
    told = "We asked 149 nurses in primary care. Sleep was better after rest."

    assert roles(an_article(abstract={"RESULTS": told})) == [
        ("result", "Sleep was better after rest.")
    ]


def test_a_sentence_that_leans_on_another_is_not_shown_before_it() -> None:
    """PMID 22510240."""
    for begun in ("However", "In contrast", "By contrast", "Additionally"):
        told = f"Pain fell by 3 points. {begun}, sleep fell by 3 to 4 hours."

        assert roles(an_article(abstract={"RESULTS": told})) == [
            ("result", "Pain fell by 3 points.")
        ]


def test_a_list_of_outcomes_holds_no_result() -> None:
    measures = Section(
        Markup("Pain at 9 weeks; 20% or 30% less."), "MAIN OUTCOME MEASURES", None
    )
    results = Section(Markup("Pain fell."), "OUTCOMES", None)

    assert roles(an_article(abstract=Abstract((measures, results)))) == [
        ("result", "Pain fell.")
    ]


def test_a_label_serves_where_nlm_gives_no_category() -> None:
    section = Section(Markup("Rest is best."), "AUTHORS' CONCLUSIONS", "UNASSIGNED")
    article = an_article(abstract=Abstract((section,)))

    assert roles(article) == [("conclusion", "Rest is best.")]


@pytest.mark.parametrize(
    "registration",
    [
        "Trial registration: ClinicalTrials.gov NCT00000000.",
        "This trial was registered as ISRCTN00000000.",
        "PROSPERO registration number CRD42020000000.",
        "Funded by the Merrow Fund.",
    ],
)
def test_a_registration_is_never_the_conclusion(registration: str) -> None:
    structured = {"RESULTS": "Pain fell.", "CONCLUSIONS": f"Rest. {registration}"}
    running = f"We gave rest. Pain fell. {registration}"

    assert roles(an_article(abstract=structured))[-1] == ("conclusion", "Rest.")
    assert roles(an_article(abstract=running))[-1] == ("closing", "Pain fell.")


def test_a_section_that_registers_the_trial_is_left_out() -> None:
    """NLM files "Trial registration" under BACKGROUND or CONCLUSIONS."""
    sections = (
        Section(Markup("Rest is best."), "CONCLUSIONS", "CONCLUSIONS"),
        Section(Markup("See the registry."), "TRIAL REGISTRATION", "CONCLUSIONS"),
    )

    assert roles(an_article(abstract=Abstract(sections))) == [
        ("conclusion", "Rest is best.")
    ]


def test_a_conclusion_comes_before_discussion_and_limitations() -> None:
    """PMIDs 20149235 and 15968009; 38060453 lacks a space, 23555624 has an address."""
    told = "Rest (http://merrow.test) helps.Registration number: NCT00000000."
    sections = (
        Section(Markup("Pain fell."), "RESULTS AND DISCUSSION", None),
        Section(Markup("Much was said."), "DISCUSSION", "CONCLUSIONS"),
        Section(Markup("Few were asked."), "LIMITATIONS", "CONCLUSIONS"),
        Section(Markup(told), "CONCLUSIONS", "CONCLUSIONS"),
    )

    assert roles(an_article(abstract=Abstract(sections))) == [
        ("result", "Pain fell."),
        ("conclusion", "Rest (http://merrow.test) helps."),
    ]
    assert roles(an_article(abstract=Abstract(sections[:2])))[-1] == (
        "conclusion",
        "Much was said.",
    )


def test_running_text_gives_its_opening_and_its_closing() -> None:
    text = "Gout hurts. Forty women rested. We conclude that rest helps. All were paid."

    assert roles(an_article(abstract=text)) == [
        ("opening", "Gout hurts."),
        ("closing", "We conclude that rest helps."),
    ]


def test_the_last_sentence_about_the_study_is_the_closing() -> None:
    text = ("It hurts.", "Rest helps.", "The code is available at https://merrow.test.")

    assert conclusion_of(text) == 1


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (an_article(abstract=None), []),
        (an_article(abstract=Abstract()), []),
        (an_article(abstract=""), []),
        (an_article(abstract="Gout."), [("opening", "Gout.")]),
        (an_article(abstract="Gout"), [("opening", "Gout")]),
    ],
)
def test_little_text_gives_a_little_digest(
    article: Article, expected: list[tuple[str, str]]
) -> None:
    assert roles(article) == expected


def test_markup_is_read_as_plain_text() -> None:
    article = an_article(abstract={"RESULTS": "CO<sub>2</sub> fell; p &lt; .05."})

    assert digest(article) == (DigestPart("result", "CO2 fell; p < .05."),)


def test_an_abstract_as_long_as_a_book_is_cut_short() -> None:
    assert len(digest(an_article(abstract="Gout hurts. " * 10_000))) == 2


@given(
    st.dictionaries(
        st.sampled_from(["AIM", "METHODS", "RESULTS", "CONCLUSIONS", "FUNDING", "X"]),
        st.text(alphabet="Wea 9%.CI(n", max_size=80),
        max_size=5,
    )
)
def test_every_part_stands_in_the_abstract_word_for_word(
    sections: dict[str, str],
) -> None:
    article = an_article(abstract=sections)
    parts = digest(article)

    assert len({part.role for part in parts}) == len(parts)
    for part in parts:
        assert part.text
        assert any(spaced(part.text) in spaced(text) for text in sections.values())


@pytest.mark.slow
def test_digests_of_real_abstracts_are_verbatim(shared_data: Path) -> None:
    with gzip.open(shared_data / "demo" / "demo_ccby.xml.gz") as file:
        articles = [each for each in read_records(file) if isinstance(each, Article)]

    for article in articles:
        assert article.abstract is not None
        texts = [plain(section.text) for section in article.abstract.sections]
        whole = spaced(" ".join(texts))
        parts = digest(article)
        assert parts
        assert all(spaced(part.text) in whole for part in parts)
