"""The Django app `reading_log`: a reader's own record of reading."""

from django.apps import AppConfig


class ReadingLogConfig(AppConfig):
    name = "ownjournal.readers.log"
    label = "reading_log"
    default_auto_field = "django.db.models.BigAutoField"
