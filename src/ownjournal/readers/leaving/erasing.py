"""Erase a reader: every row, every file, and what else names the address.

Rows that lead to the reader go with the reader. Beside them: rows with the address
and no reader (codes asked for at the door), the operators' log, files of mails, the
export. What stays is one keyed hash: that the address had its trial
(membership.TakenTrial).
"""

import email
import email.policy
import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q

from ownjournal.readers import limits
from ownjournal.readers.accounts import rates
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.leaving import erased_list, exporting, scrubbing
from ownjournal.readers.leaving.slots import let_go
from ownjournal.readers.leaving.tables import rows_of, tables
from ownjournal.readers.membership import views as membership
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter

OF_ADDRESS = (rates.MAILS_TO_ADDRESS, rates.TRIES_OF_ADDRESS)
OF_READER = (*rates.SECOND_STEPS, rates.NEW_ADDRESSES, membership.TRIES)
AT_ONCE = 500


def erase(reader: Reader, *, keeps_notes: bool = False) -> None:
    """Leave nothing of the reader. It may be called again after a crash.

    The list outside the database comes first: whatever happens then, the erasure is
    finished by `farewell.replay`. Free pages of the database are cleared by
    `scrubbing.scrub`, which is due from now on.
    """
    erased_list.note(reader, keeps_notes=keeps_notes)
    scrubbing.plan()
    exporting.forget(reader)
    _delete_mails(reader)
    with transaction.atomic():
        let_go(reader, keeps_notes)
        _delete_proposals(reader)
        _delete_operators_log(reader)
        _delete_by_address(reader.email)
        for limit in OF_ADDRESS:
            limits.forget(limit, reader.email)
        for limit in OF_READER:
            limits.forget(limit, str(reader.pk))
        reader.delete()


def _delete_mails(reader: Reader) -> None:
    """Files of the outbox that went to the reader, or that name the address."""
    folder = Path(settings.OUTBOX_DIR)
    own = {f"{each.kind}-{each.pk}.eml" for each in reader.letters.all()}
    for path in folder.glob("*.eml"):
        if path.name in own or _names(path.read_bytes(), reader.email):
            path.unlink(missing_ok=True)


def _names(mail: bytes, address: str) -> bool:
    """Whether a mail has the address in its head or its text, however encoded."""
    read = email.message_from_bytes(mail, policy=email.policy.default)
    texts = [str(value) for value in read.values()]
    for part in read.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            texts.append(bytes(payload).decode("utf-8", "replace"))
    return any(address in text.lower() for text in texts)


def _delete_proposals(reader: Reader) -> None:
    """What the reader proposed and nobody took; of the rest, who proposed it."""
    mine = Institution.objects.filter(added_by=reader)
    reader.libraries.all().delete()
    mine.filter(
        state=Institution.State.PROPOSED, readerinstitution__isnull=True
    ).delete()
    mine.update(added_by=None, remark=None)


def _delete_operators_log(reader: Reader) -> None:
    """Entries about the reader's rows, and those that name the address."""
    for model, paths in tables():
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(model)
        )
        if entries.exists():
            keys = [
                str(key)
                for key in rows_of(model, paths, reader.pk).values_list("pk", flat=True)
            ]
            for start in range(0, len(keys), AT_ONCE):
                entries.filter(object_id__in=keys[start : start + AT_ONCE]).delete()
    LogEntry.objects.filter(
        Q(object_repr__icontains=reader.email)
        | Q(change_message__icontains=reader.email)
    ).delete()


def _delete_by_address(address: str) -> None:
    """Rows of no reader: every table with a field for addresses, and letters' text."""
    for model in apps.get_models():
        if model is Reader:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.EmailField):
                rows: Any = model._base_manager
                rows.filter(**{f"{field.name}__iexact": address}).delete()
    for letter in Letter.objects.filter(reader=None, settled_at=None):
        if address in json.dumps(letter.details, ensure_ascii=False).lower():
            letter.delete()
