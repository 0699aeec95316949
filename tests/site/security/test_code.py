"""What the program's own code never does, whatever is asked of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import ownjournal

RUN = {"eval", "exec", "compile", "__import__"}
UNSAFE = {"pickle", "shelve", "marshal", "dill", "xml.dom.minidom", "xml.sax"}


def test_no_text_is_run_as_code() -> None:
    """Nor made objects of by what runs code, nor given to a shell."""
    found = [
        f"{path.name}:{line}: {what}"
        for path in Path(ownjournal.__file__).parent.rglob("*.py")
        for line, what in dangers(ast.parse(path.read_text()))
    ]

    assert found == []


def test_the_dangers_would_be_found() -> None:
    code = "import pickle\neval('1')\nrun('ls', shell=True)\nos.system('ls')"

    assert [line for line, _ in sorted(dangers(ast.parse(code)))] == [1, 2, 3, 4]


def dangers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of each."""
    for each in ast.walk(tree):
        if isinstance(each, ast.Call):
            yield from _called(each)
        elif isinstance(each, ast.Import):
            yield from ((each.lineno, a.name) for a in each.names if a.name in UNSAFE)
        elif isinstance(each, ast.ImportFrom) and each.module in UNSAFE:
            yield each.lineno, each.module


def _called(call: ast.Call) -> Iterator[tuple[int, str]]:
    if isinstance(call.func, ast.Name) and call.func.id in RUN:
        yield call.lineno, call.func.id
    if isinstance(call.func, ast.Attribute) and call.func.attr in {"system", "popen"}:
        yield call.lineno, call.func.attr
    for word in call.keywords:
        if word.arg == "shell":
            yield call.lineno, "shell"
