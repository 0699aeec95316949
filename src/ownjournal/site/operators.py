"""What operators look after at /admin/: every model, one line each."""

from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.db.models import Max, QuerySet
from django.http import HttpRequest

from ownjournal.collections.admin import CollectionAdmin
from ownjournal.collections.models import Collection
from ownjournal.collections.posts.admin import EditorAdmin
from ownjournal.collections.posts.models import Editor
from ownjournal.notes.admin import SignatureAdmin
from ownjournal.notes.models import Signature
from ownjournal.notes.moderation.admin import DecisionAdmin, ModeratorAdmin
from ownjournal.notes.moderation.models import Decision, Moderator
from ownjournal.readers.institutions.admin import InstitutionAdmin
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.membership.admin import (
    ChangeAdmin,
    InvitationAdmin,
    MemberDomainAdmin,
    ReaderAdmin,
)
from ownjournal.readers.membership.models import Change, Invitation, MemberDomain
from ownjournal.readers.models import Reader
from ownjournal.readers.operators import OperatorSite
from ownjournal.readers.post.admin import LetterAdmin, SuppressionAdmin, TroubleAdmin
from ownjournal.readers.post.models import Letter, Suppression, Trouble


class ReaderWithIssuesAdmin(ReaderAdmin):
    """Readers, with the date of their last issue; what is in it is their own."""

    list_display = (*ReaderAdmin.list_display, "last_issue")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        with_issues: QuerySet[Any] = rows.annotate(
            last_issue_at=Max("issues__compiled_at")
        )
        return with_issues

    @admin.display(description="last issue", ordering="last_issue_at")
    def last_issue(self, reader: Any) -> date | None:
        at: datetime | None = reader.last_issue_at
        return at.date() if at else None


operators = OperatorSite(name="admin")
operators.register(Reader, ReaderWithIssuesAdmin)
operators.register(Invitation, InvitationAdmin)
operators.register(MemberDomain, MemberDomainAdmin)
operators.register(Change, ChangeAdmin)
operators.register(Institution, InstitutionAdmin)
operators.register(Moderator, ModeratorAdmin)
operators.register(Decision, DecisionAdmin)
operators.register(Signature, SignatureAdmin)
operators.register(Letter, LetterAdmin)
operators.register(Suppression, SuppressionAdmin)
operators.register(Trouble, TroubleAdmin)
operators.register(Editor, EditorAdmin)
operators.register(Collection, CollectionAdmin)
