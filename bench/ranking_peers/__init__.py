"""Methods that our ranking is measured against, each with its published settings."""
