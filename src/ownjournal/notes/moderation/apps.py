"""The Django app `moderation`: marks, reports and decisions about public notes."""

from django.apps import AppConfig

from ownjournal.readers.post.letters import register


class ModerationConfig(AppConfig):
    name = "ownjournal.notes.moderation"
    label = "moderation"
    verbose_name = "Moderation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register("note-decided", f"{self.name}.mails.decided")
        register("note-reported", f"{self.name}.mails.reported")
        register("note-outdated", f"{self.name}.mails.outdated")
        register("note-marked-outdated", f"{self.name}.mails.marked_outdated")
