"""The fixtures of collections, and a group that Ada owns."""

import pytest

from ownjournal.collections.groups import membership
from ownjournal.collections.groups.models import Group
from ownjournal.readers.models import Reader

from ..conftest import *  # noqa: F403
from ..conftest import NOW


@pytest.fixture
def club(ada: Reader) -> Group:
    return membership.make(ada, "Journal club", NOW)
