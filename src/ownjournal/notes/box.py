"""The box under an article or a collection: the contract of notes/box.html."""

from dataclasses import dataclass

import msgspec
from django.utils.crypto import salted_hmac

from ownjournal.notes import drafts
from ownjournal.notes.checking import Problem, Refused, readable
from ownjournal.notes.dialect import FEATURES, Feature
from ownjournal.notes.kinds import FRAME, LIMITS, PURPOSES, kind_of
from ownjournal.notes.models import Draft, Licence, Note, Signature, Visibility
from ownjournal.notes.posting import default_audience
from ownjournal.notes.seeing import groups_of
from ownjournal.notes.signing import signature_of
from ownjournal.notes.subjects import Subject
from ownjournal.notes.typed import Typed, audience_of
from ownjournal.readers.models import Reader

SHOWN_OF_DRAFT = 80  # characters


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One of the three kinds."""

    code: str
    name: str
    purpose: str
    limit: int  # characters
    limit_told: str  # "2,000"
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values of a field."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft in a list."""

    id: int
    kind_name: str
    start: str  # its first words
    address: str  # of the box that it stands in


@dataclass(frozen=True, slots=True)
class BoxView:
    """Everything notes/box.html may use."""

    action: str  # the path it is sent to
    text: str
    kinds: tuple[KindChoice, ...]
    remaining: int | None  # characters; below 0 if too long; None: cannot be counted
    audiences: tuple[Choice, ...]
    licences: tuple[Choice, ...]  # () for a visitor
    conflict: str  # of interest; "" where there is none
    name: str | None  # to sign with: asked for where not None
    signature: str | None  # the name she signs with
    is_signed_in: bool
    owner: str  # whose the browser's own draft is: no name, but differs by reader
    draft: int | None
    base: int | None  # of an edit: the count of edits it began with
    is_edit: bool
    problem: Problem | None
    frame: str
    features: tuple[Feature, ...]
    others: tuple[DraftView, ...]  # further drafts about this


def box(
    reader: Reader | None,
    subject: Subject,
    typed: Typed | None = None,
    problem: Problem | None = None,
    *,
    draft: int | None = None,
) -> BoxView:
    """The box for a new note.

    typed  what was sent and comes back; else a draft of the reader's stands in it
    draft  which one; the last, if it is not given or not hers
    """
    kept = drafts.of(reader, subject) if reader is not None else ()
    if typed is None:
        wanted = [each for each in kept if each.pk == draft] or list(kept[:1])
        typed = _at_first(reader, drafts.typed_of(wanted[0]) if wanted else Typed())
    others = [each for each in kept if each.pk != typed.draft]
    return _box(
        reader,
        typed,
        problem,
        action=subject.box,
        others=tuple(draft_view(each, subject.box) for each in others),
    )


def edit_box(
    reader: Reader | None, note: Note, typed: Typed, problem: Problem | None = None
) -> BoxView:
    """The box for an edit of a note."""
    return _box(reader, typed, problem, action=f"/notes/{note.pk}/edit", is_edit=True)


def typed_of(note: Note) -> Typed:
    """A note as the box would have it before an edit."""
    return Typed(
        text=note.text,
        kind=note.kind,
        audience=audience_of(note.visibility, note.group),
        conflict=note.conflict_of_interest,
        licence=note.licence,
        base=note.edits,
    )


def _at_first(reader: Reader | None, typed: Typed) -> Typed:
    """A draft, or nothing, with what the reader's signature says of conditions."""
    if reader is None:
        return typed
    conflict = signature_of(reader).conflict_of_interest
    return msgspec.structs.replace(typed, conflict=conflict)


def draft_view(draft: Draft, address: str) -> DraftView:
    """A draft with its first words."""
    start = " ".join(draft.text.split())
    if len(start) > SHOWN_OF_DRAFT:
        start = start[:SHOWN_OF_DRAFT] + "…"
    kind = kind_of(draft.kind).label
    return DraftView(draft.pk, kind, start, f"{address}?draft={draft.pk}#note-box")


def _box(
    reader: Reader | None,
    typed: Typed,
    problem: Problem | None,
    *,
    action: str,
    others: tuple[DraftView, ...] = (),
    is_edit: bool = False,
) -> BoxView:
    signature = signature_of(reader) if reader is not None else Signature()
    asks_name = reader is not None and not signature.name
    return BoxView(
        action=action,
        text=typed.text,
        kinds=_kinds(typed),
        remaining=_remaining(typed),
        audiences=_audiences(reader, typed, signature),
        licences=_licences(typed, signature) if reader is not None else (),
        conflict=typed.conflict or "",
        name=(typed.name or "") if asks_name else None,
        signature=signature.name,
        is_signed_in=reader is not None,
        owner=_owner(reader),
        draft=typed.draft,
        base=typed.base,
        is_edit=is_edit,
        problem=problem,
        frame=FRAME,
        features=FEATURES,
        others=others,
    )


def _kinds(typed: Typed) -> tuple[KindChoice, ...]:
    return tuple(
        KindChoice(
            code=kind.value,
            name=kind.label,
            purpose=PURPOSES[kind],
            limit=limit,
            limit_told=f"{limit:,}",
            chosen=kind.value == typed.kind,
        )
        for kind, limit in LIMITS.items()
    )


def _remaining(typed: Typed) -> int | None:
    limit = LIMITS[kind_of(typed.kind)]
    if not typed.text:
        return limit
    try:
        return limit - readable(typed).length
    except Refused:
        return None


def _audiences(
    reader: Reader | None, typed: Typed, signature: Signature
) -> tuple[Choice, ...]:
    groups = groups_of(reader) if reader is not None else ()
    chosen = typed.audience
    if chosen is None:
        chosen = (
            Visibility.PRIVATE
            if reader is None
            else default_audience(reader, signature)
        )
    named = (
        (Visibility.PRIVATE.value, Visibility.PRIVATE.label),
        *((f"group:{number}", name) for number, name in groups),
        (Visibility.PUBLIC.value, Visibility.PUBLIC.label),
    )
    return tuple(Choice(code, name, code == chosen) for code, name in named)


def _licences(typed: Typed, signature: Signature) -> tuple[Choice, ...]:
    chosen = typed.licence or signature.licence
    return tuple(
        Choice(each.value, each.label, each.value == chosen) for each in Licence
    )


def _owner(reader: Reader | None) -> str:
    if reader is None:
        return "visitor"
    return salted_hmac("drafts in a browser", str(reader.pk)).hexdigest()[:16]
