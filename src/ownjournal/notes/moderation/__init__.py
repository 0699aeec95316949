"""Helpful marks, reports, and what moderators decide about public notes."""
