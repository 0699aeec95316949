"""The Django app `notes`: what readers write under an article."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "ownjournal.notes"
    label = "notes"
    default_auto_field = "django.db.models.BigAutoField"
