"""The months in English, as NLM prints them.

The calendar module's names follow the machine's language.
"""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
"""As citations have them: "Jun"."""
