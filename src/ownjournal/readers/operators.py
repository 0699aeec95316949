"""The operators' pages, /admin/: Django's own, for readers who run the site.

They sign in as every reader does; there is no password form here. A part that
has something to look after brings an `OperatorAdmin` for it, and
`ownjournal.site.operators` gives that a line.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite, ModelAdmin, StackedInline
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path

from ownjournal.readers.models import Reader
from ownjournal.readers.visits import sign_out

if TYPE_CHECKING:  # the class takes no parameter when it runs
    AnyAdmin = ModelAdmin[Any]
    AnyInline = StackedInline[Any, Any]
else:
    AnyAdmin, AnyInline = ModelAdmin, StackedInline

PASSWORD_PAGES = {"password_change", "password_change_done"}


class OperatorSite(AdminSite):
    """Django's admin site, for operators alone."""

    site_header = site_title = "Looking after the site"
    index_title = "What there is to look after"
    empty_value_display = "—"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether an operator asks."""
        user = request.user
        return isinstance(user, Reader) and user.is_active and user.is_operator

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Where Django sends whoever may not come in."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect("readers:sign-in")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without the pages of passwords, as readers have none; out by our own way."""
        others = [
            each
            for each in super().get_urls()
            if getattr(each, "name", None) not in {*PASSWORD_PAGES, "logout"}
        ]
        return [path("logout/", sign_out, name="logout"), *others]


class ForOperators:
    """An operator may see, add, change and delete; nobody else may do anything."""

    admin_site: AdminSite

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)


class OperatorAdmin(ForOperators, AnyAdmin):
    """Pages of a model on which an operator may do everything."""


class OperatorInline(ForOperators, AnyInline):
    """Rows of a model on the page of another."""
