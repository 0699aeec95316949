"""Dead links are noted and marked; nobody loses them."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from made.institutions import an_institution
from made.library_server import LibraryServer
from ownjournal.readers.institutions.checking import check, dead, link_to_known
from ownjournal.readers.institutions.models import Institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[LibraryServer]:
    with LibraryServer() as running:
        yield running


def test_each_is_asked_for_a_known_article(server: LibraryServer) -> None:
    good = an_institution("Good", template=server.address("/302/openurl?vid=A"))
    bad = an_institution("Bad", template=server.address("/404/openurl"))
    asker = server.asker()
    told: list[str] = []

    check([good, bad], asker, lambda row: told.append(row.name))
    asker.close()

    asked = parse_qs(urlsplit(server.asked[0][1]).query)
    assert asked["vid"] == ["A"]
    assert asked["rft_id"] == ["info:pmid/13054692", "info:doi/10.1038/171737a0"]
    assert told == ["Good", "Bad"]
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.problem, bad.problem) == (None, "It answers with error 404.")
    assert good.checked_at is not None
    assert dead(Institution.objects.all()) == [bad]


def test_one_that_answers_again_is_no_longer_marked(server: LibraryServer) -> None:
    back = an_institution(template=server.address("/200"), problem="It was gone.")
    asker = server.asker()

    check([back], asker)
    asker.close()

    back.refresh_from_db()
    assert back.problem is None


def test_a_check_keeps_what_an_operator_changes_meanwhile(
    server: LibraryServer,
) -> None:
    row = an_institution(template=server.address("/200"))
    Institution.objects.update(name="Renamed", state="retired")
    asker = server.asker()

    check([row], asker)
    asker.close()

    row.refresh_from_db()
    assert (row.name, row.state) == ("Renamed", "retired")


@pytest.mark.parametrize(
    "kind, template, link",
    [
        (
            "proxy",
            "https://p.test/login?url=$@",
            "https://p.test/login?url=https://doi.org/10.1038/171737a0",
        ),
        (
            "libkey",
            "https://libkey.io/libraries/17/",
            "https://libkey.io/libraries/17/10.1038/171737a0",
        ),
        ("template", "https://f.test/{pmcid}", "https://f.test/"),
    ],
)
def test_every_kind_has_a_link_to_try(kind: str, template: str, link: str) -> None:
    assert link_to_known(Institution(kind=kind, template=template)) == link
