"""Searches that a reader keeps: saved ones with new hits and feeds, and past ones."""
