"""How an author signs: name, verified role, ORCID iD, and the conditions of a note."""

from dataclasses import dataclass

from ownjournal.notes.models import Licence, Signature, Visibility
from ownjournal.readers.accounts.models import OrcidAccount
from ownjournal.readers.models import Reader

NAMELESS = "A reader"
FORMER = "A former reader"
LICENCE_ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}
WITH_AUTHORS = ("author__signature", "author__orcid")
"""What to select with notes, so that `byline` asks for nothing."""

_SAID = tuple(
    each.name for each in Signature._meta.fields if each.name not in {"id", "reader"}
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote a note, as others see it."""

    name: str
    role: str | None  # None unless an operator has verified it
    orcid: str | None  # "0000-0002-1825-0097"; None unless ORCID has confirmed it
    orcid_address: str | None

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name


def byline(author: Reader | None) -> Byline:
    """The line of a note's author; None is a reader who left her notes here."""
    if author is None:
        return Byline(FORMER, None, None, None)
    signature, orcid = signature_of(author), _orcid(author)
    return Byline(
        name=signature.name or NAMELESS,
        role=signature.role if signature.role_verified_at else None,
        orcid=orcid,
        orcid_address=f"https://orcid.org/{orcid}" if orcid else None,
    )


def signature_of(reader: Reader) -> Signature:
    """The reader's own, or the one everybody has at first, which is not kept yet."""
    try:
        kept: Signature = reader.signature
    except Signature.DoesNotExist:
        return Signature(reader=reader)
    return kept


def keep(signature: Signature) -> None:
    """Save it; of two first ones at once, in two windows, the later stays."""
    if signature.pk:
        signature.save()
        return
    Signature.objects.bulk_create(
        [signature],
        update_conflicts=True,
        unique_fields=["reader"],
        update_fields=_SAID,
    )


def default_visibility(signature: Signature) -> str:
    """Of the next note: private until something else was chosen once."""
    return signature.visibility or Visibility.PRIVATE


def licence_address(licence: str) -> str | None:
    """Where a licence can be read; None for no licence."""
    return LICENCE_ADDRESSES.get(Licence(licence)) if licence else None


def _orcid(author: Reader) -> str | None:
    try:
        account: OrcidAccount = author.orcid
    except OrcidAccount.DoesNotExist:
        return None
    return account.orcid
