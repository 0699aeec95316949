"""Membership, privacy and the operators' pages in a browser: no barrier, no cut."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from made.barriers import barriers
from ownjournal.readers.membership import members
from ownjournal.readers.membership.joining import joined
from ownjournal.readers.membership.models import MemberDomain, Trial
from ownjournal.readers.models import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.ignore_template_errors,  # Django's own templates, for the admin
]
LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
DJANGOS = {"link-in-text-block"}  # of Django's own pages: the path at the top


@pytest.fixture
def readers(transactional_db: None, settings: Any) -> dict[str, Reader]:
    """An operator, somebody whose trial is over, and a few to look at."""
    settings.MEMBERSHIP, settings.TRIAL_DAYS = "trial", 30
    settings.CONTACT_EMAIL = "library@merrow.test"
    settings.POLICY_NOTE = "The library of Lower Merrow answers for this site."
    settings.FETCH_UNKNOWN = settings.UNPAYWALL = True
    names = ("operator", "over", "trial", "member")
    found = {name: Reader.objects.create_reader(f"{name}@m.test") for name in names}
    Reader.objects.filter(pk=found["operator"].pk).update(is_operator=True)
    for name in ("over", "trial"):
        joined(found[name], timezone.now())
    Trial.objects.filter(reader=found["over"]).update(ends_at=timezone.now())
    members.grant(found["member"], None, timezone.now())
    members.invite(uses=40, note="Spring course")
    MemberDomain.objects.create(domain="merrow.test", has_subdomains=True)
    return found


def inside(
    browser: Browser, live_server: object, reader: Reader, width: int, scheme: str
) -> BrowserContext:
    client = Client()
    client.force_login(reader)
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
    )
    cookie = client.cookies["session"].value
    context.add_cookies([{"name": "session", "value": cookie, "url": str(live_server)}])
    return context


def keep(page: Page, name: str) -> None:
    """A picture, where a folder for it is named."""
    folder = os.environ.get("OWNJOURNAL_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_readers_pages_are_accessible_and_fit(
    browser: Browser,
    live_server: object,
    readers: dict[str, Reader],
    width: int,
    scheme: str,
) -> None:
    context = inside(browser, live_server, readers["over"], width, scheme)
    page = context.new_page()
    for path in ("/account/membership", "/privacy", "/interests"):
        page.goto(f"{live_server}{path}")
        keep(page, f"{path.rpartition('/')[2]}-{width}-{scheme}")
        assert barriers(page) == [], path
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_operators_pages_are_accessible(
    browser: Browser, live_server: object, readers: dict[str, Reader], scheme: str
) -> None:
    context = inside(browser, live_server, readers["operator"], 1280, scheme)
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    pages = {
        "index": "/admin/",
        "readers": "/admin/readers/reader/",
        "reader": f"/admin/readers/reader/{readers['trial'].pk}/change/",
        "invitations": "/admin/membership/invitation/",
        "invite": "/admin/membership/invitation/add/",
        "domains": "/admin/membership/memberdomain/",
        "changes": "/admin/membership/change/",
    }
    for name, path in pages.items():
        page.goto(f"{live_server}{path}")
        keep(page, f"admin-{name}-{scheme}")
        assert said == [], path  # nothing that our policy forbids
        assert barriers(page, but=DJANGOS) == [], path
        said.clear()  # of axe's own doings
    context.close()


def test_an_operator_makes_a_member_in_a_browser(
    browser: Browser, live_server: object, readers: dict[str, Reader]
) -> None:
    context = inside(browser, live_server, readers["operator"], 1280, "light")
    page = context.new_page()
    page.goto(f"{live_server}/admin/readers/reader/{readers['over'].pk}/change/")
    page.get_by_text("Add another Member").click()
    page.locator("#id_member-0-until_on").fill("2099-12-31")
    page.get_by_role("button", name="Save", exact=True).click()

    row = page.get_by_role("row").filter(has_text="over@m.test")
    assert "member, by an operator" in row.inner_text()
    context.close()
