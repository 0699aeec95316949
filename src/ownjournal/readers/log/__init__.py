"""What a reader opened, read, saved, rated and noted, and what they learned by it."""
