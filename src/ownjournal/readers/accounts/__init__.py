"""Joining, signing in, and what keeps an account the reader's own."""
