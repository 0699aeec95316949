"""The Django app `moving`: it has no tables, and a look at what is written."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from ownjournal.site.moving.halting import watch_writes


class MovingConfig(AppConfig):
    name = "ownjournal.site.moving"
    label = "moving"

    def ready(self) -> None:
        connection_created.connect(watch_writes, dispatch_uid=self.label)
