"""Readers, invitations and domains on the operators' pages.

What is changed here leaves a line of our own (`Change`), not one of Django's log,
which would keep the address of a reader who is gone.
"""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ownjournal.readers.membership import changes, members, trials
from ownjournal.readers.membership.changes import Where
from ownjournal.readers.membership.domains import canonical_domain, covering
from ownjournal.readers.membership.models import (
    Invitation,
    Member,
    MemberDomain,
    Trial,
)
from ownjournal.readers.membership.standing import Standing, judged
from ownjournal.readers.models import Reader
from ownjournal.readers.operators import OperatorAdmin, OperatorInline
from ownjournal.readers.post.models import Suppression

if TYPE_CHECKING:  # the classes take no parameter when they run
    FormOfDomain = forms.ModelForm[MemberDomain]
    FormOfInvitation = forms.ModelForm[Invitation]
    FormOfTrial = forms.ModelForm[Trial]
else:
    FormOfDomain = FormOfInvitation = FormOfTrial = forms.ModelForm


class AuditedAdmin(OperatorAdmin):
    """Each change leaves a line in `Change`."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _note(request, obj, f"{_named(obj)}added.")

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        told = LogEntry(change_message=json.dumps(message)).get_change_message()
        _note(request, obj, f"{_named(obj)}{told}")

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            _note(request, obj, f"{_named(obj)}deleted.")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The lines about a reader; of other things, all lines."""
        query = f"?reader={object_id}" if self.model is Reader else ""
        return redirect(reverse("admin:membership_change_changelist") + query)


def _named(obj: Any) -> str:
    return "" if isinstance(obj, Reader) else f"{obj}: "


def _note(request: HttpRequest, obj: Any, what: str) -> None:
    by = request.user if isinstance(request.user, Reader) else None
    reader = obj if isinstance(obj, Reader) else None
    changes.note(Where.ADMIN, what, by=by, reader=reader)


class TrialForm(FormOfTrial):
    """A trial by its last day, which is how people speak of it."""

    last_day = forms.DateField(
        widget=AdminDateWidget,
        help_text="By the reader's clock; issues stop at its end.",
    )

    class Meta:
        model = Trial
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["last_day"] = trials.last_day(self.instance)

    def save(self, commit: bool = True) -> Trial:
        now = timezone.now()
        if self.instance._state.adding:
            self.instance.began_at = now
        trials.move_end(self.instance, self.cleaned_data["last_day"], now)
        return self.instance


class TrialInline(OperatorInline):
    model = Trial
    form = TrialForm
    extra = 0
    can_delete = False


class MemberInline(OperatorInline):
    model = Member
    extra = 0
    readonly_fields = ("invitation", "since_at")


class KindFilter(admin.SimpleListFilter):
    """By the rows that there are; domains are not among them."""

    title = "what they are"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("member", "Member, by an operator or a code"),
            ("trial", "On trial"),
            ("over", "Trial over, no member"),
            ("neither", "Neither"),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Reader]
    ) -> QuerySet[Reader]:
        now, no_member = timezone.now(), queryset.filter(member=None)
        wanted = {
            "member": queryset.filter(member__isnull=False),
            "trial": no_member.filter(trial__ended_at=None, trial__ends_at__gt=now),
            "over": no_member.filter(trial__ends_at__lte=now),
            "neither": no_member.filter(trial=None),
        }
        return wanted.get(self.value() or "", queryset)


class MailFilter(admin.ChoicesFieldListFilter):
    """By why no mail reaches them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "why mail does not reach them"


class ReaderAdmin(AuditedAdmin):
    """Who reads here, what they are, and whether mail reaches them."""

    list_display: tuple[str, ...] = ("email", "kind", "last_day", "joined", "mail")
    list_filter = (
        KindFilter,
        ("suppression__reason", MailFilter),
        "is_active",
        "is_operator",
    )
    search_fields = ("email",)
    ordering = ("-created_at", "-id")
    list_per_page = 50
    list_select_related = ("trial", "member", "suppression")
    fields = ("email", "kind", "last_day", "joined", "mail", "is_active", "is_operator")
    inlines = (MemberInline, TrialInline)
    actions = ("make_members", "mail_again")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Operators cannot shut themselves out."""
        shown = ["email", "kind", "last_day", "joined", "mail"]
        return [*shown, "is_active", "is_operator"] if obj == request.user else shown

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # readers join by themselves, or by `ownjournal reader add`

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # they erase themselves, and it takes more than this row

    @admin.display(description="is")
    def kind(self, reader: Reader) -> str:
        found = _standing(reader)
        way = f", {found.way}" if found.way else ""
        return f"{found.kind}{way}{', over' if found.is_over else ''}"

    @admin.display(description="last day")
    def last_day(self, reader: Reader) -> date | None:
        return _standing(reader).until_on

    @admin.display(description="joined", ordering="created_at")
    def joined(self, reader: Reader) -> date:
        return reader.created_at.date()

    @admin.display(description="mail")
    def mail(self, reader: Reader) -> str:
        """Whether issues go out by mail, or why not."""
        suppression = getattr(reader, "suppression", None)
        if isinstance(suppression, Suppression):
            return suppression.get_reason_display()
        return "Yes" if reader.mails_issues else "Not wanted"

    @admin.action(description="Make members, for good")
    def make_members(self, request: HttpRequest, rows: QuerySet[Reader]) -> None:
        for reader in rows.filter(member=None):
            Member.objects.create(reader=reader)
            _note(request, reader, "Made a member, for good.")
        self.message_user(request, "They are members now.", messages.SUCCESS)

    @admin.action(description="Send mail again to mailboxes that did not take it")
    def mail_again(self, request: HttpRequest, rows: QuerySet[Reader]) -> None:
        for row in Suppression.objects.filter(reader__in=rows):
            row.delete()
            _note(request, row.reader, "Mail goes out again.")
        self.message_user(request, "Mail goes to them again.", messages.SUCCESS)


def _standing(reader: Reader) -> Standing:
    return judged(
        reader,
        getattr(reader, "trial", None),
        getattr(reader, "member", None),
        covering(reader.email),
        timezone.now(),
    )


class InvitationForm(FormOfInvitation):
    """Allows no fewer uses than there were."""

    class Meta:
        model = Invitation
        fields = ("note", "uses", "until_on", "members_until_on")

    def clean_uses(self) -> int:
        uses: int = self.cleaned_data["uses"]
        fewest = max(1, self.instance.used)
        if uses < fewest:
            raise forms.ValidationError(f"Write {fewest} or more; so many used it.")
        return uses


class InvitationAdmin(AuditedAdmin):
    """Codes; each is shown once, when it is made."""

    form = InvitationForm
    list_display = ("id", "note", "used", "uses", "until_on", "made_at")
    search_fields = ("note",)
    ordering = ("-id",)
    fields = ("note", "uses", "until_on", "members_until_on", "used", "made_at")
    readonly_fields = ("used", "made_at")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # so that one can see how members came; a date ends it

    def save_model(
        self, request: HttpRequest, obj: Invitation, form: Any, change: bool
    ) -> None:
        """A new one gets its code, which is told in a message."""
        if not change:
            code = members.new_code()
            obj.code_hash = members.code_hash(code)
            said = f"The code is {code}. Write it down now: it is not shown again."
            self.message_user(request, said, messages.WARNING)
        super().save_model(request, obj, form, change)


class MemberDomainForm(FormOfDomain):
    """Keeps a domain in its one form."""

    class Meta:
        model = MemberDomain
        fields = ("domain", "has_subdomains", "until_on", "note")

    def clean_domain(self) -> str:
        return canonical_domain(self.cleaned_data["domain"])


class MemberDomainAdmin(AuditedAdmin):
    """Institutions whose readers are members as a whole."""

    form = MemberDomainForm
    list_display = ("domain", "has_subdomains", "until_on", "note")
    search_fields = ("domain", "note")
    ordering = ("domain",)


class ChangeAdmin(OperatorAdmin):
    """Who changed what, and when; to be read."""

    list_display = ("at", "what", "reader", "by", "where")
    list_display_links = None
    list_filter = ("where", ("at", admin.DateFieldListFilter))
    search_fields = ("reader__email", "what")
    list_select_related = ("reader", "by")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "reader" or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
