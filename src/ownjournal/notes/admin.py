"""Signatures on the operators' pages: who is what they say they are."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from ownjournal.notes.models import Signature
from ownjournal.readers.membership import changes
from ownjournal.readers.membership.models import Change
from ownjournal.readers.models import Reader
from ownjournal.readers.operators import OperatorAdmin


class SignatureAdmin(OperatorAdmin):
    """How readers sign; an operator verifies the role, and changes nothing else."""

    list_display = ("reader", "name", "role", "role_verified_at")
    list_filter = (("role_verified_at", admin.EmptyFieldListFilter),)
    list_select_related = ("reader",)
    search_fields = ("reader__email", "name", "role")
    fields = ("reader", "name", "role", "role_verified_at")
    readonly_fields = fields
    actions = ("verify", "doubt")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Verify the role: I know that they are what they say")
    def verify(self, request: HttpRequest, rows: QuerySet[Signature]) -> None:
        for row in rows.exclude(role=None):
            row.role_verified_at = timezone.now()
            row.save(update_fields=["role_verified_at"])
            self._tell(request, row, f"the role “{row.role}” verified.")

    @admin.action(description="Verify the role no longer")
    def doubt(self, request: HttpRequest, rows: QuerySet[Signature]) -> None:
        for row in rows.exclude(role_verified_at=None):
            row.role_verified_at = None
            row.save(update_fields=["role_verified_at"])
            self._tell(request, row, f"the role “{row.role}” verified no longer.")

    def _tell(self, request: HttpRequest, row: Signature, what: str) -> None:
        by = request.user if isinstance(request.user, Reader) else None
        changes.note(Change.Where.ADMIN, f"{row}: {what}", by=by, reader=row.reader)
        self.message_user(request, f"{row}: {what}", messages.SUCCESS)
