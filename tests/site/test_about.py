import pytest
from django.test import Client

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.appraisal.levels import LEVELS, QUESTIONS
from ownjournal.appraisal.signs import DESIGN_POINTS, HIGH_QUALITY, KINDS
from ownjournal.site.about import about_page


def test_every_design_is_told_with_its_points_most_trusted_first() -> None:
    rows = about_page().designs

    told = {row.name: (row.quality, row.significance) for row in rows}
    assert told == {each.name: DESIGN_POINTS[each.code] for each in DESIGNS.values()}
    assert rows[0].name == "Systematic review"


def test_every_sign_with_fixed_points_is_told() -> None:
    told = {row.name for row in about_page().signs}

    assert {kind.name for kind in KINDS.values() if kind.quality > 0} <= told


def test_a_level_stands_under_its_question() -> None:
    page = about_page()
    [cohort] = [row for row in page.levels if row.design == "Cohort study"]

    prognosis = list(QUESTIONS).index("prognosis")
    assert cohort.levels[prognosis] == str(LEVELS["prognosis"]["cohort"])


@pytest.mark.django_db
def test_the_page_shows_the_rules_that_run(client: Client) -> None:
    page = client.get("/about").text

    assert "Randomised controlled trial" in page
    assert f"reaches {HIGH_QUALITY} for quality" in page
