"""The command `ownjournal`: one file a command, each a thin edge over the rest."""
