"""The Django app `groups`: departments and journal clubs."""

from django.apps import AppConfig

from ownjournal.readers.leaving import slots
from ownjournal.readers.post import letters


class GroupsConfig(AppConfig):
    name = "ownjournal.collections.groups"
    label = "groups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        letters.register(
            "group-invitation", "ownjournal.collections.groups.inviting.mail"
        )
        slots.on_leaving("ownjournal.collections.groups.membership.see_off")
        slots.export_too("ownjournal.collections.groups.leaving.files")
