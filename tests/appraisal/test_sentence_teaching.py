from datetime import date

import pytest

from made.articles import an_article
from ownjournal.appraisal.digest import digest
from ownjournal.appraisal.model import SparseModel
from ownjournal.appraisal.sentence_teaching import (
    BELIEVED,
    CLASSES,
    KIND,
    examples,
    taught,
)
from ownjournal.appraisal.training import TooFew
from ownjournal.pubmed.article import Article

THINGS = ("gout", "cough", "fever", "pain", "sleep", "falls", "rash")


def a_lesson(number: int) -> Article:
    thing = THINGS[number % len(THINGS)]
    return an_article(
        pmid=1000 + number,
        abstract={
            "BACKGROUND": f"Much {thing} is common. We aimed to study {thing}.",
            "METHODS": f"Women with {thing} were asked for {number} days.",
            "RESULTS": f"Of all, {number}% had less {thing} (p < .05). Others did not.",
            "CONCLUSIONS": f"These results suggest that rest may help {thing}.",
        },
    )


@pytest.fixture(scope="module")
def model() -> SparseModel:
    return taught((a_lesson(each) for each in range(150)), today=date(2026, 11, 25))


def test_the_sections_label_their_sentences() -> None:
    labels = [each.label for each in examples([a_lesson(3)])]

    assert labels == [None, "aim", None, "result", "result", "conclusion"]


def test_an_abstract_without_results_or_conclusions_teaches_nothing() -> None:
    running = an_article(abstract="We aimed at rest. It helps.")
    half = an_article(abstract={"RESULTS": "Pain fell."})

    assert list(examples([running, half, an_article(abstract=None)])) == []


def test_a_registration_teaches_nothing() -> None:
    told = "Rest helps. Trial registration: NCT00000000."
    article = an_article(abstract={"RESULTS": "Pain fell.", "CONCLUSIONS": told})

    assert [each.label for each in examples([article])] == ["result", "conclusion"]


def test_too_few_abstracts_are_refused() -> None:
    with pytest.raises(TooFew):
        taught([a_lesson(1)], today=date(2026, 11, 25))


def test_the_model_knows_the_roles(model: SparseModel) -> None:
    assert set(model.classes) == CLASSES
    assert model.card.kind == KIND
    assert model.thresholds.tolist() == pytest.approx([BELIEVED] * 3)


RUNNING = (
    "Much croup is common. We aimed to study croup."
    " Of all, 9% had less croup (p < .05)."
    " These results suggest that rest may help croup. All were paid."
    " Trial registration: NCT00000000."
)


def test_running_text_gives_all_three_parts_once_a_model_is_there(
    model: SparseModel,
) -> None:
    parts = [
        (each.role, each.text) for each in digest(an_article(abstract=RUNNING), model)
    ]

    assert parts == [
        ("aim", "We aimed to study croup."),
        ("result", "Of all, 9% had less croup (p < .05)."),
        ("conclusion", "These results suggest that rest may help croup."),
    ]


@pytest.mark.parametrize(
    "abstract",
    [
        "Gout.",
        "NCT00000000. ISRCTN00000000. PROSPERO CRD42020000000.",
        "La goutte fait mal. Le repos aide.",
        "La goutte fait mal sans fin " * 4_000,
        "Rest. " * 20_000,
        "<p>Gout</p> <b>hurts.</b> <script>It</script> passes.",
    ],
)
def test_odd_abstracts_give_what_the_rules_give(
    model: SparseModel, abstract: str
) -> None:
    article = an_article(abstract=abstract)

    assert digest(article, model) == digest(article)


def test_sections_say_more_than_any_model(model: SparseModel) -> None:
    assert digest(a_lesson(5), model) == digest(a_lesson(5))
