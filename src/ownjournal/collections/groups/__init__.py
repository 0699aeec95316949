"""Groups: departments and journal clubs, their members, meetings and minutes."""
