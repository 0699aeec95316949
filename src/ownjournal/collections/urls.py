"""Pages of collections; what stands behind an id and is no slug comes first."""

from django.urls import path, re_path

from ownjournal.collections import (
    adding,
    directory,
    editing,
    feeding,
    following,
    settings_page,
    views,
)

app_name = "collections"

OWN = r"^collections/(?P<number>[1-9][0-9]{0,17})"
SHARED = OWN + r"(?:-(?P<token>[0-9a-f]{32}))?"
PMID = r"(?P<pmid>[1-9][0-9]{0,8})"

urlpatterns = [
    path("collections", directory.show, name="directory"),
    path("collections/mine", directory.mine, name="mine"),
    path("collections/new", directory.make, name="new"),
    re_path(
        r"^collections/invitations/(?P<number>[1-9][0-9]{0,17})-(?P<token>[0-9a-f]{32})\Z",
        settings_page.invitation,
        name="invitation",
    ),
    re_path(rf"^articles/{PMID}/collect\Z", adding.one, name="collect"),
    re_path(rf"{SHARED}/feed\.(?P<form>atom|json)\Z", feeding.show),
    re_path(rf"{SHARED}/history\Z", views.changes),
    re_path(rf"{SHARED}/export\Z", views.export),
    re_path(rf"{SHARED}/suggest\Z", editing.suggest),
    re_path(rf"{OWN}/follow\Z", following.change),
    re_path(rf"{OWN}/edit\Z", editing.edit),
    re_path(rf"{OWN}/add\Z", adding.many),
    re_path(rf"{OWN}/articles/{PMID}\Z", editing.article),
    re_path(rf"{OWN}/sections\Z", editing.sections),
    re_path(
        rf"{OWN}/suggestions/(?P<suggestion>[1-9][0-9]{{0,17}})\Z", editing.suggestions
    ),
    re_path(rf"{OWN}/settings\Z", settings_page.settings),
    re_path(rf"{OWN}/curators\Z", settings_page.curators),
    re_path(rf"{OWN}/link\Z", settings_page.new_link),
    re_path(rf"{OWN}/delete\Z", settings_page.delete),
    re_path(rf"{SHARED}/?\Z", views.show),
    re_path(rf"{SHARED}/(?P<slug>[^/]+)\Z", views.show, name="collection"),
]
