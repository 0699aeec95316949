"""The places of an issue by name.

They are stored with every issue, so that the tables know them; nothing is imported
here that a command would wait for at its start.
"""

SLOTS = ("lead", "practice", "outside", "exploration")
