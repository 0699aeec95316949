"""Backups: one file with all that must be kept, and a site made of it again.

The file is a tar that `tar` and `sha256sum -c` read, today and in ten years:

manifest.json       by which version, when, which migrations, how many rows
database.sqlite3    or database.pgdump, which pg_restore reads
secret_key          the key in use, wherever it was set
ownjournal.env      the settings, where the data folder has them
media/ models/ erased/ sent/ outbox/
SHA256SUMS          of every part above; it comes last, so a file that was cut has none

With a passphrase the whole of it is encrypted: sealing.py.
"""
