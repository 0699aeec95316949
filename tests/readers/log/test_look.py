"""The log in a browser: no barrier, nothing cut off."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import Browser

from made.barriers import barriers
from ownjournal.readers.log import keeping
from ownjournal.readers.models import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
PMID = 31_000_001
LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_are_accessible_and_fit(
    browser: Browser,
    live_server: object,
    transactional_db: None,
    client: Client,
    alice: Reader,
    width: int,
    scheme: str,
) -> None:
    row = keeping.record(alice, PMID, "read", datetime.now(UTC), source="issue 3")
    keeping.record(alice, PMID, "opened", datetime.now(UTC), source="search")
    assert row is not None
    keeping.change(row, "12", "Ask twice.\nThen wait.", row.done_on.isoformat())
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
    )
    session = client.cookies["session"].value
    context.add_cookies(
        [{"name": "session", "value": session, "url": str(live_server)}]
    )
    page = context.new_page()
    for path in ("/log", f"/log/{row.pk}", "/log?q=nothing", f"/articles/{PMID}"):
        page.goto(f"{live_server}{path}")
        assert barriers(page) == [], path
    context.close()
