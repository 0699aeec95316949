"""Articles in mails: drawn once for all readers, with a few places left open."""

from dataclasses import replace
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from ownjournal.issues.mail_styles import STYLES
from ownjournal.issues.pages import Piece

# what is one reader's own; no text of an article can hold a NUL
FACTS, WHY, ANSWER = "\0facts\0", "\0why\0", "\0answer\0"
KEPT = 5_000  # articles drawn

register = template.Library()


@register.simple_tag(takes_context=True)
def mail_piece(context: dict[str, Any], piece: Piece, first: bool) -> SafeString:
    """An article of a mail; `first` is without a line above it."""
    same = replace(
        piece,
        facts=FACTS if piece.facts else None,
        why=WHY,
        answer=ANSWER if piece.answer else None,
        relevance=None,
    )
    own: str = _drawn(same, first, context["digests"], context["site_url"])
    for place, text in ((FACTS, piece.facts), (WHY, piece.why), (ANSWER, piece.answer)):
        own = own.replace(place, escape(text or ""))
    return mark_safe(own)


@lru_cache(maxsize=KEPT)
def _drawn(piece: Piece, first: bool, digests: bool, site_url: str) -> str:
    return render_to_string(
        "issues/mail_piece.html",
        {
            "piece": piece,
            "first": first,
            "digests": digests,
            "site_url": site_url,
            "style": STYLES,
        },
    )
