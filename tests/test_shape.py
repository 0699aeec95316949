"""The house rules that no linter knows: sizes, places, words."""

import ast
import re
import statistics
import subprocess
import tomllib
from functools import cache
from pathlib import Path

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


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def docstring(path: Path) -> str | None:
    return ast.get_docstring(tree(path))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def test_modules_and_their_functions_stay_small() -> None:
    assert [
        each for each in MODULES + TESTS if each.read_text().count("\n") > 500
    ] == []
    assert [
        f"{path}: {function.name}"
        for path in MODULES + TESTS
        for function in functions(path)
        if length(function) >= 59
    ] == []


def test_most_functions_fit_a_glance() -> None:
    lengths = sorted(length(each) for path in MODULES for each in functions(path))

    assert statistics.median(lengths) < 10
    assert lengths[len(lengths) * 9 // 10] < 30


def test_modules_are_named_for_what_they_do() -> None:
    assert [path for path in MODULES if path.stem in CATCH_ALLS] == []


def test_modules_say_what_they_are_for() -> None:
    assert [
        path for path in MODULES if path.read_text().strip() and not docstring(path)
    ] == []


def test_imports_stand_at_the_top() -> None:
    assert [
        f"{path}: {function.name}"
        for path in MODULES
        if "cli" not in path.parts
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ] == []


def test_tests_use_no_mocks() -> None:
    for path in TESTS:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "unittest.mock", path
            if isinstance(node, ast.Import):
                assert all("mock" not in each.name for each in node.names), path


def test_what_a_page_shows_is_waited_for() -> None:
    """A click ends when the next page begins: what is asked at once may not be there.

    `expect` asks until it is so.
    """
    at_once = re.compile(r"assert .*(\.is_(visible|hidden|checked)\(\)|page\.url\b)")
    assert [str(path) for path in TESTS if at_once.search(path.read_text())] == []


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
