"""Moderators on the operators' pages, and the record, to be read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ownjournal.readers.membership.admin import AuditedAdmin
from ownjournal.readers.operators import OperatorAdmin


class ModeratorAdmin(AuditedAdmin):
    """Who may moderate, beside the operators."""

    list_display = ("reader", "since_at")
    raw_id_fields = ("reader",)
    search_fields = ("reader__email",)
    list_select_related = ("reader",)


class DecisionAdmin(OperatorAdmin):
    """Who decided what about which note, and why; to be read."""

    list_display = ("at", "by", "deed", "note", "about", "why")
    list_display_links = None
    list_filter = ("deed", ("at", admin.DateFieldListFilter))
    list_select_related = ("by", "about")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
