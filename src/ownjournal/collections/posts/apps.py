"""The Django app `posts`: the editors' page."""

from django.apps import AppConfig

from ownjournal.readers.leaving import slots


class PostsConfig(AppConfig):
    name = "ownjournal.collections.posts"
    label = "posts"
    verbose_name = "The editors' page"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        slots.on_leaving("ownjournal.collections.posts.leaving.see_off")
        slots.export_too("ownjournal.collections.posts.leaving.files")
