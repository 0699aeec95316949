import pytest

from made.articles import an_article
from ownjournal.appraisal.judge import judge


@pytest.mark.parametrize(
    ("title", "abstract", "variety"),
    [
        ("Gout: a cluster-randomised controlled trial", "", "cluster"),
        ("Gout: a stepped-wedge randomised trial", "", "cluster"),
        ("Care of gout", "We randomly assigned 40 practices to care.", "cluster"),
        ("Care of gout", "Twelve villages were randomly allocated to care.", "cluster"),
        ("Gout: a randomised crossover trial", "", "crossover"),
        ("Gout", "In a double-blind, cross-over study they drank.", "crossover"),
        ("Gout: a randomised trial", "Patients crossed over from placebo.", None),
        ("Gout: a randomised trial", "Crossover from placebo was common.", None),
        ("Gout: a randomised trial", "Adults drank velotrine.", None),
        ("A case-crossover study of gout", "", None),
    ],
)
def test_a_trial_says_who_was_randomised_and_how_often(
    title: str, abstract: str, variety: str | None
) -> None:
    appraisal = judge(an_article(title=title, abstract={"": abstract}))

    assert appraisal.variety == variety


def test_a_variety_is_named_and_the_design_stays_a_trial() -> None:
    appraisal = judge(an_article(title="Gout: a cluster-randomised trial"))

    assert appraisal.design == "rct"
    assert appraisal.design_name == "Cluster-randomised trial"
    assert appraisal.design_reason.startswith("Likely a cluster-randomised trial (")
