"""Who may read: open to all, on trial, or as a member."""
