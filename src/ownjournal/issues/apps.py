"""The Django app `issues`: what we compile for one reader."""

from django.apps import AppConfig

from ownjournal.readers.post import letters


class IssuesConfig(AppConfig):
    name = "ownjournal.issues"
    label = "issues"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        letters.register(
            "issue",
            "ownjournal.issues.mail.made",
            prepare="ownjournal.issues.mail.prepare",
        )
