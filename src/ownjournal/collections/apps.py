"""The Django app `collections`: kept lists and who keeps them."""

from django.apps import AppConfig

from ownjournal.readers.leaving import slots
from ownjournal.readers.post import letters


class CollectionsConfig(AppConfig):
    name = "ownjournal.collections"
    label = "collections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        letters.register("curator-invitation", "ownjournal.collections.curating.mail")
        letters.register("collection-news", "ownjournal.collections.watching.mail")
        slots.on_leaving("ownjournal.collections.leaving.see_off")
        slots.export_too("ownjournal.collections.leaving.files")
