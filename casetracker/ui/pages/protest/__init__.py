"""The page of a protest."""
