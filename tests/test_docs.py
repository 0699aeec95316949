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
SOURCE = ROOT / "src" / "ownjournal"
TOP = [ROOT / name for name in ("README.md", "CHANGELOG.md", "SECURITY.md")]
PAGES = sorted([*TOP, *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
SUFFIXES = {"service", "socket", "timer"}
MODULES = {
    "django-ninja": "ninja",
    "django-storages": "storages",
    "markdown-it-py": "markdown_it",
    "opensearch-py": "opensearchpy",
    "pillow": "PIL",
    "scikit-learn": "sklearn",
}


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


def test_what_dependencies_are_used_in_exists() -> None:
    """Where a package alone is used is compared with who imports it."""
    imports = {
        path: set(re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(), re.M))
        for path in SOURCE.rglob("*.py")
    }
    for line in (DOCS / "dependencies.md").read_text().splitlines():
        named = [each for each in re.findall(r"`([^`]+)`", line) if "/" in each]
        places = [each.replace("…", "*").rstrip("/") for each in named]
        found = [
            path
            for each in places
            for root in (SOURCE, ROOT)
            for path in root.glob(each)
        ]
        assert len(found) >= len(named), line
        if "alone use" in line:
            package = line.split("|")[1].strip()
            module = MODULES.get(package, package.replace("-", "_"))
            users = {path for path, names in imports.items() if module in names}
            assert users, line
            assert all({path, *path.parents} & set(found) for path in users), users


def test_units_that_pages_name_exist() -> None:
    there = {path.name for path in (DEPLOY / "systemd").iterdir()}
    for page in PAGES:
        text = page.read_text()
        for words in re.findall(r"systemctl ([^`\n&;]+)", text):
            for unit in words.split():
                if unit.startswith("ownjournal"):
                    full = (
                        unit if unit.split(".")[-1] in SUFFIXES else f"{unit}.service"
                    )
                    assert full in there, (page.name, unit)
        for unit in re.findall(r"\bownjournal[\w-]*\.(?:service|socket|timer)", text):
            assert unit in there, (page.name, unit)


def test_every_page_is_led_to_by_the_readme_and_every_decision_by_its_list() -> None:
    for index, folder in ((ROOT, DOCS), (DOCS / "decisions", DOCS / "decisions")):
        text = (index / "README.md").read_text()
        led_to = {(index / each).resolve() for each, _ in LINK.findall(text)}
        missing = {*folder.glob("*.md")} - led_to - {index / "README.md"}
        assert not missing


def slugs(page: Path) -> set[str]:
    """What the headings of a page are called in an address."""
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", each.lower()) for each in headings]
    return {each.replace(" ", "-") for each in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.DOTALL)
    for name, heading in LINK.findall(text):
        target = page.parent / name if name else page
        assert target.exists(), name
        assert not heading or heading in slugs(target), f"{name}#{heading}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_pages_exist(page: Path) -> None:
    for name in re.findall(r"`ownjournal ([a-z]+)", page.read_text()):
        assert name in COMMANDS, name
    for target in re.findall(r"`make ([a-z]+)", page.read_text()):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M), target
