"""`ownjournal institutions`, as an operator uses it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from made.institutions import an_institution
from made.library_server import LibraryServer
from ownjournal.cli import institutions
from ownjournal.cli.check import library_findings
from ownjournal.cli.main import cli
from ownjournal.readers.institutions import picks
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db(transaction=True)


def ownjournal(*words: object) -> Result:
    return CliRunner().invoke(cli, ["institutions", *map(str, words)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "list.json"
    rows = [
        {"name": "Merrow", "country": "M", "openurl_base": "http://r.test/openurl"},
        {"name": "South", "country": "S", "url": "http://p.test:2048/login?url=$@"},
    ]
    file.write_text(json.dumps(rows))
    return file


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LibraryServer]:
    with LibraryServer() as running:
        monkeypatch.setattr(institutions, "Asker", lambda **how: running.asker())
        yield running


def test_an_import_says_what_it_did_and_what_it_could_not(path: Path) -> None:
    trial = ownjournal("import", path, "--dry-run")
    assert "Nothing was written" in trial.output
    assert not Institution.objects.exists()

    first, again = ownjournal("import", path), ownjournal("import", path)

    assert first.exit_code == 0
    assert "1 added, 0 changed, 0 unchanged, 1 not used" in first.output
    assert "Not used: South, http://p.test:2048/login?url=$@: The address" in (
        first.output
    )
    assert "1 addresses were by http" in first.output
    assert "0 added, 0 changed, 1 unchanged, 1 not used" in again.output
    assert Institution.objects.get().source == "list.json"


def test_an_import_by_address_takes_the_list_or_says_why_not(
    path: Path, server: LibraryServer
) -> None:
    server.files["/list.json"] = path.read_bytes()

    taken = ownjournal("import", server.address("/list.json"))
    refused = ownjournal("import", server.address("/404"))

    assert "1 added" in taken.output
    assert refused.exit_code == 1
    assert "answers with status 404" in refused.stderr


def test_what_is_no_list_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")

    for source in (tmp_path / "a.json", tmp_path / "absent.json"):
        result = ownjournal("import", source)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: ")


def test_what_a_list_left_out_is_retired_when_told(path: Path) -> None:
    ownjournal("import", path)
    path.write_text('[{"name": "New", "openurl_base": "https://n.test/"}]')

    left = ownjournal("import", path)
    retired = ownjournal("import", path, "--retire-missing")

    assert "1 are no longer in the list and were left as they are." in left.output
    assert "1 are no longer in the list and are retired." in retired.output
    assert ownjournal("list", "--state", "retired").output.count("\n") == 1


def test_a_check_names_the_dead_and_check_tells_of_them(server: LibraryServer) -> None:
    an_institution("Good", template=server.address("/200"))
    bad = an_institution("Bad", template=server.address("/500"))
    never = library_findings()

    result = ownjournal("check")
    dead = ownjournal("list", "--dead")

    assert result.exit_code == 1
    assert "Bad (Merrowland): It answers with error 500." in result.output
    assert "1 of 2 links answer." in result.output
    assert dead.output.startswith(f"{bad.pk}\tBad (Merrowland)\topenurl\t")
    assert never == ([], [])
    assert library_findings() == (
        [
            "1 of 2 libraries did not answer when asked: ownjournal institutions list"
            " --dead"
        ],
        [],
    )


def test_a_dead_library_that_a_reader_uses_is_a_problem() -> None:
    bad = an_institution("Bad", problem="It was gone.")
    picks.put(Reader.objects.create_reader("ada@merrow.test"), [bad.pk])

    _, problems = library_findings()

    assert problems == ["Bad (Merrowland), which readers use: It was gone."]


def test_a_check_where_all_answer_ends_well(server: LibraryServer) -> None:
    an_institution("Good", template=server.address("/302"))

    assert ownjournal("check").exit_code == 0


def test_an_export_can_be_imported(tmp_path: Path) -> None:
    an_institution("Merrow", country=None, other_names="UM\nMU")
    an_institution("Other", kind="proxy", template="https://p.test/?u={url}")
    exported = tmp_path / "institutions.json"
    exported.write_text(ownjournal("export", "--kind", "openurl").output)

    assert json.loads(exported.read_text()) == [
        {
            "name": "Merrow",
            "other_names": ["UM", "MU"],
            "kind": "openurl",
            "template": "https://resolver.merrow.test/openurl",
        }
    ]
    assert "1 unchanged" in ownjournal("import", exported).output


def test_a_list_may_be_of_one_country() -> None:
    an_institution("Here", country="Merrowland")
    an_institution("There", country="Elsewhere")

    assert "There" not in ownjournal("list", "--country", "merrowland").output
