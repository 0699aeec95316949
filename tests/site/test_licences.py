"""What is locked may be passed on, and whether it is safe is asked honestly."""

import json
import subprocess
import sys
from typing import Any

import pytest
from tools import audit, licences


def test_every_package_that_runs_may_be_passed_on() -> None:
    found = list(licences.report(licences.locked()))

    assert len(found) > 40
    assert [each for each in found if not licences.is_free(each[2])] == []


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "GPL-2.0-or-later",
        "AGPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "GNU General Public License v3 (GPLv3)",
        "Proprietary",
        "",
    ],
)
def test_what_asks_for_more_is_seen(licence: str) -> None:
    assert not licences.is_free(licence)


@pytest.mark.parametrize(
    ("found", "status", "said"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], 0, "No vulnerability is known"),
        (
            [{"name": "a", "version": "1", "skip_reason": "away"}],
            3,
            "NOT ASKED: 1 of 1",
        ),
        (
            [
                {"name": "a", "version": "1", "skip_reason": "away"},
                {
                    "name": "b",
                    "version": "2",
                    "vulns": [{"id": "PYSEC-1", "fix_versions": []}],
                },
            ],
            1,
            "b 2: PYSEC-1",
        ),
    ],
)
def test_an_index_that_cannot_be_asked_is_no_clean_bill(
    found: list[dict[str, Any]], status: int, said: str
) -> None:
    lines, exit_status = audit.judged(found)

    assert exit_status == status
    assert any(said in line for line in lines)


def test_every_package_of_a_lock_has_a_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (licences.ROOT / name).read_text()
        packages = text.split("\n\n")[0].replace("\\\n", " ").splitlines()
        assert [
            each for each in packages if "==" in each and "--hash=" not in each
        ] == []


@pytest.mark.slow
def test_the_bill_of_materials_is_whole_and_of_its_schema() -> None:
    """cyclonedx-py checks it against the schema of CycloneDX before it is written."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements"]
    done = subprocess.run(
        [*command, str(licences.ROOT / "requirements.lock")],
        capture_output=True,
        text=True,
        check=True,
    )

    bill = json.loads(done.stdout)
    assert bill["bomFormat"] == "CycloneDX"
    named = {each["name"].lower() for each in bill["components"]}
    assert named == {each.lower() for each in licences.locked()}
