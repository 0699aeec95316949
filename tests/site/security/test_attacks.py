"""Every address under attack: another's things, others' forms, looks, redirects."""

import re

import pytest
from django.db import connection

from made import attacks
from made.addresses import HERS, OWN, PUBLIC, SECRET, STAFF, addresses, listed
from made.attacks import failures
from made.rows import every_row
from made.two_readers import Site, as_owner, knock
from ownjournal.collections.models import Collection


@pytest.mark.slow
@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_anothers_thing_and_nobodys_are_answered_alike(site: Site, who: str) -> None:
    client, before = knock(who), every_row(connection, of=site.hera.pk)

    assert failures(attacks.others(site, client, "GET", "POST")) == []
    assert every_row(connection, of=site.hera.pk) == before


@pytest.mark.slow
@pytest.mark.parametrize("who", ["reader", "moderator"])
def test_no_word_of_hers_is_in_any_other_page(site: Site, who: str) -> None:
    client = knock(who)

    assert failures(attacks.pages(site, client, staff=who == "moderator")) == []


def test_a_visitor_is_shown_nothing_of_readers(site: Site) -> None:
    client = knock("visitor")

    statuses = {
        path: client.get(path).status_code
        for path in (each.of(site.things) for each in addresses(OWN, STAFF))
    }

    assert {*statuses.values()} <= {302, 404, 405}, statuses


def test_moderators_alone_see_the_queue(site: Site) -> None:
    assert knock("moderator").get("/moderation").status_code == 200
    assert knock("reader").get("/moderation").status_code == 404
    assert knock("expired").get("/moderation").status_code == 404


@pytest.mark.slow
def test_the_words_are_seen_where_their_owner_asks(site: Site) -> None:
    """The control: pages that show nothing to anybody would pass as well."""
    client = as_owner(site)

    shown = [
        each.path
        for each in addresses(HERS, OWN, SECRET)
        if attacks.words_in(attacks.answer(client, "GET", each.of(site.things))[1])
    ]

    assert len(shown) > 30, shown


@pytest.mark.slow
def test_no_form_from_elsewhere_is_taken(site: Site) -> None:
    client, before = as_owner(site, checked=True), every_row(connection)

    assert failures(attacks.forms(site, client, attacks.WAYS[1])) == []
    assert every_row(connection) == before


def test_the_exceptions_are_addresses() -> None:
    assert listed() >= attacks.BY_ORIGIN | attacks.UNTOKENED


def test_a_form_of_our_own_is_taken(site: Site) -> None:
    """The control: were everything refused, the matrix would say nothing."""
    client = as_owner(site, checked=True)
    assert client.get("/interests").status_code == 200
    token = client.cookies["csrf"].value
    path = f"/interests/{site.things['interest']}/remove"

    answer = client.post(path, {"csrfmiddlewaretoken": token})

    assert answer.status_code == 302
    assert not site.hera.interests.exists()


@pytest.mark.slow
def test_looking_changes_nothing(site: Site) -> None:
    assert failures(attacks.looks(site, as_owner(site))) == []


@pytest.mark.slow
def test_every_address_answers_its_own_methods_alone(site: Site) -> None:
    assert failures(attacks.methods(site, as_owner(site))) == []


@pytest.mark.slow
def test_no_number_is_too_large_and_no_answer_is_a_fault(site: Site) -> None:
    assert failures(attacks.numbers(site, as_owner(site))) == []


@pytest.mark.slow
def test_nothing_leads_to_another_site(site: Site) -> None:
    client = as_owner(site)

    assert failures(attacks.redirects(site, client, attacks.ELSEWHERE[0])) == []


@pytest.mark.slow
def test_no_cache_keeps_what_a_reader_is_shown(site: Site) -> None:
    assert failures(attacks.caches(site, as_owner(site))) == []


@pytest.mark.slow
def test_every_answer_says_what_it_is(site: Site) -> None:
    assert failures(attacks.headers(site, as_owner(site))) == []


@pytest.mark.slow
def test_no_answer_is_for_other_sites(site: Site) -> None:
    client, origin = as_owner(site), {"origin": "https://evil.test"}

    allowed = [
        each.path
        for each in addresses()
        for got in [client.get(each.of(site.things), headers=origin)]
        if any(name.startswith("Access-Control") for name in got.headers)
        or attacks.shut(got)
    ]

    assert allowed == []


@pytest.mark.slow
def test_no_name_of_a_file_breaks_its_header(site: Site) -> None:
    """Names of downloads are made of numbers and dates, and of ASCII words."""
    Collection.objects.update(title='a"; x="\r\nSet-Cookie: b=c\u202e.exe')
    client, plain = as_owner(site), re.compile(r'attachment; filename="[\w.-]+"')
    paths = [each.of(site.things) for each in addresses(PUBLIC, OWN, HERS)]
    answers = [client.get(path) for path in paths]

    named = [
        got["Content-Disposition"]
        for got in answers
        if not attacks.shut(got) and got.headers.get("Content-Disposition")
    ]

    assert len(named) > 5
    assert [each for each in named if not plain.fullmatch(each)] == []
