"""Points for what a journal has published, never for its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.test_judge import GOOD_TRIAL
from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.appraisal.model import Models
from ownjournal.appraisal.signs import YIELD_POINTS, yield_sign
from ownjournal.appraisal.yields import PRIOR_ARTICLES, Yield, counted, smoothed
from ownjournal.pubmed.article import Article, Journal

JOURNAL = Journal(title="Journal of Invention", nlm_id="9900001")
RICH = Models(yields={"9900001": Yield(120, 300, 0.4)})


def test_a_trial_in_a_journal_that_yields_much_gets_a_few_points_of_quality() -> None:
    trial = an_article(abstract="We randomised 40 patients.", journal=JOURNAL)

    plain, more = judge(trial), judge(trial, RICH)

    [part] = [each for each in more.quality_parts if each.name == "Journal's yield"]
    assert part.points == more.quality - plain.quality == YIELD_POINTS[0][1] == 5
    assert more.significance == plain.significance
    assert "120 of 300" in part.reason


@pytest.mark.parametrize(
    "article",
    [
        an_article(abstract="We randomised 40 patients."),  # in another journal
        an_article(abstract="We randomised 40 patients.", journal=None),
        an_article(abstract="We randomised 40 rats.", title="Gout in rats"),
        an_article(title="Gout", abstract="We think of gout.", journal=JOURNAL),
    ],
)
def test_without_a_study_or_a_yield_there_are_none(article: Article) -> None:
    assert judge(article, RICH) == judge(article)


def test_a_little_journal_is_drawn_to_the_mean_of_all() -> None:
    found = smoothed({"little": (2, 2), "large": (98, 998)})

    assert found["little"].share == pytest.approx((2 + PRIOR_ARTICLES * 0.1) / 52)
    assert yield_sign(found["little"]) is not None
    assert yield_sign(found["large"]) is None
    assert smoothed({}) == {}


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 500), max_size=5))
def test_a_share_lies_between_the_journals_own_and_the_mean(
    strong: dict[str, int],
) -> None:
    counts = {journal: (each, 500) for journal, each in strong.items()}
    mean = sum(strong.values()) / max(1, 500 * len(strong))

    for journal, found in smoothed(counts).items():
        own = strong[journal] / 500
        assert min(own, mean) - 1e-9 <= found.share <= max(own, mean) + 1e-9


def test_letters_and_news_say_nothing_of_their_journal() -> None:
    trial = judge(GOOD_TRIAL)

    assert counted(GOOD_TRIAL, trial.design, trial.level) == (1, 1)
    assert counted(GOOD_TRIAL, "cohort", 3) == (0, 1)
    assert counted(GOOD_TRIAL, "letter", None) == (0, 0)
    assert counted(an_article(abstract=None), "rct", 2) == (0, 0)
