"""Addresses of notes as files."""

from django.urls import path

from ownjournal.notes.files import views

urlpatterns = [
    path("notes/export", views.export, name="notes-export"),
    path("notes/export.zip", views.as_zip, name="notes-zip"),
    path("notes/annotations.jsonld", views.as_annotations, name="notes-annotations"),
    path("notes/import", views.import_, name="notes-import"),
]
