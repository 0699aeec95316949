"""The Django app `issues`: what we compile for one reader."""

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "ownjournal.issues"
    label = "issues"
    default_auto_field = "django.db.models.BigAutoField"
