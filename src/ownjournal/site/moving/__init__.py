"""Move a running site from SQLite and a folder to PostgreSQL and a search cluster.

Triggers in the old database note the key of every row that changes, so that the site
goes on while it is copied. At the end it is read-only for seconds: what was noted is
copied once more, both sides are compared, and the old database is sealed, by triggers
that refuse every write. See docs/decisions/0011-move-by-noted-changes.md.

apps, halting     what every process of the site knows of it: who may write when
tables, values    which rows there are, and each value in one form for both databases
source, target    the old database and the new one
copying           rows from one to the other, and the comparison
search            the index in the cluster
moving            the whole of it, step by step
"""
