"""A clock that a test moves on: for Django's time and for the seconds of the system.

Only what tells a moment is moved; waiting and measuring go on as they are.
"""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone


class Clock:
    """Runs as the true one does, and is ahead of it once moved."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ahead = timedelta(0)
        seconds = time.time
        patch.setattr(timezone, "now", self.now)
        patch.setattr(time, "time", lambda: seconds() + self.ahead.total_seconds())

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move_to(self, moment: datetime) -> None:
        """On to this moment, which must be to come."""
        assert moment > self.now()
        self.ahead += moment - self.now()
