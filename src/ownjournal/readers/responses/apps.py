"""The Django app `responses`: what readers say of articles, keep and mute."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "ownjournal.readers.responses"
    label = "responses"
    default_auto_field = "django.db.models.BigAutoField"
