"""The licence of every package that is locked, as `python tools/licences.py` prints it.

What runs with Ownjournal must be free to be passed on under Apache-2.0: licences that
ask for the same licence of the whole (GPL, AGPL) are not imported. Read from what the
packages say of themselves.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)
FREE = re.compile(
    r"(MIT|MIT-0|MIT-CMU|HPND|BSD|0BSD|BSD-[23]-Clause|Apache-2\.0|Apache 2\.0|Apache"
    r"|ISC|Zlib|CNRI-Python|PSF-2\.0|Python-2\.0|Unlicense|CC0-1\.0|MPL-2\.0"
    r"|LGPL-3\.0(-only|-or-later)?|(The )?MIT License( \(MIT\))?"
    r"|((3-Clause|New|Modified) )?BSD( License)?|ISC License( \(ISCL\))?"
    r"|Apache( Software)? License,?( Version)?( 2\.0)?"
    r"|Mozilla Public License 2\.0 \(MPL 2\.0\)|Python Software Foundation License"
    r"|CMU License \(MIT-CMU\)|GNU Lesser General Public License v3( \(LGPLv3\))?)",
    re.IGNORECASE,
)
APART = re.compile(r"\s+(?:AND|OR)\s+")


def locked(name: str = "requirements.lock") -> list[str]:
    """Names of packages, as a lock has them."""
    return LOCKED.findall((ROOT / name).read_text())


def licence_of(found: Distribution) -> str:
    """What a package says: an SPDX expression, else its classifiers, else a line."""
    told = found.metadata
    classifiers = [
        each.rpartition(" :: ")[2]
        for each in told.get_all("Classifier") or ()
        if each.startswith("License :: ") and each.count(" :: ") > 1
    ]
    short = _one(found, "License").strip().split("\n")[0][:80]
    expression = _one(found, "License-Expression")
    return expression or " AND ".join(classifiers) or short


def _one(found: Distribution, field: str) -> str:
    """A field of a package's metadata, "" where it has none."""
    return str((found.metadata.get_all(field) or [""])[0])


def is_free(licence: str) -> bool:
    """Whether each part of it is on the list."""
    return all(FREE.fullmatch(each) for each in APART.split(licence))


def report(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Name, version and licence of what is installed of these."""
    for name in names:
        try:
            found = distribution(name)
        except PackageNotFoundError:  # of another system
            continue
        yield name, found.version, licence_of(found)


if __name__ == "__main__":
    rows = list(report(locked()))
    for name, version, licence in rows:
        print(f"{name:32} {version:12} {licence}{'' if is_free(licence) else '  (!)'}")
    sys.exit(not all(is_free(licence) for *_, licence in rows))
