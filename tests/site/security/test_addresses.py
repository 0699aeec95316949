"""No address without a row in the matrices, and /admin/ for operators alone."""

import re

from made.addresses import addresses, listed, of_operators, route_of
from made.two_readers import KNOCKING, WORDS, Site, knock

ARGUMENT = re.compile(r"<(?:\w+:)?\w+>|\^?\(\?P<\w+>.*")


def test_every_address_has_a_row_and_every_row_is_an_address(site: Site) -> None:
    rows = {route_of(each.of(site.things)) for each in addresses()}

    assert rows == listed()


def test_what_operators_look_after_is_there_for_nobody_else(site: Site) -> None:
    paths = [
        "/" + ARGUMENT.sub(str(site.hera.pk), route).removesuffix("$")
        for route in of_operators()
        if not route.endswith(("login/", "logout/"))
    ]

    answers = {
        (who, path, method): client.generic(method, path)
        for who, client in {who: knock(who) for who in KNOCKING}.items()
        for path in paths
        for method in ("GET", "POST")
    }

    assert len(paths) > 60
    assert {each.status_code for each in answers.values()} <= {302, 403, 404}
    for asked, answer in answers.items():
        assert not any(word.encode() in answer.content for word in WORDS), asked
        if answer.status_code == 302:
            assert answer["Location"].startswith("/admin/login/?next=/admin/"), asked


def test_an_operator_comes_in(site: Site) -> None:
    answer = knock("operator").get(f"/admin/readers/reader/{site.hera.pk}/change/")

    assert answer.status_code == 200
    assert WORDS[0] in answer.text
