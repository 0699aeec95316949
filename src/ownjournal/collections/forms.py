"""What the forms of collections and groups have in common."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from ownjournal.collections.arranging import CannotArrange

DIGITS = 18  # that an id can have


def done(request: HttpRequest, change: Callable[[], object]) -> bool:
    """Whether it was done; why it cannot be is said on the next page."""
    try:
        change()
    except CannotArrange as problem:
        messages.warning(request, str(problem))
        return False
    return True


def number_of(text: str, digits: int = DIGITS) -> int:
    """An id or a count as a form has it; 0, which no row has, for anything else."""
    text = text.strip()
    known = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if known else 0
