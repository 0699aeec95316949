"""Articles written for other programs: one module a format, `formats` names all.

Everything is computed from NLM's record. What is known against an article, and
that an article is invented, stands in every format where its readers see it.
"""
