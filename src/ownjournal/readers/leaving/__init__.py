"""Leaving: all of a reader's own taken along, and all of it erased."""
