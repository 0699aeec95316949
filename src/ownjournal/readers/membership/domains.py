"""Domains whose addresses make members: which rows cover an address.

An address that a reader has is a confirmed one. The rows are asked each time, so a
domain added or taken away counts at once, and so does a change of address.
"""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from ownjournal.readers.address import BadAddress, canonical
from ownjournal.readers.membership.models import MemberDomain


def covering(email: str) -> list[MemberDomain]:
    """Rows for the address's domain, or for one above it that includes it."""
    return covering_each([email])[email]


def covering_each(emails: Iterable[str]) -> dict[str, list[MemberDomain]]:
    """The same of many addresses, asked at once."""
    lines = {email: _and_above(email.rpartition("@")[2]) for email in emails}
    named = {domain for line in lines.values() for domain in line}
    rows = MemberDomain.objects.filter(domain__in=named).order_by("-domain")
    found = list(rows) if named else []
    return {
        email: [
            row
            for row in found
            if row.domain == line[0] or (row.has_subdomains and row.domain in line)
        ]
        for email, line in lines.items()
    }


def _and_above(domain: str) -> list[str]:
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]


def canonical_domain(text: str) -> str:
    """A domain as rows have it: lower case, in ASCII, without `@` or `*.` before it.

    Raises ValidationError, also for a whole top level such as `com`.
    """
    typed = re.sub(r"\A(\*?@|\*\.)", "", text.strip())
    try:
        return canonical(f"name@{typed}").removeprefix("name@")
    except BadAddress as problem:
        raise ValidationError(f"{problem} A domain is as in hospital.org.") from None
