"""Readers, their interests, and how they come in.

A reader is known by an e-mail address in its canonical form and by nothing
else; there is no user name. Rows of a reader go with the reader; nothing here
hangs on an article, which NLM may take away.
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from ownjournal.readers.address import canonical
from ownjournal.readers.institutions.models import Institution as Institution
from ownjournal.readers.institutions.models import (
    ReaderInstitution as ReaderInstitution,
)
from ownjournal.readers.searches.models import PastSearch as PastSearch
from ownjournal.readers.searches.models import SavedSearch as SavedSearch

MOST_ARTICLES = 40
"""Of one issue; a longer one is no issue but a list."""


class Readers(BaseUserManager["Reader"]):
    """`Reader.objects`."""

    def create_reader(self, email: str, **fields: Any) -> "Reader":
        """A new reader without a password. Raises BadAddress, IntegrityError."""
        reader = self.model(email=canonical(email), **fields)
        reader.set_unusable_password()
        reader.save(using=self._db, force_insert=True)
        return reader

    def get_by_natural_key(self, username: str | None) -> "Reader":
        return self.get(email=canonical(username or ""))


class Cadence(models.TextChoices):
    """How often an issue comes."""

    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Every month"


class Reader(AbstractBaseUser):
    """A person who reads; the site's user model."""

    email = models.EmailField(max_length=254, unique=True)  # address.canonical
    is_operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)  # False: may not sign in
    time_zone = models.CharField(max_length=64, default="UTC")  # IANA name
    country = models.CharField(max_length=2, null=True, blank=True)  # ISO 3166-1
    specialty = models.CharField(max_length=40, null=True, blank=True)  # a code
    created_at = models.DateTimeField(default=timezone.now)

    keeps_searches = models.BooleanField(default=False)  # a history of them

    # when issues come, by the reader's own clock, and how
    cadence = models.CharField(
        max_length=11, choices=Cadence.choices, default=Cadence.WEEKLY
    )
    issue_weekday = models.PositiveSmallIntegerField(default=0)  # 0 is Monday
    issue_hour = models.PositiveSmallIntegerField(default=6)
    issue_length = models.PositiveSmallIntegerField(default=12)  # articles, at most
    next_issue_at = models.DateTimeField(null=True, blank=True)  # None: none planned
    paused_until = models.DateField(null=True, blank=True)  # the day they come again
    mails_issues = models.BooleanField(default=True)  # False: on the site alone

    keeps_log = models.BooleanField(default=True)  # of what was opened and read
    feed_number = models.PositiveIntegerField(default=0)  # of the address in use
    has_feed = models.BooleanField(default=False)
    profiled_at = models.DateTimeField(null=True, blank=True)  # asked for the practice

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[Readers] = Readers()

    class Meta:
        indexes = [models.Index(fields=["next_issue_at"], name="readers_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="reader_email_lower"
            ),
            models.CheckConstraint(
                condition=models.Q(issue_weekday__lte=6, issue_hour__lte=23),
                name="reader_issue_time",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    issue_length__gte=1, issue_length__lte=MOST_ARTICLES
                ),
                name="reader_issue_length",
            ),
            models.CheckConstraint(
                condition=models.Q(cadence__in=Cadence.values),
                name="reader_cadence",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Interest(models.Model):
    """One thing that a reader follows.

    `value` is a descriptor's UI, words as typed, a journal's NLM id, a PMID or an
    author's name as articles have it ("Quillfeather AB"), as `kind` says. `label` is
    the name it had when it was added, and is shown where the catalogue knows none.
    """

    class Kind(models.TextChoices):
        TOPIC = "topic", "Topic"
        WORDS = "words", "Words"
        JOURNAL = "journal", "Journal"
        SEED = "seed", "Article"
        AUTHOR = "author", "Author"

    reader = models.ForeignKey(
        Reader, on_delete=models.CASCADE, related_name="interests"
    )
    kind = models.CharField(max_length=7, choices=Kind.choices)
    value = models.CharField(max_length=200)
    label = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "kind", "value"], name="interest_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["topic", "words", "journal", "seed", "author"]
                ),
                name="interest_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class SignInLink(models.Model):
    """A link that signs its reader in once; only the token's hash is kept."""

    token_hash = models.CharField(max_length=64, primary_key=True)  # SHA-256, hex
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class Attempts(models.Model):
    """How often something was tried in the current window; see limits.py."""

    key = models.CharField(max_length=64, primary_key=True)  # a keyed hash
    began_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()
