"""No form brings more than the site has room for, whoever sends it.

Django reads the whole body of a form to look for its token, before any view is
asked; without this a visitor could fill the disk.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from ownjournal.notes.pictures.bringing import FIELD, LEFT_OUT
from ownjournal.notes.pictures.cleaning import LARGEST


class Bounded(FileUploadHandler):
    """Refuses a body by the length it says it has; no more than that is read.

    Of a picture no more is kept than one may have; the form it came with is read to
    its end, as the text in it is not to be lost.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Raises RequestDataTooBig, which is answered with 400."""
        if content_length > settings.LARGEST_UPLOAD:
            raise RequestDataTooBig("The form and its files are too large.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """On to the handler that keeps it."""
        if self.field_name == FIELD and start + len(raw_data) > LARGEST:
            assert self.request is not None
            self.request.META[LEFT_OUT] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing is kept here."""
