"""The Django app `pictures`: those that readers put into notes."""

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "ownjournal.notes.pictures"
    label = "pictures"
    default_auto_field = "django.db.models.BigAutoField"
