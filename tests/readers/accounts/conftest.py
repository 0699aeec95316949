"""A reader who is in, with a password or without."""

import pytest
from django.test import Client

from made.door import come_in
from ownjournal.readers.models import Reader


@pytest.fixture
def inside(client: Client, alice: Reader) -> Client:
    """Alice's browser; she came in a moment ago."""
    come_in(client, alice.email, "/sign-in")
    return client
