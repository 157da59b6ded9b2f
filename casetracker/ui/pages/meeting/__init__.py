"""The page of a meeting."""
