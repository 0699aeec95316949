"""The Django app `notes`: what readers write under an article.

What is called at a signal is imported then: it reads the dialect and pictures, which
most commands never do.
"""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete
from django.utils.module_loading import import_string


class NotesConfig(AppConfig):
    name = "ownjournal.notes"
    label = "notes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        user_logged_in.connect(_take_over, dispatch_uid="drafts of who comes in")
        post_delete.connect(_remember, sender=self.get_model("Note"))


def _take_over(**told: Any) -> None:
    import_string("ownjournal.notes.drafts.take_over")(**told)


def _remember(**told: Any) -> None:
    import_string("ownjournal.notes.erasing.remember_number")(**told)
