"""Where other parts join in when somebody joins: a trial begins, an invitation counts.

They do so as every command starts, so nothing is imported here that takes time.
"""

from collections.abc import Callable

from django.dispatch import Signal

joined = Signal()
"""Sent once for a new reader, with `reader` and `invitation` (as typed, or None),
in the transaction that makes the reader."""

ADMITS: list[Callable[[str, str | None], bool]] = []
"""Where SIGN_UP is `invitation`, one of these must say yes to a canonical address
and what was typed as an invitation. Asked in the worker and at confirmation, never
where a form is answered."""
