"""What an article page says of its full text."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from made.articles import an_article
from made.pages import page_of, visible
from ownjournal.catalogue.models import OpenCopy
from ownjournal.pubmed.article import Abstract, Identifiers, Markup, PublicationType

pytestmark = pytest.mark.django_db
DOI = "10.5555/bog.1"


def test_the_reason_of_each_way_can_be_read_on_the_page(client: Client) -> None:
    page = page_of(client, an_article(pmid=17, identifiers=Identifiers(DOI)))

    assert "who may ask for a subscription" in visible(page)
    assert f'href="https://libkey.io/{DOI}"' in page
    assert 'href="mailto:?subject=' in page
    assert "Free full text" not in visible(page)


def test_a_known_copy_is_shown_with_what_it_is(client: Client, settings: Any) -> None:
    settings.UNPAYWALL = True
    OpenCopy.objects.create(
        doi=DOI,
        checked_at=timezone.now(),
        url="https://archive.example.edu/bog.pdf",
        host="repository",
        version="accepted",
        licence="CC BY-NC",
    )

    page = page_of(client, an_article(pmid=17, identifiers=Identifiers(DOI)))

    assert 'href="https://archive.example.edu/bog.pdf"' in page
    assert "the authors' accepted manuscript; licence CC BY-NC." in visible(page)
    today = timezone.now().date()
    assert f"last checked on {today.day} {today:%B %Y}." in visible(page)


def test_the_licence_of_the_record_is_named(client: Client) -> None:
    article = an_article(
        pmid=17,
        identifiers=Identifiers(DOI, "PMC29"),
        abstract=Abstract(copyright="Copyright © 2017. Under CC BY 4.0."),
    )

    assert "The record names the licence CC BY 4.0." in visible(
        page_of(client, article)
    )


def test_the_links_of_a_retracted_article_say_so(client: Client) -> None:
    article = an_article(
        pmid=17,
        identifiers=Identifiers(DOI, "PMC29"),
        title=Markup("RETRACTED: Tea in Lower Merrow."),
        publication_types=(PublicationType("D016441", "Retracted Publication"),),
    )

    page = visible(page_of(client, article))

    assert page.count("retracted or withdrawn, which a copy may not show") == 2


def test_an_invented_article_has_no_way_to_a_text(client: Client) -> None:
    page = page_of(client, an_article(identifiers=Identifiers(DOI, "PMC29")))

    for place in ("doi.org", "libkey.io", "pmc.ncbi", "mailto:?", "pubmed.ncbi"):
        assert f'href="https://{place}' not in page
        assert f'href="{place}' not in page
