"""A reader with a row in every table that can lead to one, and words to look for.

`leave_traces` gives back twelve words, each hidden in other places; the number of
the reader is so long that it is found nowhere by chance.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zlib import crc32

import msgspec
import zstandard
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore as Plain

from made.collections import collect
from made.issues import an_issue
from made.noting import write_notes
from ownjournal.issues.models import (
    InterestSnapshot,
    IssueArticle,
    IssueNotice,
)
from ownjournal.readers.accounts.models import MailedCode, OrcidAccount, Session
from ownjournal.readers.leaving import exporting
from ownjournal.readers.log.models import LogRow
from ownjournal.readers.membership.models import (
    Change,
    Invitation,
    Member,
    TakenTrial,
    Trial,
)
from ownjournal.readers.membership.trials import address_hash
from ownjournal.readers.models import (
    Institution,
    Interest,
    PastSearch,
    Reader,
    ReaderInstitution,
    SavedSearch,
    SignInLink,
)
from ownjournal.readers.post.models import Bounce, Letter, Suppression
from ownjournal.readers.responses.models import Mute, Response, Saved

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
PMID = 99_100_001
WORDS = 12


def words_of(tag: str) -> tuple[str, ...]:
    """Twelve words of one reader; no two readers share a tag."""
    return tuple(f"{tag}x{number:02}zq" for number in range(WORDS))


def leave_traces(tag: str, number: int) -> Reader:
    """A reader of this number with rows everywhere; the address has the first word."""
    word = words_of(tag)
    reader = Reader.objects.create_reader(
        f"{word[0]}@merrow.test", pk=number, is_operator=True, specialty="gout"
    )
    _wishes(reader, word)
    _issue(reader, word)
    _letters(reader, word)
    _doors(reader, word)
    _membership(reader, word)
    _operators_log(reader, word)
    collect(reader, word[1], NOW)
    write_notes(reader, word[2], NOW)
    exporting.ask(reader, NOW)
    exporting.make_waiting(NOW)
    return reader


def _wishes(reader: Reader, word: tuple[str, ...]) -> None:
    Interest.objects.create(reader=reader, kind="words", value=word[1], label=word[1])
    Mute.objects.create(
        reader=reader, kind="words", value=word[2], label=word[2], muted_at=NOW
    )
    SavedSearch.objects.create(
        reader=reader,
        name=word[3],
        parameters=f"q={word[3]}",
        place=0,
        seen_revision=1,
        counted_revision=1,
    )
    PastSearch.objects.create(reader=reader, parameters=f"q={word[4]}", searched_at=NOW)
    Response.objects.create(reader=reader, pmid=PMID, kind="more", at=NOW)
    Saved.objects.create(reader=reader, pmid=PMID, saved_at=NOW)
    LogRow.objects.create(
        reader=reader,
        pmid=PMID,
        deed="read",
        done_on=NOW.date(),
        at=NOW,
        title="Velotrine",
        reflection=word[5],
    )
    names = {"proposed": f"Library {word[6]}", "active": f"Hospital {tagged(word)}"}
    libraries = [
        Institution.objects.create(
            name=name,
            kind="openurl",
            template="https://library.test/",
            state=state,
            source="a reader",
            added_by=reader,
            remark=word[6],
        )
        for state, name in names.items()
    ]
    for position, library in enumerate(libraries):
        ReaderInstitution.objects.create(
            reader=reader, institution=library, position=position
        )


def _issue(reader: Reader, word: tuple[str, ...]) -> None:
    body = msgspec.msgpack.encode({"words": [word[7]]})
    snapshot = InterestSnapshot.objects.create(
        reader=reader, digest="0" * 64, body=zstandard.compress(body)
    )
    issue = an_issue(
        reader,
        NOW,
        interests=snapshot,
        up_to_revision=1,
        considered=1,
        pool_digest="0" * 64,
    )
    IssueArticle.objects.create(
        issue=issue,
        position=1,
        pmid=PMID,
        title="Velotrine",
        slot="lead",
        interest_name=word[8],
        relevance=1.0,
        quality=50,
        significance=50,
        why=f"As you follow {word[8]}.",
        trace=zstandard.compress(msgspec.msgpack.encode([word[8]])),
    )
    IssueNotice.objects.create(
        issue=issue,
        pmid=PMID,
        title="Velotrine",
        shown_in=1,
        integrity="retracted",
        reason="It was.",
    )


def _letters(reader: Reader, word: tuple[str, ...]) -> None:
    sent = Letter.objects.create(
        kind="issue",
        key=f"{reader.pk}-1",
        reader=reader,
        state="sent",
        settled_at=NOW,
    )
    Bounce.objects.create(letter=sent, kind="soft", said=word[9], at=NOW)
    Suppression.objects.create(reader=reader, reason="soft", said=word[9], since_at=NOW)
    waiting = {"what": "address", "old": "gone@merrow.test", "new": reader.email}
    Letter.objects.create(
        kind="account-notice",
        key=f"notice-{tagged(word)}",
        address="gone@merrow.test",
        details=waiting,
    )
    Letter.objects.create(kind="code", key=f"code-{tagged(word)}", address=reader.email)
    folder = Path(settings.OUTBOX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    head = b"Subject: Your issue\nTo: %s\n\n" % reader.email.encode()
    (folder / f"code-{reader.pk % 1000}.eml").write_bytes(head + b"Hello.\n")
    (folder / f"issue-{sent.pk}.eml").write_bytes(b"To: a\n\n" + word[9].encode())


def tagged(word: tuple[str, ...]) -> int:
    """A number for a key that must hold no word."""
    return crc32(word[0].encode())


def _doors(reader: Reader, word: tuple[str, ...]) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    for purpose, who in (("sign-in", None), ("proof", reader)):
        MailedCode.objects.create(
            purpose=purpose,
            address=reader.email,
            reader=who,
            asked_at=NOW,
            expires_at=later,
        )
    Session.objects.create(
        session_key=f"{reader.pk}session",
        session_data=Plain().encode({"_auth_user_id": str(reader.pk), "a": word[10]}),
        expire_date=later,
        reader=reader,
        browser=word[10],
    )
    OrcidAccount.objects.create(
        reader=reader, orcid=f"0000-{reader.pk}"[:19], name=word[10], at=NOW
    )
    SignInLink.objects.create(
        token_hash=f"{tagged(word)}".rjust(64, "0"),
        reader=reader,
        made_at=NOW,
        expires_at=later,
    )
    address = EmailAddress.objects.create(user=reader, email=reader.email)
    EmailConfirmation.objects.create(email_address=address, key=f"key{tagged(word)}")
    Authenticator.objects.create(user=reader, type="totp", data={"name": word[10]})


def _membership(reader: Reader, word: tuple[str, ...]) -> None:
    Trial.objects.create(reader=reader, began_at=NOW, ends_at=NOW)
    invitation, _ = Invitation.objects.get_or_create(code_hash="0" * 64)
    Member.objects.create(
        reader=reader, invitation=invitation, until_on=date(2030, 1, 1)
    )
    Change.objects.create(where="command", reader=reader, what=word[11])
    TakenTrial.objects.create(address_hash=address_hash(reader.email))


def _operators_log(reader: Reader, word: tuple[str, ...]) -> None:
    """By somebody else: one entry names the address, the other the number alone."""
    operator = Reader.objects.filter(email="operator@merrow.test").first()
    operator = operator or Reader.objects.create_reader("operator@merrow.test")
    for model, shown in ((Reader, reader.email), (Trial, f"Trial {word[11]}")):
        LogEntry.objects.create(
            user=operator,
            content_type=ContentType.objects.get_for_model(model),
            object_id=str(reader.pk),
            object_repr=shown,
            action_flag=2,
        )
