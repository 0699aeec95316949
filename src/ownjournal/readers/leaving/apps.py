"""The Django app `leaving`: export and erasure."""

from django.apps import AppConfig

from ownjournal.readers.post import letters


class LeavingConfig(AppConfig):
    name = "ownjournal.readers.leaving"
    label = "leaving"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Urgent, as nothing is erased before it has left.
        letters.register("leaving", f"{self.name}.farewell.last_mail", urgent=True)
