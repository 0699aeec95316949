"""Pictures in notes: taken, cleaned, kept, shown."""
