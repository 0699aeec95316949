"""The post on the operators' pages: whom mail does not reach, and why mail waits.

Letters are looked at and not changed. To take a suppression away mails the reader
again.
"""

from typing import Any

from django.http import HttpRequest

from ownjournal.readers.operators import OperatorAdmin
from ownjournal.readers.post import returned
from ownjournal.readers.post.models import Suppression


class _LookedAt(OperatorAdmin):
    """Neither added nor changed by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LetterAdmin(_LookedAt):
    """What was mailed, and what waits."""

    list_display = ("kind", "reader", "state", "put_at", "settled_at", "problem")
    list_filter = ("state", "kind")
    list_select_related = ("reader",)
    search_fields = ("reader__email", "problem")
    exclude = ("details", "address", "claimed_by")
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a letter that is not there could be sent again


class SuppressionAdmin(_LookedAt):
    """Readers whom mail does not reach."""

    list_display = ("reader", "reason", "said", "since_at")
    list_filter = ("reason",)
    list_select_related = ("reader",)
    search_fields = ("reader__email", "said")

    def delete_model(self, request: HttpRequest, obj: Suppression) -> None:
        returned.lift(obj.reader)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for each in queryset.select_related("reader"):
            returned.lift(each.reader)


class TroubleAdmin(_LookedAt):
    """Why mail waits."""

    list_display = ("kind", "said", "since_at", "again_at")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # `ownjournal send --resume` knows what else there is to do
