"""npm's html-validate, installed once into the user's cache by its lock file."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

HERE = Path(__file__).parents[1] / "site" / "html"
LOCK = HERE / "package-lock.json"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))


def faults_of(pages: Mapping[str, str]) -> list[str]:
    """What is not valid in these pages, by name; every rule is in rules.json."""
    program = _installed()
    with TemporaryDirectory() as folder:
        files = {}
        for number, (name, html) in enumerate(pages.items()):
            file = Path(folder, f"{number}.html")
            file.write_text(html, encoding="utf-8")
            files[str(file)] = name
        # a file, since the program ends before a long answer has left a pipe
        answer = Path(folder, "answer.json")
        told = subprocess.run(
            [program, "-c", HERE / "rules.json", "-f", f"json={answer}", *files],
            capture_output=True,
            text=True,
        )
        assert told.returncode in (0, 1), told.stderr
        found = json.loads(answer.read_text())
    return [
        f"{files[each['filePath']]}:{fault['line']} {fault['ruleId']}: "
        f"{fault['message']}"
        for each in found
        for fault in each["messages"]
    ]


def _installed() -> Path:
    """The program; missing Node is a skip at a desk, a failure in CI."""
    npm = shutil.which("npm")
    if npm is None:
        if os.environ.get("CI"):
            pytest.fail("Node is not installed: the CI must install it")
        pytest.skip("Node is not installed")
    version = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    folder = CACHE / "ownjournal-tests" / f"html-validate-{version}"
    if not folder.is_dir():
        _install(npm, folder)
    return folder / "node_modules" / ".bin" / "html-validate"


def _install(npm: str, folder: Path) -> None:
    """Beside its place and then into it, as two tests may want it at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as beside:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, beside)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=beside, check=True, capture_output=True)
        try:
            Path(beside).rename(folder)
            Path(beside).mkdir()  # for its owner to take away
        except OSError:
            assert folder.is_dir()  # another test was faster
