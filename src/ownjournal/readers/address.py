"""E-mail addresses in the one form that we keep and compare.

One person, one address, one row: capitals and the spelling of a domain never
make a second reader. Nothing else is guessed: a dot or a plus sign in the name
part is the provider's business and stays.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 254  # RFC 5321 4.5.3.1.3, less the angle brackets


class BadAddress(ValueError):
    """Text that is no e-mail address; the message is a sentence for its writer."""


def canonical(text: str) -> str:
    """The address in lower case, its domain in ASCII (`a@xn--tda.test`).

    Raises BadAddress.
    """
    stripped = text.strip().lower()
    name, at, domain = stripped.rpartition("@")
    address = f"{name}{at}{_ascii(domain)}"
    if '"' in address:  # RFC 5321 allows more inside quotes than anybody means well
        raise BadAddress("An e-mail address with quotation marks cannot be used here.")
    if len(address) > LONGEST:
        raise BadAddress("An e-mail address has at most 254 characters.")
    try:
        validate_email(address)
    except ValidationError:
        raise BadAddress(_what_is_wrong(stripped)) from None
    return address


def _ascii(domain: str) -> str:
    """The domain as it travels; RFC 3490 would turn ß into ss, another domain."""
    if domain.isascii():
        return domain
    try:
        encoded = domain.encode("idna")
        same = encoded.decode("idna") == domain
    except UnicodeError:
        raise BadAddress(f"“{domain}” is not a domain.") from None
    if not same:
        raise BadAddress(f"Please write the domain “{domain}” in its xn-- form.")
    return encoded.decode("ascii")


def _what_is_wrong(text: str) -> str:
    if not text:
        return "Please type an e-mail address."
    if "@" not in text:
        return "An e-mail address has an @ in it, as in name@hospital.org."
    return "This does not look like an e-mail address, such as name@hospital.org."
