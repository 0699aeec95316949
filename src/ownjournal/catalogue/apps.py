"""The Django app `catalogue`: the articles we keep, and their pages."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "ownjournal.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
