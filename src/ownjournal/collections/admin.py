"""Collections on the operators' pages: what others can read, to be taken back.

An operator neither reads nor changes what is private or a group's.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from ownjournal.collections.models import Visibility
from ownjournal.readers.operators import OperatorAdmin


class CollectionAdmin(OperatorAdmin):
    """Public ones and those with a link."""

    list_display = ("title", "visibility", "updated_at")
    list_filter = ("visibility",)
    search_fields = ("title",)
    fields = ("title", "description", "visibility")
    readonly_fields = ("title", "description")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        shown = (Visibility.PUBLIC, Visibility.LINK)
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.filter(visibility__in=shown)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
