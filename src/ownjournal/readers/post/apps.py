"""The Django app `post`: letters that wait, and what became of them."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "ownjournal.readers.post"
    label = "post"
    default_auto_field = "django.db.models.BigAutoField"
