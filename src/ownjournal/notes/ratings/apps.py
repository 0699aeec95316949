"""The Django app `ratings`: what an article is to one's practice."""

from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "ownjournal.notes.ratings"
    label = "ratings"
    default_auto_field = "django.db.models.BigAutoField"
