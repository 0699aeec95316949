import numpy as np
import pytest

from made.articles import an_article
from ownjournal.appraisal.choosing import PRECISION, told_words
from ownjournal.appraisal.judge import judge, judge_all
from ownjournal.appraisal.model import Card, Models, SparseModel
from ownjournal.pubmed.article import Article

CARD = Card("designs", "2026-11-25", {}, {}, {}, sha256="3f2a9c1b" * 8)


def a_model(score: float = 3.0, threshold: float = 0.5) -> Models:
    """Whoever followed people did a cohort study: log-odds of `score`."""
    return Models(
        SparseModel(
            card=CARD,
            classes=("cohort", "review"),
            position={"abstract:followed": 0, "abstract:they followed": 1},
            rarity=np.ones(2, np.float32),
            group=np.zeros(2, np.int32),
            weights=np.array([[score + 9, 0], [1, 0]], np.float32),
            bias=np.array([-10, -9], np.float32),
            thresholds=np.array([threshold, threshold], np.float32),
        )
    )


def article(title: str = "Gout.", abstract: str = "They followed it.") -> Article:
    return an_article(title=title, abstract={"": abstract})


def test_a_sure_rule_is_not_asked_of_the_model() -> None:
    trial = article("Gout: a randomised controlled trial.")

    appraisal = judge(trial, a_model(9))

    assert (appraisal.design, appraisal.design_source) == ("rct", "title")
    assert appraisal.design_probability == PRECISION["sure"]["rct"]
    assert appraisal.model == "designs-3f2a9c1b"


def test_what_no_rule_knows_the_model_tells_with_its_words() -> None:
    appraisal = judge(article(), a_model(3))

    assert (appraisal.design, appraisal.design_source) == ("cohort", "model")
    assert appraisal.design_probability == pytest.approx(0.953, abs=0.001)
    assert appraisal.design_reason == (
        "Likely a cohort study (95 %): it reads like one, most by these words:"
        " followed."
    )


def test_below_its_threshold_the_model_says_nothing() -> None:
    appraisal = judge(article(), a_model(-1))

    assert appraisal.design == "unclear"
    assert appraisal.design_probability is None


def test_without_a_model_the_rules_speak_alone() -> None:
    appraisal = judge(article())

    assert (appraisal.design, appraisal.model) == ("unclear", None)


@pytest.mark.parametrize(
    ("named", "score", "design", "source"),
    [
        ("An observational study of gout.", 0.1, "observational", "abstract"),
        ("An observational study of gout.", 6.0, "cohort", "model"),
        ("A case-control study of gout.", 6.0, "case-control", "abstract"),
    ],
)
def test_of_a_weaker_rule_and_the_model_the_more_probable_stands(
    named: str, score: float, design: str, source: str
) -> None:
    """A rule is right in 58 of 100 where it says observational; a firm one stays."""
    appraisal = judge(article(abstract=f"They followed it. {named}"), a_model(score))

    assert (appraisal.design, appraisal.design_source) == (design, source)


def test_where_both_agree_the_words_of_the_rule_stand() -> None:
    cohort = article(abstract="They followed it. A cohort study of gout.")

    appraisal = judge(cohort, a_model(6))

    assert (appraisal.design, appraisal.design_source) == ("cohort", "abstract")
    assert appraisal.design_probability == pytest.approx(0.998, abs=0.001)
    assert "(99 %): the abstract says" in appraisal.design_reason


def test_less_than_likely_is_told_as_perhaps() -> None:
    reason = judge(article(), a_model(0)).design_reason

    assert reason.startswith("Perhaps a cohort study (50 %)")


def test_many_are_judged_as_one_by_one() -> None:
    articles = [
        article(),
        article("Gout: a randomised trial."),
        an_article(title=None, abstract=None),
        article(abstract="Nothing."),
    ]
    models = a_model()

    assert judge_all(articles, models) == [judge(each, models) for each in articles]
    assert judge_all([], models) == []


def test_words_are_told_once_and_no_flags() -> None:
    terms = ("flag:journal/1", "abstract:of the", "title:was followed")
    more = ("abstract:followed", "methods:hazard ratio", "title:years", "title:more")

    assert told_words((*terms, *more)) == "was followed, hazard ratio, years"


@pytest.mark.parametrize(
    "bad",
    [
        Article(pmid=1),
        an_article(title=None, abstract=None, journal=None, languages=()),
        an_article(title="", abstract={"": ""}),
        an_article(title="Gicht", abstract={"": "Rhumatologie"}),
        an_article(title="痛风的随机试验", abstract={"": "我们随机分配了患者。"}),
        an_article(title="Gout", abstract={"": "followed " * 12_000}),
        an_article(title="Gout", abstract={"": "a" * 100_000}),
        an_article(title="Gout", abstract={"": "methods: " * 11_000}),
    ],
)
def test_odd_articles_get_a_design_and_a_sentence(bad: Article) -> None:
    for models in (Models(), a_model()):
        appraisal = judge(bad, models)

        assert appraisal.design in ("unclear", "cohort")
        assert appraisal.design_reason.endswith(".")
