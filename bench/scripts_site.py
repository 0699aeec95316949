"""Hostile text in every place that readers, articles and operators write to.

Each column of text from outside that a page, a mail or a file may show is
overwritten with one text, of many payloads. Runs where the database is.
"""

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CharField, Model, QuerySet, TextField

from bench.attacked import PMID
from made.page_articles import hostile_article
from made.shelf import shelve
from ownjournal.catalogue import following

OURS = {  # columns that hold no text of anybody's, or could then not be read at all
    *("password", "email", "time_zone", "country", "session_data", "kind", "key"),
    *("digest", "period", "pool_digest", "newest_file", "slot", "interest_key", "file"),
    *("claimed_by", "code_hash", "domain", "integrity", "letter_key", "template"),
    *("audience", "state", "address", "address_hash", "design", "item", "source"),
    *("md5", "code", "model", "copied_from", "outcome", "licence", "version", "what"),
}


def places() -> dict[type[Model], list[str]]:
    """Columns of text from outside, by model."""
    found: dict[type[Model], list[str]] = {}
    for model in apps.get_models():
        if model.__module__.startswith("ownjournal."):
            names = [
                field.name
                for field in model._meta.fields
                if isinstance(field, CharField | TextField)
                and not (field.choices or field.unique or field.name in OURS)
            ]
            if names:
                found[model] = names
    return found


def poison(text: str) -> None:
    """Put a text wherever one from outside may stand."""
    for model, names in places().items():
        for row in QuerySet(model).all():
            for name in names:
                _put(model, row.pk, name, text)
    shelve(*(hostile_article(PMID + place, text) for place in range(2)))
    following.follow(following.index())


def _put(model: type[Model], pk: object, name: str, text: str) -> None:
    """In one column of one row; with the row's number where it must be its own."""
    most = getattr(model._meta.get_field(name), "max_length", None)
    for tried in (text, f"{pk} {text}"):
        try:
            with transaction.atomic():
                row = QuerySet(model).filter(pk=pk)  # some managers change nothing
                row.update(**{name: tried[:most]})
        except IntegrityError:
            continue
        return
