"""Pages of the catalogue."""

from django.urls import path, re_path

from ownjournal.catalogue import searching, views

app_name = "catalogue"

# [0-9], not \d: other digits than these are no PMID.
urlpatterns = [
    re_path(r"^articles/(?P<pmid>[1-9][0-9]{0,8})$", views.show, name="article"),
    re_path(
        r"^articles/(?P<pmid>[1-9][0-9]{0,8})\.txt$", views.plaintext, name="plaintext"
    ),
    path("search", searching.show, name="search"),
]
