"""The Django app `issues`: what we compile for one reader."""

from django.apps import AppConfig

from ownjournal.readers.leaving import slots
from ownjournal.readers.post import letters


class IssuesConfig(AppConfig):
    name = "ownjournal.issues"
    label = "issues"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        slots.export_too("ownjournal.issues.leaving.files")
        letters.register(
            "issue",
            "ownjournal.issues.mail.made",
            prepare="ownjournal.issues.mail.prepare",
        )
