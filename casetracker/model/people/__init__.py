"""People, their names and families."""
