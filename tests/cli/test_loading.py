import click
import pytest
from pytest_django import Settings

from ownjournal.catalogue.models import Heading
from ownjournal.cli.loading import scope

pytestmark = pytest.mark.django_db


def test_without_settings_everything_is_kept() -> None:
    assert scope() == type(scope())()


def test_the_settings_make_the_scope(settings: Settings) -> None:
    Heading.objects.create(ui="D010146", name="Pain", file_key=1)
    settings.SCOPE_MESH = ("pain", "D000001")
    settings.SCOPE_JOURNALS = ("BMJ",)
    settings.SCOPE_LANGUAGES = ("eng",)
    settings.SCOPE_YEARS = (2020, None)
    settings.SCOPE_HUMANS_ONLY = True

    made = scope()

    assert made.mesh == {"D010146", "D000001"}
    assert (made.journals, made.languages) == ({"BMJ"}, {"eng"})
    assert (made.first_year, made.last_year, made.humans_only) == (2020, None, True)


def test_a_topic_that_is_not_known_is_said(settings: Settings) -> None:
    settings.SCOPE_MESH = ("Frobnication",)

    with pytest.raises(click.BadParameter, match="Frobnication"):
        scope()
