"""What the documentation says exists, and what exists is documented."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ownjournal.cli.main import COMMANDS, cli
from ownjournal.cli.written import commands_markdown
from ownjournal.site.option_table import OPTIONS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DEPLOY = ROOT / "deploy"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])


def test_the_page_of_commands_is_current() -> None:
    """The top of the page says how to write it anew."""
    assert commands_markdown() == (DOCS / "cli.md").read_text()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_an_example_and_says_its_exit_status(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    text = " ".join((command.help or "").split())

    assert f"ownjournal {name}" in text
    assert isinstance(command, click.Group) or "xit status" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_printed_without_a_fault(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])

    assert result.exit_code == 0
    assert "Usage:" in result.output


UNITS = sorted([DEPLOY / "Containerfile", *DEPLOY.glob("systemd/*.service")])


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units_and_images_run_commands_that_exist(unit: Path) -> None:
    """Those of Compose and Kustomize: tests/site/test_deploy.py."""
    called = re.findall(
        r'bin/ownjournal ([a-z]+)|"ownjournal", "([a-z]+)"', unit.read_text()
    )

    assert called
    for names in called:
        assert "".join(names) in COMMANDS


def test_every_setting_is_documented() -> None:
    text = (DOCS / "configuration.md").read_text()

    for option in OPTIONS:
        assert f"`{option.name}`" in text


def test_every_dependency_is_accounted_for() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    named = set(re.findall(r'^    "([a-z][a-z0-9-]+)[\[>=<]', project, re.M))
    text = (DOCS / "dependencies.md").read_text().lower()

    missing = [name for name in sorted(named) if f"| {name} " not in text]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_pages_exist(page: Path) -> None:
    for name in re.findall(r"`ownjournal ([a-z]+)", page.read_text()):
        assert name in COMMANDS, name
    for target in re.findall(r"`make ([a-z]+)", page.read_text()):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M), target
