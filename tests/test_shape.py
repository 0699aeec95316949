"""The house rules that no linter knows: sizes, places, words."""

import ast
import re
import statistics
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "ownjournal"
MODULES = sorted(
    path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CATCH_ALLS = {
    "utils",
    "util",
    "common",
    "base",
    "helpers",
    "manager",
    "service",
    "misc",
}
# written so that this file does not name them either
REGISTRIES = re.compile(
    r"pypi[.]org|files[.]pythonhosted|registry[.]npmjs|crates[.]io|deb[.]debian"
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


@pytest.mark.parametrize("path", MODULES + TESTS, ids=name)
def test_a_module_and_its_functions_stay_small(path: Path) -> None:
    assert path.read_text().count("\n") <= 500
    for function in functions(path):
        assert length(function) < 59, function.name


def test_most_functions_fit_a_glance() -> None:
    lengths = sorted(length(each) for path in MODULES for each in functions(path))

    assert statistics.median(lengths) < 10
    assert lengths[len(lengths) * 9 // 10] < 30


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_named_for_what_it_does(path: Path) -> None:
    assert path.stem not in CATCH_ALLS


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    if path.read_text().strip():
        assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_stand_at_the_top(path: Path) -> None:
    if "cli" in path.parts:
        return
    for function in functions(path):
        for node in ast.walk(function):
            assert not isinstance(node, ast.Import | ast.ImportFrom), function.name


def test_tests_use_no_mocks() -> None:
    for path in TESTS:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "unittest.mock", path
            if isinstance(node, ast.Import):
                assert all("mock" not in each.name for each in node.names), path


def test_no_file_names_a_package_registry() -> None:
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True
    )
    for relative in listed.stdout.decode().split("\0"):
        path = ROOT / relative
        if relative and path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            assert not REGISTRIES.search(text), relative


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    package = (SOURCE / "__init__.py").read_text()
    newest = re.search(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)

    assert f'__version__ = "{project["version"]}"' in package
    assert newest is not None
    assert newest[1] == project["version"]
