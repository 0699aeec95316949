"""Marks and reports of notes, and the pages of moderators."""

from django.urls import path

from ownjournal.notes.moderation import views

app_name = "moderation"

urlpatterns = [
    path("notes/<int:note_id>/helpful", views.helpful, name="helpful"),
    path("notes/<int:note_id>/report", views.report, name="report"),
    path("notes/<int:note_id>/still-true", views.still_true, name="still-true"),
    path("moderation", views.show, name="queue"),
    path("moderation/notes/<int:note_id>", views.note, name="note"),
    path("moderation/readers/<int:reader_id>/unban", views.unban, name="unban"),
]
