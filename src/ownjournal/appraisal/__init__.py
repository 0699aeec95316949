"""What an article is worth, whoever reads it. Pure: no Django, no database."""
