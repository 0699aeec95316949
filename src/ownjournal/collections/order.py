"""The articles of a collection in its order: those without a heading come first."""

from django.db.models import F, QuerySet

from ownjournal.collections.models import Collected, Collection


def in_order(collection: Collection) -> QuerySet[Collected]:
    """All of them, each with its section."""
    rows = collection.articles.select_related("section")
    return rows.order_by(
        F("section__position").asc(nulls_first=True), "section_id", "position", "id"
    )


def pmids(collection: Collection) -> list[int]:
    """The same as PMIDs."""
    return list(in_order(collection).values_list("pmid", flat=True))
