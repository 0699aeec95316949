"""What stands below a note, {% note_marks %}, and above authors, {% lead_note %}.

A note that leads is shown once: where it stands among the others, {% leads_above %}
says so. {% may_moderate %} is for the menu.
"""

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template import Context

from ownjournal.notes.leading import lead_notes
from ownjournal.notes.moderation import standing
from ownjournal.notes.moderation.shown import marks_of

register = template.Library()

SHOWN = "lead_note"  # in a request: the id of the note that its page is led by


@register.inclusion_tag("moderation/note_marks.html", takes_context=True)
def note_marks(context: Context, note_id: int) -> dict[str, Any]:
    """`marks`, None where nothing can be done to the note."""
    request = context.get("request")
    if request is None:
        return {"marks": None}
    marks = marks_of(request).of(note_id)
    if marks is None:
        return {"marks": None}
    return {
        "marks": marks,
        "back": request.get_full_path(),
        "csrf_token": get_token(request) if marks.may_mark or marks.may_confirm else "",
    }


@register.inclusion_tag("moderation/lead_note.html", takes_context=True)
def lead_note(context: Context) -> dict[str, Any]:
    """`note`, the LeadNote of the article whose ArticlePage is `page`, or None."""
    pmid = context["page"].pmid
    lead = lead_notes([pmid]).get(pmid)
    if lead is not None and "request" in context:
        vars(context["request"])[SHOWN] = lead.id
    return {"note": lead}


@register.simple_tag(takes_context=True)
def may_moderate(context: Context) -> bool:
    """Whether who looks at the page is one who moderates."""
    return standing.may_moderate(context.get("user"))


@register.simple_tag(takes_context=True)
def leads_above(context: Context, note_id: int | None) -> bool:
    """Whether this note stands on the page already, above the authors."""
    shown = getattr(context.get("request"), SHOWN, None)
    return note_id is not None and shown == note_id
