"""The three kinds of notes: what each is for, and how long it may be."""

from typing import Literal

from ownjournal.notes.models import Kind

LIMITS = {Kind.PEARL: 300, Kind.COMMENT: 2_000, Kind.SUMMARY: 5_000}
"""The most of each, in what a person would count: `dialect.Written.length`."""

PURPOSES = {
    Kind.PEARL: "one take-away",
    Kind.COMMENT: "what you think of it",
    Kind.SUMMARY: "what it means, in parts with headings",
}

FRAME_HEADINGS = (
    "Why it matters",
    "What they did",
    "What they found",
    "Be careful",
    "Bottom line",
)
FRAME = "\n\n\n".join(f"## {heading}" for heading in FRAME_HEADINGS) + "\n\n"
"""What a summary may start from."""

LARGEST = 64 * 1024
"""Bytes of UTF-8 of any note, markup and footnotes and all."""


def kind_of(code: str) -> Kind:
    """The kind of this code; a pearl for one that is none."""
    return Kind(code) if code in Kind.values else Kind.PEARL


def headings_of(kind: str) -> Literal["none", "second"]:
    """Which headings the dialect reads in a note of this kind."""
    return "second" if kind == Kind.SUMMARY else "none"
