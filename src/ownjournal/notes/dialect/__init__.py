"""The small language that notes are written in, dialect 1.

    written = read("Raised by 10<sup>9</sup>[^1](In one trial.)")
    written.html("note-12"), written.mail_html(), written.plain(), written.length

Any text can be read; what is none of `FEATURES` is shown as the characters typed.
Nothing here knows Django, a database or the network.
"""

from ownjournal.notes.dialect.features import DIALECT, FEATURES, Feature, Headings
from ownjournal.notes.dialect.reading import TooHard, Warning
from ownjournal.notes.dialect.written import Written, read

__all__ = [
    "DIALECT",
    "FEATURES",
    "Feature",
    "Headings",
    "TooHard",
    "Warning",
    "Written",
    "read",
]
