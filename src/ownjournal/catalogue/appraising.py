"""Judge stored articles again, when rules or models are others than before.

Articles are taken in the order of their PMIDs, some hundred in a transaction, so
that writers of files wait for a moment only. One that was judged by these rules
and this model is passed over: stopped at any time, the next call goes on. Only
an article whose appraisal became another one gets a new revision, by which the
index, pages and issues follow.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from msgspec import Struct
from msgspec.structs import replace

from ownjournal.appraisal.judge import RULES_VERSION, judge_all
from ownjournal.appraisal.later import with_integrity
from ownjournal.appraisal.model import Models, load_models
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.catalogue import packing, yields
from ownjournal.catalogue.models import Article as Row
from ownjournal.catalogue.models import Dictionary
from ownjournal.catalogue.packing import Content, Packer, Unpacker
from ownjournal.catalogue.writing import change

MODELS = "models"
"""Folder of trained models in DATA_DIR, one folder a kind."""

AT_ONCE = 500  # articles in a transaction

_STORE = """
    UPDATE catalogue_article SET content_hash = %s, quality = %s, significance = %s,
        record = %s, revision = COALESCE(%s, revision)
    WHERE pmid = %s AND content_hash = %s AND revision = %s
"""


class Progress(Struct, frozen=True):
    """How far it went."""

    seen: int = 0  # live articles looked at
    judged: int = 0  # that other rules or another model had judged
    changed: int = 0  # of which the appraisal became another one
    last: int = 0  # PMID; the next batch begins behind it


_State = tuple[int, int]
"""Content hash and revision of a row, as it was read."""


class _Judged(Struct, frozen=True):
    """A stored row with its new appraisal, packed."""

    pmid: int
    old: _State
    new_hash: int
    appraisal: Appraisal
    record: bytes
    changed: bool


def site_models() -> Models:
    """What this site trained and learned. Raises ModelUnusable."""
    trained = load_models(settings.DATA_DIR / MODELS)
    return replace(trained, yields=yields.known())


def appraise(models: Models, told: Callable[[Progress], None]) -> Progress:
    """Judge every live article that other rules or another model judged.

    `told` hears how far it is after each batch, which is kept by then. An article
    that a file or a list of retractions changes meanwhile is left as it is then.
    """
    packer = Packer(_newest_dictionary())
    unpacker = Unpacker(lambda id_: bytes(Dictionary.objects.get(pk=id_).content))
    progress = Progress()
    while rows := _rows(progress.last):
        stale = _stale(rows, unpacker, models)
        judged = _anew(stale, models, packer)
        _write(judged)
        progress = Progress(
            progress.seen + len(rows),
            progress.judged + len(judged),
            progress.changed + sum(each.changed for each in judged),
            rows[-1][0],
        )
        told(progress)
    return progress


def _newest_dictionary() -> bytes | None:
    known = Dictionary.objects.first()
    return None if known is None else bytes(known.content)


def _rows(after: int) -> list[tuple[int, _State, bytes]]:
    """The next live rows: PMID, state, record."""
    live = Row.objects.filter(pk__gt=after, live=True, record__isnull=False)
    values = live.order_by("pk").values_list(
        "pmid", "content_hash", "revision", "record"
    )
    return [
        (pmid, (hash_, revision), bytes(record or b""))
        for pmid, hash_, revision, record in values[:AT_ONCE]
    ]


def _stale(
    rows: Sequence[tuple[int, _State, bytes]], unpacker: Unpacker, models: Models
) -> list[tuple[_State, Content]]:
    """State and content of those that others judged."""
    read = [(state, unpacker.unpack(record)) for _, state, record in rows]
    now = (RULES_VERSION, models.id)
    return [
        (state, content)
        for state, content in read
        if (content.appraisal.rules_version, content.appraisal.model) != now
    ]


def _anew(
    stale: Sequence[tuple[_State, Content]], models: Models, packer: Packer
) -> list[_Judged]:
    judged = judge_all([content.article for _, content in stale], models)
    found = []
    for (state, content), bare in zip(stale, judged, strict=True):
        old = content.appraisal
        new = with_integrity(content.article, bare, old.listed)
        encoded = packing.encode(content.article)
        found.append(
            _Judged(
                content.article.pmid,
                state,
                packing.content_hash(encoded, model=new.model),
                new,
                packer.pack(packing.join(encoded, new)),
                replace(old, rules_version=new.rules_version, model=new.model) != new,
            )
        )
    return found


def _write(judged: Sequence[_Judged]) -> None:
    """All of a batch at once; a revision is taken only where something changed."""
    if any(each.changed for each in judged):
        with change() as writing:
            writing.cursor.executemany(_STORE, _values(judged, writing.revision))
    elif judged:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_STORE, _values(judged, None))


def _values(judged: Sequence[_Judged], revision: int | None) -> list[tuple[Any, ...]]:
    return [
        (
            each.new_hash,
            each.appraisal.quality,
            each.appraisal.significance,
            each.record,
            revision if each.changed else None,
            each.pmid,
            *each.old,
        )
        for each in judged
    ]
