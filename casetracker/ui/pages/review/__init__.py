"""The page on which a family's representative reviews what is recorded of their relatives."""
