"""A passkey as a browser would have made it, for tests that need no browser."""

from allauth.mfa.models import Authenticator
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from ownjournal.readers.models import Reader

KEY = {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32}  # COSE, of no curve's point
PRESENT_VERIFIED_ATTESTED = 0x45


def a_passkey(reader: Reader, name: str) -> Authenticator:
    """The reader's; nobody can sign in by it."""
    identity = b"key of tests"
    credential = AttestedCredentialData.create(Aaguid(b"\0" * 16), identity, KEY)
    known = AuthenticatorData.create(
        b"\0" * 32, PRESENT_VERIFIED_ATTESTED, 0, credential
    )
    told = CollectedClientData.create("webauthn.create", b"asked", "https://a.test")
    data = {
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(told),
            "attestationObject": websafe_encode(
                AttestationObject.create("none", known, {})
            ),
        },
        "clientExtensionResults": {},
    }
    return Authenticator.objects.create(
        user=reader, type="webauthn", data={"name": name, "credential": data}
    )
