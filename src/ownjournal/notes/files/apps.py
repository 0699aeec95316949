"""The Django app `note_files`: notes as files, and what becomes of them at leaving."""

from django.apps import AppConfig

from ownjournal.readers.leaving import slots


class NoteFilesConfig(AppConfig):
    name = "ownjournal.notes.files"
    label = "note_files"

    def ready(self) -> None:
        slots.export_too(f"{self.name}.archive.files")
        slots.on_leaving(f"{self.name}.leaving.let_go")
