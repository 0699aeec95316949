"""The Django app `collections`: what readers gather, alone and in groups."""

from django.apps import AppConfig


class CollectionsConfig(AppConfig):
    name = "ownjournal.collections"
    label = "collections"
    default_auto_field = "django.db.models.BigAutoField"
