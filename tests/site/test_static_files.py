from contextlib import closing

import pytest
from django.test import Client

from ownjournal.site.static_files import VersionedStorage, content_hash


def test_an_address_changes_with_the_content() -> None:
    address = VersionedStorage(base_url="/static/").url("journal.css")

    assert address == f"/static/journal.css?v={content_hash('journal.css')}"


def test_a_file_that_is_missing_has_no_version() -> None:
    assert VersionedStorage(base_url="/static/").url("none.css") == "/static/none.css"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("journal.css", "text/css"),
        ("copy.js", "text/javascript"),
        ("mark.svg", "image/svg+xml"),
    ],
)
def test_files_are_served_from_the_package_to_be_kept_a_year(
    client: Client, name: str, kind: str
) -> None:
    with closing(client.get(f"/static/{name}")) as response:
        pass

    assert response.status_code == 200
    assert response["Content-Type"].startswith(kind)
    assert "max-age=31536000" in response["Cache-Control"]
