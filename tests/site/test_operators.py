"""/admin/: for operators alone, and without anything our policy forbids."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin as djangos
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, expect

from made.institutions import an_institution
from made.library_server import LibraryServer
from ownjournal.readers.institutions import admin
from ownjournal.readers.institutions.models import BY_HAND, Institution
from ownjournal.readers.models import Reader
from ownjournal.site.operators import operators

# Django's own templates ask for what may not be there.
pytestmark = [pytest.mark.ignore_template_errors]

LIST = "/admin/readers/institution/"


@pytest.fixture
def operator(db: None, client: Client) -> Reader:
    reader = Reader.objects.create_reader("op@merrow.test", is_operator=True)
    client.force_login(reader)
    return reader


def fields(row: Institution, **changes: str) -> dict[str, str]:
    plain = {
        "name": row.name,
        "other_names": row.other_names or "",
        "country": row.country or "",
        "kind": row.kind,
        "template": row.template,
        "state": row.state,
        "remark": "",
    }
    return {**plain, **changes}


def act(client: Client, action: str, *rows: Institution) -> str:
    wanted = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(LIST, wanted, follow=True).text


def test_nothing_of_djangos_own_site_is_there() -> None:
    assert djangos.site._registry == {}
    assert Institution in operators._registry


@pytest.mark.parametrize("path", ["/admin/", LIST, f"{LIST}add/", "/admin/login/"])
def test_whoever_is_no_operator_stays_outside(
    db: None, client: Client, path: str
) -> None:
    assert client.get(path, follow=True).redirect_chain[-1][0] == "/sign-in"

    client.force_login(Reader.objects.create_reader("ada@merrow.test"))
    assert client.get(path, follow=True).status_code == 403
    assert "/admin/" not in client.get("/libraries").text


def test_passwords_have_no_page(operator: Reader, client: Client) -> None:
    assert client.get("/admin/password_change/").status_code == 404
    assert client.get("/admin/login/")["Location"] == "/admin/"


def test_an_operator_signs_out_as_every_reader_does(
    operator: Reader, client: Client
) -> None:
    assert client.get("/admin/logout/").status_code == 405
    assert client.post("/admin/logout/")["Location"] == "/"
    assert client.get("/admin/").status_code == 302


def test_an_operator_finds_and_filters(operator: Reader, client: Client) -> None:
    an_institution("Université de Göteborg")
    an_institution("Merrow", problem="Gone.", checked_at="2026-11-03T05:00Z")
    an_institution("Third", reports=2)

    def listed(query: str) -> list[str]:
        page = client.get(LIST + query).text
        names = ("Université de Göteborg", "Merrow", "Third")
        return [name for name in names if f">{name}</a>" in page]

    assert len(listed("")) == 3
    assert listed("?q=goteborg+UNI") == ["Université de Göteborg"]
    assert listed("?answers=no") == ["Merrow"]
    assert listed("?answers=reported") == ["Third"]
    assert listed("?answers=never") == ["Université de Göteborg", "Third"]
    assert listed("?kind=proxy") == []
    assert '<a href="/admin/">Admin</a>' in client.get("/libraries").text


def test_a_link_is_kept_in_its_one_form_or_refused(
    operator: Reader, client: Client
) -> None:
    row = an_institution(source="a list", problem="Gone.")
    address = f"{LIST}{row.pk}/change/"

    refused = client.post(address, fields(row, template="http://new.test/"))
    assert "must begin with https://, not http://" in refused.text

    client.post(address, fields(row, template=" HTTPS://New.test "))
    row.refresh_from_db()
    assert (row.template, row.source, row.problem) == (
        "https://new.test/",
        BY_HAND,
        None,
    )


def test_other_changes_leave_it_to_its_list(operator: Reader, client: Client) -> None:
    row = an_institution(source="a list", problem="Gone.")

    client.post(f"{LIST}{row.pk}/change/", fields(row, other_names=" UM\r\n\n"))

    row.refresh_from_db()
    assert (row.source, row.problem) == ("a list", "Gone.")
    assert (row.other_names, row.remark) == ("UM", None)
    assert row.words == " university of merrow um merrowland"
    client.post(f"{LIST}{row.pk}/change/", fields(row, other_names=""))
    row.refresh_from_db()
    assert row.other_names is None


def test_the_same_twice_is_refused_in_words(operator: Reader, client: Client) -> None:
    row = an_institution()

    answer = client.post(f"{LIST}add/", fields(row, template="https://b.test/"))

    assert "name, country and kind is there already" in answer.text
    assert Institution.objects.count() == 1


def test_proposals_are_taken_or_told_of(operator: Reader, client: Client) -> None:
    good = an_institution("Good", state="proposed")
    an_institution("Twice")
    twice = an_institution("Twice", state="proposed")

    page = act(client, "approve", good, twice)

    good.refresh_from_db()
    twice.refresh_from_db()
    assert (good.state, twice.state) == ("active", "proposed")
    assert "Good (Merrowland) is offered." in page
    assert "Twice (Merrowland) is here already" in page


def test_links_are_retired_and_reports_forgotten(
    operator: Reader, client: Client
) -> None:
    row = an_institution(reports=3, reported_at="2026-11-03T05:00Z")
    proposed = an_institution("Proposed", state="proposed")

    act(client, "forget_reports", row)
    act(client, "retire", row, proposed)

    row.refresh_from_db()
    proposed.refresh_from_db()
    assert (row.reports, row.reported_at, row.state) == (0, None, "retired")
    assert proposed.state == "proposed"


def test_links_are_asked_at_the_press_of_a_button(
    operator: Reader, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LibraryServer() as server:
        monkeypatch.setattr(admin, "Asker", server.asker)
        good = an_institution("Good", template=server.address("/200"))
        bad = an_institution("Bad", template=server.address("/500"))

        page = act(client, "ask", good, bad)

    bad.refresh_from_db()
    assert bad.problem == "It answers with error 500."
    assert "Bad (Merrowland): It answers with error 500." in page
    assert "1 of 2 links answer." in page


def test_a_link_can_be_tried(operator: Reader, client: Client) -> None:
    row = an_institution()

    page = client.get(f"{LIST}{row.pk}/change/").text

    assert 'href="https://resolver.merrow.test/openurl?url_ver=Z39.88-2004&amp;' in page


def told_to(found: list[str]) -> Callable[[ConsoleMessage], None]:
    return lambda message: found.append(f"{message.type} {message.text}")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_works_in_a_browser_under_our_policy(
    browser: Browser, live_server: Any, client: Client
) -> None:
    client.force_login(Reader.objects.create_reader("o@m.test", is_operator=True))
    row = an_institution("Merrow", state="proposed")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies(
        [
            {
                "name": "session",
                "value": client.cookies["session"].value,
                "url": str(live_server),
            }
        ]
    )
    page, found = context.new_page(), list[str]()
    page.on("console", told_to(found))
    for path in (
        "/admin/",
        f"{LIST}add/",
        f"{LIST}{row.pk}/change/",
        f"{LIST}{row.pk}/history/",
        f"{LIST}{row.pk}/delete/",
        LIST,
    ):
        page.goto(f"{live_server}{path}")
        assert page.evaluate("document.styleSheets.length") > 0

    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("approve")
    page.get_by_role("button", name="Go", exact=False).click()

    expect(page.get_by_text("Merrow (Merrowland) is offered.")).to_be_visible()
    assert found == []
    context.close()
