"""Institutions on the operators' pages: look for them, mend them, decide on them."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ownjournal.pubmed.exports.clean import one_line
from ownjournal.pubmed.libraries import BadTemplate, checked
from ownjournal.readers.institutions.asking import Asker
from ownjournal.readers.institutions.checking import check, dead, link_to_known
from ownjournal.readers.institutions.models import BY_HAND, Institution
from ownjournal.readers.institutions.words import words
from ownjournal.readers.operators import OperatorAdmin

if TYPE_CHECKING:  # the class takes no parameter when it runs
    Form = forms.ModelForm[Institution]
else:
    Form = forms.ModelForm

MOST_CHECKED = 20  # by one press of a button; the command checks them all


class InstitutionForm(Form):
    """Keeps a template in its one form."""

    class Meta:
        model = Institution
        fields = (
            "name",
            "other_names",
            "country",
            "kind",
            "template",
            "state",
            "remark",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "name": forms.TextInput({"class": "vLargeTextField"}),
            "other_names": forms.Textarea({"class": "vLargeTextField", "rows": 3}),
            "template": forms.TextInput({"class": "vLargeTextField"}),
        }

    def clean_other_names(self) -> str | None:
        lines = (self.cleaned_data.get("other_names") or "").splitlines()
        return "\n".join(filter(None, map(one_line, lines))) or None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, template = cleaned.get("kind"), cleaned.get("template")
        if kind and template:
            try:
                cleaned["template"] = checked(kind, template)
            except BadTemplate as problem:
                self.add_error("template", ValidationError(str(problem)))
        return cleaned


class AnswersFilter(admin.SimpleListFilter):
    """By what the last check of the link found."""

    title = "answer"
    parameter_name = "answers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("yes", "Answered"),
            ("no", "Did not answer"),
            ("never", "Never asked"),
            ("reported", "Reported as broken"),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Institution]
    ) -> QuerySet[Institution]:
        wanted: dict[str | None, dict[str, Any]] = {
            "yes": {"problem__isnull": True, "checked_at__isnull": False},
            "no": {"problem__isnull": False},
            "never": {"checked_at__isnull": True},
            "reported": {"reports__gt": 0},
        }
        return queryset.filter(**wanted.get(self.value(), {}))


class InstitutionAdmin(OperatorAdmin):
    """Institutions; what needs a decision is a filter away."""

    form = InstitutionForm
    list_display = ("name", "country", "kind", "state", "problem", "reports", "source")
    list_filter = ("state", "kind", AnswersFilter, "country")
    search_fields = ("words",)  # makes the search box; how: get_search_results
    search_help_text = "Words of the name, other names or country, in any order."
    list_per_page = 50
    readonly_fields = (
        "source",
        "added_by",
        "created_at",
        "changed_at",
        "checked_at",
        "problem",
        "reports",
        "reported_at",
    )
    actions = ("approve", "retire", "ask", "forget_reports")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Institution], search_term: str
    ) -> tuple[QuerySet[Institution], bool]:
        for word in words(search_term)[:10]:
            queryset = queryset.filter(words__contains=f" {word}")
        return queryset, False

    def save_model(
        self, request: HttpRequest, obj: Institution, form: Any, change: bool
    ) -> None:
        """What an operator wrote is no more changed by an import."""
        if {"template", "name", "country", "kind"} & set(form.changed_data):
            obj.source = BY_HAND
            obj.checked_at = obj.problem = None
        obj.changed_at = timezone.now()
        super().save_model(request, obj, form, change)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With a link to try it by."""
        row = self.get_object(request, object_id)
        try_url = link_to_known(row) if row is not None else None
        context = {**(extra_context or {}), "try_url": try_url}
        return super().change_view(request, object_id, form_url, context)

    @admin.action(description="Offer to readers")
    def approve(self, request: HttpRequest, rows: QuerySet[Institution]) -> None:
        for row in rows:
            try:
                with transaction.atomic():
                    _set_state(row, Institution.State.ACTIVE)
            except IntegrityError:
                said = f"{row} is here already with a link of this kind; change that."
                self.message_user(request, said, messages.ERROR)
            else:
                self.message_user(request, f"{row} is offered.", messages.SUCCESS)

    @admin.action(description="Offer no longer")
    def retire(self, request: HttpRequest, rows: QuerySet[Institution]) -> None:
        for row in rows.exclude(state=Institution.State.PROPOSED):
            _set_state(row, Institution.State.RETIRED)
            said = f"{row} is no longer offered, and stays with whoever has it."
            self.message_user(request, said, messages.SUCCESS)

    @admin.action(description="Ask whether the link answers")
    def ask(self, request: HttpRequest, rows: QuerySet[Institution]) -> None:
        asked = list(rows[:MOST_CHECKED])
        asker = Asker()
        try:
            check(asked, asker)
        finally:
            asker.close()
        for row in dead(asked):
            self.message_user(request, f"{row}: {row.problem}", messages.WARNING)
        said = f"{len(asked) - len(dead(asked))} of {len(asked)} links answer."
        self.message_user(request, said, messages.INFO)

    @admin.action(description="Forget the reports of broken links")
    def forget_reports(self, request: HttpRequest, rows: QuerySet[Institution]) -> None:
        count = rows.update(reports=0, reported_at=None)
        self.message_user(request, f"Forgotten for {count}.", messages.SUCCESS)


def _set_state(row: Institution, state: Institution.State) -> None:
    row.state, row.changed_at = state, timezone.now()
    row.save()
