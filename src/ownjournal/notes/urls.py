"""Pages of notes: under what they are about, by their numbers, and a reader's own."""

from django.urls import path, re_path

from ownjournal.notes import edit_views, mine, pages, signature_page, views

app_name = "notes"

NOTE = r"^notes/(?P<number>[1-9][0-9]{0,17})"

urlpatterns = [
    re_path(
        r"^articles/(?P<pmid>[1-9][0-9]{0,8})/notes\Z", views.of_article, name="article"
    ),
    re_path(
        r"^collections/(?P<number>[1-9][0-9]{0,17})/notes\Z",
        views.of_collection,
        name="collection",
    ),
    path("notes", mine.show, name="mine"),
    path("notes/newest", pages.newest, name="newest"),
    re_path(rf"{NOTE}\Z", pages.show, name="note"),
    re_path(rf"{NOTE}/history\Z", pages.history, name="history"),
    re_path(rf"{NOTE}/edit\Z", edit_views.edit, name="edit"),
    re_path(rf"{NOTE}/delete\Z", edit_views.delete, name="delete"),
    re_path(rf"{NOTE}/undo\Z", edit_views.undo, name="undo"),
    path("account/signature", signature_page.show, name="signature"),
]
