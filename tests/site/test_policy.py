"""/privacy: what it says is what the database and the settings are."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from ownjournal.readers.models import Reader
from ownjournal.site.kept import KEPT

HASHES = {"membership.takentrial", "readers.attempts"}  # of addresses


def test_every_table_that_leads_to_a_reader_is_told_of() -> None:
    told = [table for row in KEPT for table in row.tables]
    there = {each._meta.label_lower for each in apps.get_models(True) if tells(each)}

    assert there | HASHES == set(told)
    assert len(told) == len(set(told))


def tells(model: type[models.Model], seen: tuple[type[models.Model], ...] = ()) -> bool:
    """Whether its rows are of readers, by a chain of keys, or hold an address."""
    if model is Reader:
        return True
    fields = [each for each in model._meta.get_fields() if each.concrete]
    keys = [each.related_model for each in fields if each.is_relation]
    addresses = (models.EmailField, models.GenericIPAddressField)
    return any(isinstance(each, addresses) for each in fields) or any(
        tells(key, (*seen, model))
        for key in keys
        if isinstance(key, type) and key not in seen
    )


def privacy(client: Client) -> str:
    answer = client.get("/privacy")
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.text


@pytest.fixture
def all_off(db: None, settings: Any) -> Any:
    settings.FETCH_UNKNOWN = settings.UNPAYWALL = False
    settings.NOTE_REMOTE_PICTURES = False
    settings.ORCID_CLIENT_ID = settings.POLICY_NOTE = None
    settings.EMAIL_BACKEND = "ownjournal.readers.post.folder.EmailBackend"
    settings.MEMBERSHIP = "open"
    return settings


def test_what_is_not_done_is_not_told(all_off: Any, client: Client) -> None:
    page = privacy(client)

    assert "ftp.ncbi.nlm.nih.gov" in page
    for other in (
        *("eutils", "unpaywall", "orcid.org", "carries our mail", "A trial"),
        "The site of a picture",
    ):
        assert other not in page


def test_what_is_done_is_told(all_off: Any, client: Client) -> None:
    all_off.FETCH_UNKNOWN = all_off.UNPAYWALL = all_off.NOTE_REMOTE_PICTURES = True
    all_off.ORCID_CLIENT_ID = "APP-TEST"
    all_off.EMAIL_BACKEND = "anymail.backends.amazon_ses.EmailBackend"
    all_off.MEMBERSHIP, all_off.TRIAL_DAYS = "trial", 45
    all_off.POLICY_NOTE = "The Merrow Trust <answers> for this."

    page = privacy(client)

    for said in (
        "eutils.ncbi.nlm.nih.gov",
        "api.unpaywall.org",
        "orcid.org",
        "The site of a picture that a note names by its address",
        "Amazon Ses, which carries our mail",
        "A trial lasts 45 days.",
        "The Merrow Trust &lt;answers&gt; for this.",
    ):
        assert said in page


def test_a_mail_server_is_told_by_its_name(all_off: Any, client: Client) -> None:
    all_off.EMAIL_BACKEND = "ownjournal.readers.post.smtp.EmailBackend"
    all_off.EMAIL_HOST = "mail.merrow.test"

    assert "mail.merrow.test, which carries our mail" in privacy(client)


def test_cookies_are_told_as_they_are_set(all_off: Any, client: Client) -> None:
    all_off.SESSION_COOKIE_NAME = "__Host-session"
    all_off.SESSION_COOKIE_AGE = 7 * 24 * 3600

    page = privacy(client)

    assert "__Host-session" in page
    assert "7 days, or until you sign out" in page


def test_every_page_leads_to_it(all_off: Any, client: Client) -> None:
    assert 'href="/privacy"' in client.get("/appraisal").text
    assert 'href="/privacy"' in client.get("/nowhere").text
