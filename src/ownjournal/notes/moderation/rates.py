"""How often readers and visitors may press what stands beside notes."""

from ownjournal.readers.limits import Limit

MARKS = Limit("helpful marks of a reader", 300, 3600)
REPORTS_OF_READER = Limit("reports of a reader", 20, 86_400)
REPORTS_OF_CLIENT = Limit("reports of a client", 5, 3600)
REPORTS_OF_VISITORS = Limit("reports of all visitors", 200, 3600)
"""So that a crowd of machines cannot bury what readers report."""
