"""Put a list of institutions into the registry, and write the registry as a list.

Importing the same list again changes nothing. An entry is known by its name,
country and kind; what an operator changed by hand stays. Nothing is deleted:
what a newer list leaves out may be retired, and stays with whoever has it.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from ownjournal.readers.institutions.lists import Listed, Unusable
from ownjournal.readers.institutions.models import BY_HAND, Institution

Key = tuple[str, str | None, str]  # name, country, kind


class Imported(Struct):
    """What an import did, or would do."""

    added: list[Listed]
    changed: list[Listed]
    unchanged: int
    kept: list[Listed]  # changed by hand here, so left alone
    missing: list[Institution]  # of this source, which the list no longer has
    unusable: list[Unusable]


class _DryRun(Exception):
    """Takes the transaction back."""


def import_list(
    entries: Iterable[Listed | Unusable],
    source: str,
    *,
    retire_missing: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Add and change what the list says, in one transaction."""
    done = Imported([], [], 0, [], [], [])
    try:
        with transaction.atomic():
            _import(entries, source, done)
            if retire_missing:
                _retire(done.missing)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return done


def _import(entries: Iterable[Listed | Unusable], source: str, done: Imported) -> None:
    in_use = Institution.objects.exclude(state=Institution.State.PROPOSED)
    known = {(each.name, each.country, each.kind): each for each in in_use}
    seen: dict[Key, str] = {}
    for entry in entries:
        if isinstance(entry, Unusable):
            done.unusable.append(entry)
            continue
        key = (entry.name, entry.country, entry.kind)
        if seen.setdefault(key, entry.template) != entry.template:
            reason = "The list has this name twice, with another address before."
            done.unusable.append(Unusable(entry.name, entry.template, reason))
        elif (row := known.get(key)) is None:
            known[key] = _add(entry, source)
            done.added.append(entry)
        else:
            _update(row, entry, source, done)
    done.missing = [
        row
        for key, row in known.items()
        if row.source == source
        and row.state == Institution.State.ACTIVE
        and key not in seen
    ]


def _add(entry: Listed, source: str) -> Institution:
    return Institution.objects.create(
        name=entry.name,
        other_names=_lines(entry),
        country=entry.country,
        kind=entry.kind,
        template=entry.template,
        source=source,
    )


def _update(row: Institution, entry: Listed, source: str, done: Imported) -> None:
    other_names = _lines(entry) or row.other_names
    if (row.template, row.other_names) == (entry.template, other_names):
        done.unchanged += 1
        return
    if row.source == BY_HAND:
        done.kept.append(entry)
        return
    if row.template != entry.template:
        row.checked_at = row.problem = None
    row.template, row.other_names = entry.template, other_names
    row.source, row.changed_at = source, timezone.now()
    row.save()
    done.changed.append(entry)


def _lines(entry: Listed) -> str | None:
    return "\n".join(entry.other_names) or None


def _retire(rows: Iterable[Institution]) -> None:
    for row in rows:
        row.state, row.changed_at = Institution.State.RETIRED, timezone.now()
        row.save()


def as_json(rows: Iterable[Institution]) -> str:
    """Institutions in the form that `lists.read` reads back."""
    return json.dumps([_row(row) for row in rows], ensure_ascii=False, indent=1)


def _row(row: Institution) -> dict[str, Any]:
    fields = {
        "name": row.name,
        "other_names": (row.other_names or "").splitlines(),
        "country": row.country,
        "kind": row.kind,
        "template": row.template,
    }
    return {key: value for key, value in fields.items() if value}
