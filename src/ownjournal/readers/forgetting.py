"""What has run out is forgotten, also on a site where nobody comes by.

Whoever makes a code, a link or a try removes old ones as well; this is for the
days when nobody does, so that the policy page tells the truth on them too.
"""

from datetime import datetime, timedelta

from ownjournal.readers.accounts import codes
from ownjournal.readers.accounts.models import MailedCode, Session
from ownjournal.readers.limits import FORGOTTEN_AFTER
from ownjournal.readers.models import Attempts, SignInLink
from ownjournal.readers.post.models import Letter
from ownjournal.readers.signin import KEPT

LETTERS_KEPT = timedelta(days=30)  # those to people who are no readers


def forget(now: datetime) -> int:
    """Remove codes, links, tries, sessions and letters that have run out; how many."""
    old = (
        MailedCode.objects.filter(expires_at__lt=now - codes.KEPT),
        SignInLink.objects.filter(expires_at__lt=now - KEPT),
        Attempts.objects.filter(began_at__lt=now - FORGOTTEN_AFTER),
        Session.objects.filter(expire_date__lt=now),
        Letter.objects.filter(reader=None, settled_at__lt=now - LETTERS_KEPT),
    )
    return sum(rows.delete()[0] for rows in old)
