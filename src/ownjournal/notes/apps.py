"""The Django app `notes`: what readers write under an article."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete
from django.utils.module_loading import import_string


class NotesConfig(AppConfig):
    name = "ownjournal.notes"
    label = "notes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        take_over = import_string(f"{self.name}.drafts.take_over")  # needs the models
        user_logged_in.connect(take_over, dispatch_uid="drafts of who comes in")
        remember = import_string(f"{self.name}.erasing.remember_number")
        post_delete.connect(remember, sender=self.get_model("Note"))
