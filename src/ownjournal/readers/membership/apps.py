"""The Django app `membership`: who gets issues, and until when."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class MembershipConfig(AppConfig):
    name = "ownjournal.readers.membership"
    label = "membership"
    verbose_name = "Who may read"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_string(f"{self.name}.joining.take_part")()  # it needs the models
