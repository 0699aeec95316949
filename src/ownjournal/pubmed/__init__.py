"""The literature as NLM publishes it. Pure: no Django, no database."""
