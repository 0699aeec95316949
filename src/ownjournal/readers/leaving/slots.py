"""What other parts add to an export, and what they do when a reader leaves.

Tables that lead to a reader are exported and erased without any of this. No model
is imported here, so that a part's `apps` module may import it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from ownjournal.readers.models import Reader

Files = Iterable[tuple[str, Iterable[str | bytes]]]
"""Names of files, as "issues/issue-0001.html", and their content piece by piece."""

Part = Callable[["Reader"], Files]
Leaver = Callable[["Reader", bool], None]
"""Called within the transaction that erases, while the reader is still there. It
must see to what no foreign key does; the flag says whether public notes stay, as
those of a former reader."""

PARTS: list[Part | str] = []
LEAVERS: list[Leaver | str] = []


def export_too(part: Part | str) -> None:
    """Add files to every export, in AppConfig.ready; a dotted name does as well."""
    if part not in PARTS:
        PARTS.append(part)


def on_leaving(leaver: Leaver | str) -> None:
    """Take part in every erasure, in AppConfig.ready; a dotted name does as well."""
    if leaver not in LEAVERS:
        LEAVERS.append(leaver)


def parts_of(reader: "Reader") -> Iterator[tuple[str, Iterable[str | bytes]]]:
    """The files of all parts, each made when its turn comes."""
    for part in PARTS:
        files: Part = import_string(part) if isinstance(part, str) else part
        yield from files(reader)


def let_go(reader: "Reader", keeps_notes: bool) -> None:
    """Let every part do what it must."""
    for leaver in LEAVERS:
        call: Leaver = import_string(leaver) if isinstance(leaver, str) else leaver
        call(reader, keeps_notes)
