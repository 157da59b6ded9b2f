"""Everything that falls due, in one list."""
