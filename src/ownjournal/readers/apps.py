"""The Django app `readers`: who reads, and what they want to read."""

from django.apps import AppConfig


class ReadersConfig(AppConfig):
    name = "ownjournal.readers"
    label = "readers"
    default_auto_field = "django.db.models.BigAutoField"
