"""Domains whose addresses make members: which rows cover an address.

An address that a reader has is a confirmed one. The rows are asked each time, so a
domain added or taken away counts at once, and so does a change of address.
"""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q

from ownjournal.readers.address import BadAddress, canonical
from ownjournal.readers.membership.models import MemberDomain


def covering(email: str) -> list[MemberDomain]:
    """Rows for the address's domain, or for one above it that includes it."""
    domain = email.rpartition("@")[2]
    labels = domain.split(".")
    above = [".".join(labels[start:]) for start in range(1, len(labels))]
    covers = Q(domain=domain) | Q(domain__in=above, has_subdomains=True)
    return list(MemberDomain.objects.filter(covers).order_by("-domain"))


def canonical_domain(text: str) -> str:
    """A domain as rows have it: lower case, in ASCII, without `@` or `*.` before it.

    Raises ValidationError, also for a whole top level such as `com`.
    """
    typed = re.sub(r"\A(\*?@|\*\.)", "", text.strip())
    try:
        return canonical(f"name@{typed}").removeprefix("name@")
    except BadAddress as problem:
        raise ValidationError(f"{problem} A domain is as in hospital.org.") from None
