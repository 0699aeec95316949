"""Where a request comes from, as far as it can be believed.

A proxy writes the address of whoever asked it at the end of X-Forwarded-For. What
stands further left was sent by that client and may be invented; so just as many
are counted from the right as the operator has proxies (TRUSTED_PROXIES).
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """The address to count by; of IPv6 the network of one household, a /64."""
    told = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(forwarded) >= proxies and forwarded[-proxies].strip():
            told = forwarded[-proxies]
    return _counted(told.strip())


def _counted(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return text[:64]
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address.packed[:8] + bytes(8), 64)))
    return str(address)
