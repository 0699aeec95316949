"""The mails of an account: a code with its link, and notices of what was changed.

Here, in the worker, is the only place where it makes a difference whether somebody
reads with an address.
"""

from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ownjournal.readers.accounts import codes, joining
from ownjournal.readers.accounts.models import MailedCode
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter

CODE = codes.KIND
NOTICE = "account-notice"

CHANGES = {
    "password": "The password was changed. All other browsers were signed out.",
    "no-password": "The password was taken away; you sign in by code or passkey.",
    "address": "The e-mail address was changed, from {old} to {new}.",
    "passkey": "A passkey was added: {name}.",
    "no-passkey": "A passkey was taken away: {name}.",
    "two-steps": "Signing in takes a second step now, a code from your app.",
    "one-step": "Signing in takes no second step any more.",
    "recovery": "New recovery codes were made; the old ones no longer work.",
    "orcid": "An ORCID account was connected.",
    "no-orcid": "The ORCID account is no longer connected.",
}


def code_mail(letter: Letter) -> Mail | None:
    """Six digits and a link, or why there are none; nothing once it is too late."""
    row = MailedCode.objects.filter(number=letter.key).first()
    if row is None or not codes.is_open(row, timezone.now()):
        return None
    name, subject = _kind(row)
    context = {
        "code": f"{codes.digits(row)[:3]} {codes.digits(row)[3:]}",
        "link": settings.SITE_URL + reverse("sign-in-mailed", args=[codes.token(row)]),
        "address": row.address,
        "minutes": int(codes.LIFE.total_seconds() // 60),
        "site_name": settings.SITE_NAME,
        "sign_up": settings.SITE_URL + reverse("account_signup"),
        "sign_in": settings.SITE_URL + reverse("account_login"),
        "may_join": settings.SIGN_UP != joining.CLOSED,
    }
    return Mail(subject=subject, text=_text(f"accounts/mail/{name}.txt", context))


def _kind(row: MailedCode) -> tuple[str, str]:
    """The template and the subject of a code's mail."""
    site = settings.SITE_NAME
    reader = joining.reader_with(row.address)
    purpose = MailedCode.Purpose(row.purpose)
    if purpose == MailedCode.Purpose.PROOF:
        return "proof", f"Your code for {site}"
    if purpose == MailedCode.Purpose.ADDRESS:
        taken = Reader.objects.filter(email=row.address).exists()
        return ("taken" if taken else "address"), f"Your address for {site}"
    if reader is not None:
        name = "known" if purpose == MailedCode.Purpose.SIGN_UP else "sign-in"
        return name, f"Your code for {site}"
    if joining.may_join(row):
        return "sign-up", f"Your code for {site}"
    if purpose == MailedCode.Purpose.SIGN_UP:
        return "not-admitted", f"Joining {site}"
    return "unknown", f"Signing in to {site}"


def tell(
    reader: Reader, what: str, *, to: str | None = None, **details: str | None
) -> None:
    """Put a notice of a change, to the reader, or to the address they had before."""
    letters.put(
        NOTICE,
        uuid4().hex,
        reader=None if to else reader,
        address=to,
        details={"what": what, **details},
    )


def notice_mail(letter: Letter) -> Mail:
    """What was changed and when, and what to do if it was somebody else."""
    details = dict(letter.details)
    change = CHANGES[details.pop("what")].format(**details)
    context = {
        "change": change,
        "at": letter.put_at,
        "site_name": settings.SITE_NAME,
        "account": settings.SITE_URL + reverse("mfa_index"),
        "contact": settings.CONTACT_EMAIL,
    }
    subject = f"Your account at {settings.SITE_NAME} was changed"
    return Mail(subject=subject, text=_text("accounts/mail/notice.txt", context))


def _text(template: str, context: dict[str, object]) -> str:
    return render_to_string(template, context)
