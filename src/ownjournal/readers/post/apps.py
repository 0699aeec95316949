"""The Django app `post`: letters that wait, and what became of them."""

from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.module_loading import import_string


class PostConfig(AppConfig):
    name = "ownjournal.readers.post"
    label = "post"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if find_spec("anymail") is not None:
            tracking = import_string("anymail.signals.tracking")
            heard = import_string("ownjournal.readers.post.webhooks.reported")
            tracking.connect(heard, dispatch_uid="what a provider reports")
