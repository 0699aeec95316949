"""Damage the folder of the index in every way, and see who notices.

    python -m bench.index_damaged TRIES      in the loaded store of the environment

After each damage `ownjournal check` must tell it, pages must give what they gave
before or say that they cannot, and `check --repair` must put it right. A flipped bit
may lie where a search does not look, or where it does: what `check` alone can tell is
counted apart. Prints JSON.
"""

import json
import os
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import django

QUERIES = ("fever", "surgery OR asthma", "trauma[ti]", "file", '"as in file 3"')


TOTAL = re.compile(r">([\d,]+) articles?<")


class Damage(NamedTuple):
    """What was done to the folder, and what came of it."""

    what: str
    told: bool  # by `ownjournal check`
    silent: int  # pages with another result, without a word
    mended: bool
    alone: bool  # the index by itself says that it holds nothing, and no more


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.conf import settings

    folder = settings.DATA_DIR / "index"
    whole = settings.DATA_DIR / "whole-index"
    shutil.copytree(folder, whole)
    right = pages()
    assert all(right), right
    ways = islice(cycle(WAYS), int(sys.argv[1]))
    dice = random.Random(9)
    met = [damaged(way, folder, whole, right, dice) for way in ways]
    _put_back(folder, whole)
    print(json.dumps({"met": met, "control": told()}))


def damaged(
    way: Callable[[Path, random.Random], str],
    folder: Path,
    whole: Path,
    right: list[int | None],
    dice: random.Random,
) -> Damage:
    """Damage a whole index in one way."""
    _put_back(folder, whole)
    what = way(folder, dice)
    _forget()
    is_told = told()
    _forget()
    given, alone = pages(), _says_nothing()
    silent = sum(
        now is not None and now != before
        for now, before in zip(given, right, strict=True)
    )
    _command("check", "--repair")
    _forget()
    mended = not told() and pages() == right
    return Damage(what, is_told, silent, mended, alone)


def pages() -> list[int | None]:
    """How many articles each search finds; None where it says that it cannot tell."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    return [_total(client, each) for each in QUERIES]


def _total(client: object, query: str) -> int | None:
    answer = client.get("/search", {"q": query})  # type: ignore[attr-defined]
    if answer.status_code == 503:
        return None
    assert answer.status_code == 200, answer.status_code
    found = TOTAL.search(answer.content.decode())
    return int(found[1].replace(",", "")) if found else 0


def _says_nothing() -> bool:
    """The control: an index that is asked without a look at the store."""
    from ownjournal.catalogue.following import index
    from ownjournal.search.index import IndexUnusable
    from ownjournal.search.query import All

    try:
        return index().count(All()) == 0
    except IndexUnusable:
        return False


def told() -> bool:
    """Whether `ownjournal check` finds anything."""
    return _command("check") != 0


def _command(*words: str) -> int:
    from click.testing import CliRunner

    from ownjournal.cli.main import cli

    return CliRunner().invoke(cli, list(words)).exit_code


def _forget() -> None:
    """As another process would open it."""
    from ownjournal.catalogue import following

    following.index.cache_clear()


def _put_back(folder: Path, whole: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole, folder)
    _forget()


def _files(folder: Path) -> Iterator[Path]:
    """Those that an index cannot do without."""
    for path in sorted(folder.rglob("*")):
        named = path.suffix in {".idx", ".pos", ".term", ".store", ".fast"}
        named = named or path.name in {"live", "state", "meta.json"}
        if path.is_file() and named and path.stat().st_size:
            yield path


def _one(folder: Path, dice: random.Random) -> Path:
    return dice.choice(list(_files(folder)))


def _delete_all(folder: Path, dice: random.Random) -> str:
    shutil.rmtree(folder)
    return "folder deleted"


def _empty(folder: Path, dice: random.Random) -> str:
    shutil.rmtree(folder)
    folder.mkdir()
    return "folder emptied"


def _delete(folder: Path, dice: random.Random) -> str:
    path = _one(folder, dice)
    path.unlink()
    return f"{path.suffix or path.name} deleted"


def _cut(folder: Path, dice: random.Random) -> str:
    path = _one(folder, dice)
    os.truncate(path, dice.randrange(path.stat().st_size))
    return f"{path.suffix or path.name} cut"


def _flip(folder: Path, dice: random.Random) -> str:
    path = _one(folder, dice)
    content = bytearray(path.read_bytes())
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(content)
    return f"{path.suffix or path.name} flipped"


WAYS = (_flip, _delete_all, _flip, _cut, _flip, _delete, _flip, _cut, _flip, _empty)

if __name__ == "__main__":
    main()
